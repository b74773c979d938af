import { callbackSignatures } from "../../emulator/abi/signatures.js";
import type { Random } from "../../parity/random.js";
import type { Guest } from "../host/guest.js";

const streamCallbacks = [
  ...["proxy_on_request_headers", "proxy_on_request_body", "proxy_on_request_trailers"],
  ...["proxy_on_response_headers", "proxy_on_response_body", "proxy_on_response_trailers"],
  ...["proxy_on_new_connection", "proxy_on_downstream_data", "proxy_on_upstream_data"],
  ...["proxy_on_downstream_connection_close", "proxy_on_upstream_connection_close", "proxy_on_log"],
];
const rootCallbacks = [
  ...["proxy_on_http_call_response", "proxy_on_grpc_receive_initial_metadata", "proxy_on_grpc_receive"],
  ...["proxy_on_grpc_receive_trailing_metadata", "proxy_on_grpc_close", "proxy_on_queue_ready"],
  ...["proxy_on_foreign_function", "proxy_on_tick"],
];
const numbers = [0, 1, 2, 3, 4, 5, 7, 8, 255, 65_536, 0x7fffffff, 0x80000000, 0xffffffff];
const openAtMost = 64;

export function openStream(random: Random, guest: Guest): void {
  if (guest.streams.length < openAtMost) guest.open(random.chance(0.97) ? guest.root : random.pick(numbers));
  if (random.chance(0.9))
    guest.call("proxy_on_request_headers", [
      guest.streams.at(-1)!,
      guest.host.map(0).length,
      random.below(2),
    ]);
}

/** Something that may happen to a stream that is open, or to the plugin. */
export function proceed(random: Random, guest: Guest): void {
  if (random.chance(0.2) || guest.streams.length === 0)
    return guest.call(random.pick(rootCallbacks), argumentsFor(random, guest, guest.root));
  const id = random.pick(guest.streams);
  const name = random.pick(streamCallbacks);
  const size = /_(body|data)$/.test(name) ? guest.host.body.length : random.below(10);
  guest.call(name, [id, size, random.below(2)]);
}

/** Any callback with any arguments. */
export function wild(random: Random, guest: Guest): void {
  const known = Object.keys(callbackSignatures).filter((name) => name !== "proxy_on_configure");
  const id = random.chance(0.5) ? random.pick([...guest.streams, guest.root, 0]) : random.pick(numbers);
  guest.call(random.pick(known), argumentsFor(random, guest, id));
}

export function endStream(random: Random, guest: Guest): void {
  if (guest.streams.length === 0) return;
  guest.end(random.below(guest.streams.length));
}

function argumentsFor(random: Random, guest: Guest, id: number): number[] {
  const sane = [random.below(8), guest.host.body.length, random.below(8)];
  const wildly = () => random.times(4, () => random.pick(numbers));
  return [id, ...(random.chance(0.6) ? [...sane, 0] : wildly())];
}
