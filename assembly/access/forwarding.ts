import { Bytes } from "../abi/bytes";
import { MapType } from "../abi/enums";
import { isValue } from "../abi/fields";
import { firstPair, nameSize, nextPair } from "../abi/pairs";
import { sizeOf, utf8 } from "../abi/wire";
import { flag, headerName } from "../config/reader";
import { Exchange } from "../http/exchange";
import { drop, replace } from "../http/headers";
import { list } from "../http/maps";
import { Encoded, encodedCopy } from "./encoded";
import { rememberBytes } from "./identity";

/** What the upstream gets to know of a consumer that has shown a credential. */
export class Forwarding {
  /** Request header that tells the upstream who the consumer is. What a client sends in it never gets through. */
  header: string = headerName(utf8("header"), "");
  /** Whether the credential is taken out of the request before it goes on. */
  hide_credentials: bool = flag(utf8("hide_credentials"), true);

  private field: Encoded = Encoded.name(this.header);

  /** What settings of other names say. */
  static of(header: string, hide_credentials: bool): Forwarding {
    const forwarding = changetype<Forwarding>(__new(offsetof<Forwarding>(), idof<Forwarding>()));
    forwarding.header = header;
    forwarding.hide_credentials = hide_credentials;
    forwarding.field = Encoded.name(header);
    return forwarding;
  }

  /**
   * Names the consumer to later filters, and to the upstream where a header is set. Take the credential out before: it may
   * have stood in that very header.
   */
  admit(x: Exchange, consumer: string): void {
    this.clear(x);
    const name = utf8(consumer);
    const sound = isValue(name, sizeOf(name)) ? name : 0;
    if (this.field.at != 0) replace(MapType.RequestHeaders, this.field.at, sound);
    rememberBytes(x, Bytes.view(name, sizeOf(name)));
  }

  /** Removes what the client itself says of its identity: for requests that go on without a credential. */
  clear(x: Exchange): void {
    if (this.field.at != 0) removeClaims(this.field.at);
  }
}

/** Removes a header and those that some servers take for it, as `x_user` for `x-user`. */
function removeClaims(wanted: usize): void {
  const lines = list(MapType.RequestHeaders);
  if (lines == 0) return;
  const size = sizeOf(wanted);
  for (let i: u32 = 0, at = firstPair(lines), n = load<u32>(lines); i < n; at = nextPair(lines, i++, at)) {
    if (nameSize(lines, i) == size && isTakenFor(at, wanted))
      drop(MapType.RequestHeaders, encodedCopy(at, size));
  }
}

/** Names are in lower case by now. */
function isTakenFor(name: usize, wanted: usize): bool {
  for (let i: usize = 0, n: usize = sizeOf(wanted); i < n; ++i)
    if (hyphened(load<u8>(name + i)) != hyphened(load<u8>(wanted + i))) return false;
  return true;
}

function hyphened(byte: u32): u32 {
  return byte == 0x5f ? 0x2d : byte;
}
