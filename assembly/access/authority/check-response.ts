import { Bytes } from "../../abi/bytes";
import { ProtoReader } from "../../proto/reader";
import { isHop } from "./authority";
import { Fate, Order, Ruling } from "./ruling";

// Reads an `envoy.service.auth.v3.CheckResponse`.

/** As a ruling. What is no such message, and one without a status, is no answer. */
export function readAnswer(message: Bytes): Bytes {
  const fields = ProtoReader.of(message);
  let code: i32 = -1;
  let ok = ProtoReader.of(Bytes.view(0, 0));
  let denied = ProtoReader.of(Bytes.view(0, 0));
  let isError = false;
  while (fields.next()) {
    if (fields.field == 1) code = numberIn(fields.nested());
    else if (fields.field == 2) denied = fields.nested();
    else if (fields.field == 3) ok = fields.nested();
    else if (fields.field == 5) isError = true;
  }
  const ruling = Ruling.begin();
  if (!fields.ok || code < 0 || (code > 0 && isError)) return ruling.end(Fate.Failed);
  if (code == 0) return allowed(ruling, ok);
  return refused(ruling, denied);
}

function allowed(ruling: Ruling, ok: ProtoReader): Bytes {
  while (ok.next()) {
    const field = ok.field;
    if (field == 2) readOption(ruling, ok.nested(), Order.Set, 0);
    else if (field == 5) readRemoval(ruling, ok.data());
    else if (field == 6) readOption(ruling, ok.nested(), Order.Add, Order.RespondAdd);
    else if (field == 7) readParameter(ruling, ok.nested());
    else if (field == 8) ruling.put(Order.RemoveParameter, ok.data(), Bytes.view(0, 0));
  }
  if (!ok.ok) ruling.break();
  return ruling.end(Fate.Allowed);
}

function refused(ruling: Ruling, denied: ProtoReader): Bytes {
  let status = 0;
  while (denied.next()) {
    if (denied.field == 1) status = numberIn(denied.nested());
    else if (denied.field == 2) readOption(ruling, denied.nested(), Order.Add, 0);
    else if (denied.field == 3) ruling.put(Order.Body, Bytes.view(0, 0), denied.data());
  }
  if (!denied.ok) ruling.break();
  return ruling.end(Fate.Denied, status >= 200 && status < 600 ? status : 403);
}

/** A `HeaderValueOption`. `usual` is what is done where the authority does not say, `base` where. */
function readOption(ruling: Ruling, option: ProtoReader, usual: i32, base: i32): void {
  let name = Bytes.view(0, 0);
  let value = name;
  let kind = usual;
  while (option.next()) {
    if (option.field == 2) kind = numberIn(option.nested()) > 0 ? Order.Join : Order.Set;
    else if (option.field == 3 && kind != Order.Join && option.number() != 0) kind = <i32>option.number();
    if (option.field != 1) continue;
    const header = option.nested();
    while (header.next()) {
      if (header.field == 1) name = header.data();
      else if (header.field == 2 || (header.field == 3 && header.data().length > 0)) value = header.data();
    }
    if (!header.ok) ruling.break();
  }
  if (!option.ok || kind < 0 || kind > Order.Join || (isHop(name) && !routes(name))) ruling.break();
  ruling.field(base + kind, name, value);
}

/** Pseudo-headers that an authority may set: it sends the request elsewhere. */
function routes(name: Bytes): bool {
  return name.equals(":path") || name.equals(":authority") || name.equals(":method");
}

/** Without what routes it a request is none, and Envoy's own filter takes away no such header. */
function readRemoval(ruling: Ruling, name: Bytes): void {
  if (name.length > 0 && !isHop(name)) ruling.field(Order.Remove, name, Bytes.view(0, 0));
}

function readParameter(ruling: Ruling, parameter: ProtoReader): void {
  let key = Bytes.view(0, 0);
  let value = key;
  while (parameter.next()) {
    if (parameter.field == 1) key = parameter.data();
    else if (parameter.field == 2) value = parameter.data();
  }
  if (!parameter.ok) ruling.break();
  ruling.put(Order.SetParameter, key, value);
}

/** The number in field 1, as `google.rpc.Status`, `HttpStatus` and `BoolValue` have it; -1: it is no such message. */
function numberIn(message: ProtoReader): i32 {
  let number: i32 = 0;
  while (message.next()) if (message.field == 1) number = <i32>message.number();
  return message.ok ? number : -1;
}
