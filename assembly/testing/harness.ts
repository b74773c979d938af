// What the spec runner offers beside the host functions. The name of this file is the wasm import module. A function
// that returns `Text` leaves a text with the runner and returns its length, -1 for null; `copy_text` fetches it.

export type Text = i32;
export type Handle = i32;

/** Copies the text that was returned last to memory with room for all its UTF-16 units. */
export declare function copy_text(to: usize): void;

export declare function trial_new(configuration: string, rootId: string): Handle;
export declare function trial_accepted(trial: Handle): bool;
export declare function trial_problem(trial: Handle, index: i32): Text;
export declare function trial_reconfigure(trial: Handle, configuration: string): void;
export declare function trial_remove(trial: Handle): void;
export declare function trial_environment(name: string, value: string): void;
export declare function trial_property(trial: Handle, path: string, value: string): void;
export declare function trial_upstream(trial: Handle, answer: Handle): void;
export declare function trial_log_level(level: i32): void;
export declare function trial_log_count(trial: Handle): i32;
export declare function trial_log_level_at(trial: Handle, index: i32): i32;
export declare function trial_log_text(trial: Handle, index: i32): Text;

export declare function clock_now(): u64;
export declare function clock_advance(milliseconds: f64): void;

export declare function message_new(): Handle;
export declare function message_header(message: Handle, name: string, value: string): void;
export declare function message_header_bytes(message: Handle, name: string, bytes: usize, size: i32): void;
export declare function message_body(message: Handle, text: string): void;
export declare function message_trailer(message: Handle, name: string, value: string): void;

export declare function exchange_open(trial: Handle, request: Handle): Handle;
export declare function exchange_answer(exchange: Handle): void;
export declare function exchange_close(exchange: Handle): void;
export declare function exchange_forwarded(exchange: Handle): bool;
export declare function exchange_waiting(exchange: Handle): bool;
export declare function exchange_details(exchange: Handle): Text;
export declare function exchange_state(exchange: Handle, name: string): Text;
export declare function exchange_field(exchange: Handle, part: Part, name: string, index: i32): Text;
export declare function exchange_body(exchange: Handle, part: Part): Text;

/** Which part of an exchange is asked for. */
export const enum Part {
  ClientHeaders = 0,
  ClientTrailers = 1,
  UpstreamHeaders = 2,
  UpstreamTrailers = 3,
}
