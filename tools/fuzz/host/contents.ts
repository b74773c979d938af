import { encodePairs } from "../../emulator/abi/pairs.js";
import type { Random } from "../../parity/random.js";
import { bytesOf, textOf } from "../make/words.js";
import type { Arguments } from "./arguments.js";
import type { HostileHost } from "./hostile-host.js";

const pluginConfiguration = 7;

/** The bytes that a host function hands over, as a byte string; null: not found. */
export function contentFor(host: HostileHost, name: string, { numbers, texts }: Arguments): string | null {
  const { random, words } = host;
  if (name === "proxy_get_header_map_value")
    return host.map(numbers[0]!).find(([field]) => field.toLowerCase() === texts[0])?.[1] ?? null;
  if (name === "proxy_get_header_map_pairs") {
    const map = host.map(numbers[0]!);
    const list = map.length > 0 ? Buffer.from(encodePairs(map)) : Buffer.alloc(0);
    return (random.chance(host.temper.lying) ? lie(random, list) : list).toString("latin1");
  }
  if (name === "proxy_get_buffer_bytes") {
    const bytes = numbers[0] === pluginConfiguration ? host.configuration : host.body;
    const from = numbers[1]! >>> 0;
    return Buffer.from(bytes.subarray(from, from + (numbers[2]! >>> 0))).toString("latin1");
  }
  if (name === "proxy_get_property" && texts[0] === "plugin_root_id" && random.chance(0.9))
    return host.rootId;
  if (random.chance(0.3)) return null;
  return random.chance(0.5) ? textOf(random, words) : bytesOf(random, random.pick([1, 4, 7, 8, 9, 16]));
}

const absurd = [0, 1, 0x7fffffff, 0x80000000, 0xfffffffe, 0xffffffff];

/** A list whose count or sizes are wrong, or that ends too soon. */
function lie(random: Random, list: Buffer): Buffer {
  const wrong = Buffer.from(list);
  if (wrong.length < 4 || random.chance(0.25)) return wrong.subarray(0, random.below(wrong.length + 1));
  const words = Math.floor(Math.min(wrong.length, 4 + 8 * wrong.readUInt32LE(0)) / 4);
  const at = 4 * (random.chance(0.4) ? 0 : random.below(words));
  const nearby = (wrong.readUInt32LE(at) + random.below(5) - 2) >>> 0;
  wrong.writeUInt32LE(random.chance(0.5) ? nearby : random.pick(absurd), at);
  return wrong;
}
