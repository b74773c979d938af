import { logLevels } from "../../emulator/abi/values.js";
import type { Emulator, Guest } from "../../emulator/index.js";
import { calleeFunctions, type Callees } from "./callees.js";
import { connectionFunctions } from "./connections.js";
import type { Exchange } from "./exchange.js";
import { GuestText } from "./guest-text.js";
import { addHeader } from "./messages.js";
import type { Message } from "./messages.js";
import { toByteString } from "./odd-bytes.js";
import { PluginTrial } from "./plugin-trial.js";
import { withProperty } from "./stream-info.js";

type Functions = Record<string, (...args: never[]) => number | bigint | boolean | void>;

/** What `assembly/testing/harness.ts` declares. Handles are places in lists; texts go as `GuestText` says. */
export function harness(
  emulator: Emulator,
  guest: Guest,
  callees: Callees,
  memory: () => WebAssembly.Memory,
): Functions {
  const text = new GuestText(memory);
  const messages: Message[] = [];
  return {
    copy_text: (to: number) => text.copy(to),
    ...clockFunctions(emulator),
    ...messageFunctions(text, messages),
    ...calleeFunctions(callees, text, messages),
    ...trialFunctions(emulator, guest, text, messages),
  };
}

function clockFunctions({ clock }: Emulator): Functions {
  return {
    clock_now: () => clock.now(),
    clock_advance: (milliseconds: number) => clock.advance(milliseconds),
  };
}

function messageFunctions(text: GuestText, messages: Message[]): Functions {
  const bytes = (pointer: number): string => toByteString(text.read(pointer));
  return {
    message_new: () => messages.push({ headers: [], chunks: [], trailers: [] }) - 1,
    message_header: (message: number, name: number, value: number) =>
      addHeader(messages[message]!, text.read(name), bytes(value)),
    message_header_bytes: (message: number, name: number, pointer: number, size: number) =>
      addHeader(messages[message]!, text.read(name), text.readBytes(pointer, size)),
    message_body: (message: number, body: number) => void messages[message]!.chunks.push(bytes(body)),
    message_body_bytes: (message: number, pointer: number, size: number) =>
      void messages[message]!.chunks.push(text.readBytes(pointer, size)),
    message_trailer: (message: number, name: number, value: number) =>
      void messages[message]!.trailers.push([bytes(name), bytes(value)]),
  };
}

function trialFunctions(emulator: Emulator, guest: Guest, text: GuestText, messages: Message[]): Functions {
  const trials: PluginTrial[] = [];
  const exchanges: Exchange[] = [];
  const environment: Record<string, string> = {};
  let vmConfiguration = "";
  const create = (configuration: Uint8Array, rootId: string): number => {
    const settings = { configuration, rootId, environment: { ...environment }, vmConfiguration };
    return trials.push(new PluginTrial(emulator, guest, `trial-${trials.length}`, settings)) - 1;
  };
  return {
    trial_new: (configuration: number, rootId: number) =>
      create(bytesOf(text.read(configuration)), text.read(rootId)),
    trial_environment: (name: number, value: number) =>
      void (environment[text.read(name)] = text.read(value)),
    trial_vm_configuration: (configuration: number) => void (vmConfiguration = text.read(configuration)),
    trial_metric: (name: number) => metricOf(emulator, text.read(name)),
    trial_log_level: (level: number) => setLogLevel(emulator, level),
    exchange_open: (trial: number, request: number) =>
      exchanges.push(trials[trial]!.open(messages[request]!)) - 1,
    ...judgeFunctions(trials, text),
    ...settingFunctions(trials, text, messages),
    ...logFunctions(trials, text),
    ...exchangeFunctions(exchanges, text),
    ...connectionFunctions(trials, text),
  };
}

function judgeFunctions(trials: PluginTrial[], text: GuestText): Functions {
  return {
    trial_accepted: (trial: number) => trials[trial]!.problems === null,
    trial_problem: (trial: number, index: number) => text.leave(trials[trial]!.problems?.[index]),
    trial_reconfigure: (trial: number, configuration: number) =>
      trials[trial]!.reconfigure(bytesOf(text.read(configuration))),
    trial_call_foreign: (trial: number, id: number, argument: number) =>
      trials[trial]!.callForeign(id, bytesOf(text.read(argument))),
    trial_tick: (trial: number) => trials[trial]!.tick(),
    trial_tick_period: (trial: number) => trials[trial]!.tickPeriodMs,
    trial_remove: (trial: number) => trials[trial]!.remove(),
  };
}

function settingFunctions(trials: PluginTrial[], text: GuestText, messages: Message[]): Functions {
  return {
    trial_property: (trial: number, path: number, value: number) => {
      const chosen = trials[trial]!;
      chosen.info = withProperty(chosen.info, text.read(path), text.read(value));
    },
    trial_upstream: (trial: number, answer: number) => void (trials[trial]!.upstream = messages[answer]!),
  };
}

function logFunctions(trials: PluginTrial[], text: GuestText): Functions {
  const line = (trial: number, index: number) => trials[trial]!.logs()[index]!;
  return {
    trial_log_count: (trial: number) => trials[trial]!.logs().length,
    trial_log_level_at: (trial: number, index: number) => logLevels.indexOf(line(trial, index).level),
    trial_log_text: (trial: number, index: number) => text.leave(line(trial, index).text),
  };
}

function exchangeFunctions(exchanges: Exchange[], text: GuestText): Functions {
  return {
    exchange_answer: (exchange: number) => exchanges[exchange]!.answer(),
    exchange_close: (exchange: number) => exchanges[exchange]!.close(),
    exchange_forwarded: (exchange: number) => exchanges[exchange]!.forwarded,
    exchange_waiting: (exchange: number) => exchanges[exchange]!.waiting,
    exchange_details: (exchange: number) => text.leave(exchanges[exchange]!.details),
    exchange_state: (exchange: number, name: number) =>
      text.leave(exchanges[exchange]!.state(text.read(name))),
    exchange_field: (exchange: number, part: number, name: number, index: number) =>
      text.leave(exchanges[exchange]!.field(part, text.read(name), index)),
    exchange_body: (exchange: number, part: number) => text.leave(exchanges[exchange]!.body(part)),
  };
}

/** Counters and gauges by their value, histograms by how much was recorded. */
function metricOf(emulator: Emulator, name: string): bigint {
  const { counters, gauges, histograms } = emulator.metrics();
  return counters[name] ?? gauges[name] ?? BigInt(histograms[name]?.length ?? 0);
}

function bytesOf(text: string): Uint8Array {
  return Buffer.from(toByteString(text), "latin1");
}

// The emulator's level is fixed for whoever starts one; a spec may move it, as an operator does with Envoy's.
function setLogLevel({ surroundings }: Emulator, level: number): void {
  Object.assign(surroundings.log, { level: logLevels[level] });
}
