import { Bytes } from "../../abi/bytes";
import { BytesBuilder } from "../../abi/builder";
import { utf8 } from "../../abi/wire";
import { Json } from "../../config/json";
import { JsonWriter } from "../../config/json-writer";
import { integer } from "../../host/property-values";
import { Exchange } from "../../http/exchange";
import { Headers } from "../../http/headers";
import { PartWalk } from "../../http/parts";
import { percentDecoded } from "../../http/percent";
import { Authority } from "./authority";
import { Said, hostOf, principal, property, wholeValue } from "./facts";

const SLASH: u8 = 0x2f;
const AND: u8 = 0x26;

/** What OPA is asked, in the shape that its plugin for Envoy gives to the input. */
export function document(x: Exchange, authority: Authority, body: Bytes, isPartial: bool): Bytes {
  const headers = x.request.headers;
  const json = JsonWriter.begin().open("{").name("input").open("{").name("attributes").open("{");
  peer(json.name("source"), property(utf8("source.address")), integer(utf8("source.port")), clientName());
  peer(
    json.name("destination"),
    property(utf8("destination.address")),
    integer(utf8("destination.port")),
    ownName(),
  );
  json.name("request").open("{").name("http").open("{");
  json.name("id").text(Said.first(headers, "x-request-id"));
  json.name("method").text(Said.first(headers, ":method"));
  json.name("path").text(Said.first(headers, ":path"));
  json.name("host").text(Said.first(headers, ":authority"));
  json.name("scheme").text(Said.first(headers, ":scheme"));
  json.name("protocol").text(property(utf8("request.protocol")));
  json.name("size").text(BytesBuilder.begin().addInteger(integer(utf8("request.size"))).bytes);
  lines(json.name("headers").open("{"), headers, authority);
  if (authority.seesBodies) json.name("body").text(body);
  json.close("}").close("}");
  json.close("}");
  parsed(json, Said.first(headers, ":path"));
  if (authority.seesBodies) parsedBody(json, headers, body, isPartial);
  json.name("version").open("{").name("encoding").text(Bytes.ofText("protojson"));
  json.name("ext_authz").text(Bytes.ofText("v3")).close("}");
  return json.close("}").close("}").bytes;
}

function clientName(): Bytes {
  return principal(utf8("connection.uri_san_peer_certificate"), utf8("connection.subject_peer_certificate"));
}

function ownName(): Bytes {
  return principal(
    utf8("connection.uri_san_local_certificate"),
    utf8("connection.subject_local_certificate"),
  );
}

function peer(json: JsonWriter, address: Bytes, port: i64, principal: Bytes): void {
  json.open("{").name("address").open("{").name("socketAddress").open("{");
  json.name("address").text(hostOf(address)).name("portValue").integer(port).close("}").close("}");
  if (principal.length > 0) json.name("principal").text(principal);
  json.close("}");
}

function lines(json: JsonWriter, headers: Headers, authority: Authority): void {
  const lines = headers.entries();
  while (lines.next()) {
    const value = authority.sends(lines.nameBytes) ? wholeValue(headers, lines) : null;
    if (value !== null) json.key(lines.nameBytes).text(value);
  }
  json.close("}");
}

/** Segments of the path and parameters of the query, both with their escapes resolved. */
function parsed(json: JsonWriter, path: Bytes): void {
  const mark = path.indexOf(0x3f);
  const whole = percentDecoded(path.slice(0, mark < 0 ? path.length : mark));
  let start = 0;
  while (start < whole.length && whole.at(start) == SLASH) ++start;
  json.name("parsed_path").open("[");
  const segments = PartWalk.over(whole.slice(start), SLASH);
  while (segments.next()) json.text(segments.whole);
  json.close("]").name("parsed_query").open("{");
  if (mark >= 0) parameters(json, path.slice(mark + 1));
  json.close("}");
}

/** Each name once, with all of its values. */
function parameters(json: JsonWriter, query: Bytes): void {
  const names = PartWalk.over(query, AND);
  while (names.next()) {
    const name = names.name;
    if (names.part.length == 0 || isEarlier(query, names, name)) continue;
    json.key(name).open("[");
    const values = PartWalk.over(query, AND);
    while (values.next()) if (values.isNamed(name.toString())) json.text(percentDecoded(values.value));
    json.close("]");
  }
}

function isEarlier(query: Bytes, here: PartWalk, name: Bytes): bool {
  const text = name.toString();
  const others = PartWalk.over(query, AND);
  while (others.next() && others.whole.pointer != here.whole.pointer) if (others.isNamed(text)) return true;
  return false;
}

function parsedBody(json: JsonWriter, headers: Headers, body: Bytes, isPartial: bool): void {
  json.name("truncated_body").word(isPartial ? "true" : "false");
  const isJson = Said.first(headers, "content-type").startsWith("application/json");
  if (isJson && !isPartial && Json.read(body) !== null) json.name("parsed_body").raw(body);
}
