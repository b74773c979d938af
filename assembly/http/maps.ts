import { proxy_get_header_map_pairs, proxy_get_header_map_value } from "../abi/env";
import { MapType, Status } from "../abi/enums";
import { epoch } from "../abi/arena";
import { sameBytes } from "../abi/compare";
import { Urgency, hostRefused, put, write } from "../abi/line";
import { OUT, outData, outSize } from "../abi/out";
import { firstPair, pairCount } from "../abi/pairs";
import { sizeOf, utf8 } from "../abi/wire";
import { NAMES_TRAILERS } from "../stream/needs";

// Reading a header map. What the host returns costs the same whatever its size, so the second read that finds
// something fetches the whole map, and later reads are served from it until a write or the end of the callback.

/** One bit for each header map that the host shows in this callback. */
let open: u32 = 0;

/** Begins a callback in which the host shows just this map. */
export function openOnly(map: MapType): void {
  open = 1 << map;
}

/** Says that the host shows this map, too. */
export function openAlso(map: MapType): void {
  open |= 1 << map;
}

/** Says that this map is there with so many fields. Where there are none, the host has no map and is not asked for one. */
export function openFields(map: MapType, count: u32): void {
  openAlso(map);
  const state = known(map);
  state.readIn = count == 0 ? epoch : 0;
  state.listedIn = state.readIn;
  state.list = 0;
}

/** Host calls are about another stream now: nothing is known of its maps, and which ones it shows the host knows itself. */
export function openOther(): void {
  open |= 0b1111;
  memory.fill(KNOWN, 0, 128);
}

/** Begins the callback in which the host shows both messages once more. */
export function openLog(): void {
  open = 0b1111;
}

/** Begins a callback without any header map. */
export function openNone(): void {
  open = 0;
}

/** Whether the host shows a map now. */
export function shows(map: u32): bool {
  return (open & (1 << map)) != 0;
}

/** Whether the host shows a map now. Where it does not, a line in the log says so. */
export function isOpen(map: u32): bool {
  if (shows(map)) return true;
  if ((map & 2) == 0) put(utf8("request"));
  else put(utf8("response"));
  // Where no filter is ever shown trailers, a word does that RFC 9110 has for both.
  if (!NAMES_TRAILERS) put(utf8(" fields are out of reach here"));
  else if ((map & 1) == 0) put(utf8(" headers are out of reach here"));
  else put(utf8(" trailers are out of reach here"));
  write(Urgency.Warn);
  return false;
}

/** What is known of a map. */
@unmanaged
class Known {
  /** The callback in which a value was read. */
  readIn: u32;
  /** The callback in which the list was fetched, and no write followed. */
  listedIn: u32;
  /** The list, 0 where the map is empty. */
  list: usize;
}

const KNOWN = memory.data(128, 8);

function known(map: u32): Known {
  return changetype<Known>(KNOWN + ((<usize>map) << 4));
}

/** After a write the list of a map no longer holds. */
export function forget(map: u32): void {
  known(map).listedIn = 0;
}

/** Address and size of the value found last. */
export let value: usize = 0;
export let size: usize = 0;

/** Finds the first value of an encoded name; 0 is one that no header has. */
export function find(map: u32, name: usize): bool {
  if (name == 0 || !isOpen(map)) return false;
  const state = known(map);
  if (state.readIn == epoch) return countOf(map, name) > 0;
  const status = proxy_get_header_map_value(map, name, sizeOf(name), OUT, OUT + 4);
  if (status == Status.NotFound) return false;
  if (status != Status.Ok) return hostRefused(utf8("proxy_get_header_map_value"), status);
  state.readIn = epoch;
  value = outData();
  size = outSize();
  return true;
}

/** The whole map as a pair list, 0 where there is none. */
export function list(map: u32): usize {
  if (!isOpen(map)) return 0;
  const state = known(map);
  if (state.listedIn == epoch) return state.list;
  const status = proxy_get_header_map_pairs(map, OUT, OUT + 4);
  if (status != Status.Ok) {
    hostRefused(utf8("proxy_get_header_map_pairs"), status);
    return 0;
  }
  state.readIn = epoch;
  state.listedIn = epoch;
  state.list = pairCount(outData(), outSize()) == 0 ? 0 : outData();
  return state.list;
}

/** How many values an encoded name has; the first one is left in `value` and `size`. */
export function countOf(map: u32, name: usize): i32 {
  const pairs = name == 0 ? <usize>0 : list(map);
  if (pairs == 0) return 0;
  const wanted = sizeOf(name);
  const first = firstPair(pairs);
  let found = 0;
  for (let sizes = pairs + 4, at = first; sizes < first; sizes += 8) {
    const nameSize = load<u32>(sizes);
    const valueSize = load<u32>(sizes, 4);
    if (nameSize == wanted && sameBytes(at, name, wanted) && ++found == 1) {
      value = at + nameSize + 1;
      size = valueSize;
    }
    at += nameSize + valueSize + 2;
  }
  return found;
}
