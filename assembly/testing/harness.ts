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
export declare function trial_vm_configuration(text: string): void;
export declare function trial_call_foreign(trial: Handle, id: u32, argument: string): void;
export declare function trial_tick(trial: Handle): void;
export declare function trial_tick_period(trial: Handle): i32;
export declare function trial_metric(name: string): u64;
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
export declare function message_body_bytes(message: Handle, bytes: usize, size: i32): void;
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

export declare function connection_open(trial: Handle): Handle;
export declare function connection_send(connection: Handle, side: Side, data: string, end: bool): void;
export declare function connection_break(connection: Handle, side: Side): void;
export declare function connection_data(connection: Handle, side: Side): Text;
export declare function connection_ended(connection: Handle, side: Side): bool;
export declare function connection_connected(connection: Handle): bool;
export declare function connection_held(connection: Handle, side: Side): bool;
export declare function connection_closed_by(connection: Handle): i32;

export declare function callee_there(cluster: string): void;
export declare function callee_answers(cluster: string, answer: Handle, afterMs: f64): void;
export declare function callee_does(cluster: string, what: Does): void;
export declare function callee_calls(cluster: string): i32;
export declare function call_cancelled(cluster: string, index: i32): bool;
export declare function call_header(cluster: string, index: i32, name: string, nth: i32): Text;
export declare function call_trailer(cluster: string, index: i32, name: string, nth: i32): Text;
export declare function call_body(cluster: string, index: i32): Text;

/** What a callee does that gives no answer of the spec's. */
export const enum Does {
  Refuse = 0,
  Stall = 1,
  Break = 2,
  Echo = 3,
}

/** A side of a connection: whose end, or who sends. */
export const enum Side {
  Client = 0,
  Upstream = 1,
}

/** Which part of an exchange is asked for. */
export const enum Part {
  ClientHeaders = 0,
  ClientTrailers = 1,
  UpstreamHeaders = 2,
  UpstreamTrailers = 3,
}
