import { Bytes, isHeaderName } from "meshscript/assembly";
import { Kind, Part } from "./part";

// Operators of Envoy's substitution format, by what stands between their percent signs:
// https://www.envoyproxy.io/docs/envoy/latest/configuration/observability/access_log/usage

const COLON: u8 = 0x3a;

/** The part that an operator stands for, null where this filter does not know it. */
export function operator(inside: Bytes): Part | null {
  const open = inside.indexOf(0x28);
  if (open < 0) return plain(inside);
  const close = inside.indexOf(0x29, open);
  // Without a closing one this is all of it, which is no limit.
  const limit = limitOf(inside.slice(close + 1));
  if (limit < 0) return null;
  const name = inside.slice(0, open);
  const argument = inside.slice(open + 1, close);
  if (name.equals("REQ")) return header(Kind.Req, argument, limit, inside);
  if (name.equals("RESP")) return header(Kind.Resp, argument, limit, inside);
  return name.equals("FILTER_STATE") ? filterState(argument, limit) : null;
}

function header(kind: Kind, argument: Bytes, limit: i32, source: Bytes): Part | null {
  const question = argument.indexOf(0x3f);
  const end = question < 0 ? argument.length : question;
  const name = argument.slice(0, end).toString();
  const other = argument.slice(end + 1).toString();
  const sound = isHeaderName(name) && (other == "" || isHeaderName(other));
  return sound ? new Part(kind, name, other, limit, source.toString()) : null;
}

/** `key:PLAIN`: the text as it was set. Other forms are for objects that a filter like this cannot show. */
function filterState(argument: Bytes, limit: i32): Part | null {
  const colon = argument.indexOf(COLON);
  if (colon < 1 || !argument.slice(colon).equals(":PLAIN")) return null;
  return new Part(Kind.FilterState, argument.slice(0, colon).toString(), "", limit);
}

/** The number behind a colon, as good as none where nothing stands there, -1 where something else does. */
function limitOf(text: Bytes): i32 {
  if (text.length == 0) return i32.MAX_VALUE;
  if (text.at(0) != COLON || text.length == 1 || text.length > 6) return -1;
  let limit = 0;
  for (let i = 1; i < text.length; ++i) {
    const digit = <i32>text.at(i) - 0x30;
    if (digit < 0 || digit > 9) return -1;
    limit = limit * 10 + digit;
  }
  return limit;
}

function plain(name: Bytes): Part | null {
  const kind = kindOf(name);
  return kind == Kind.Unknown ? null : new Part(kind);
}

function kindOf(name: Bytes): Kind {
  if (name.equals("PROTOCOL")) return Kind.Protocol;
  if (name.equals("DOWNSTREAM_REMOTE_ADDRESS")) return Kind.RemoteAddress;
  if (name.equals("DOWNSTREAM_REMOTE_ADDRESS_WITHOUT_PORT")) return Kind.RemoteHost;
  if (name.equals("DOWNSTREAM_LOCAL_ADDRESS")) return Kind.LocalAddress;
  if (name.equals("DOWNSTREAM_LOCAL_ADDRESS_WITHOUT_PORT")) return Kind.LocalHost;
  if (name.equals("DOWNSTREAM_LOCAL_PORT")) return Kind.LocalPort;
  if (name.equals("REQUESTED_SERVER_NAME")) return Kind.ServerName;
  if (name.equals("CONNECTION_ID")) return Kind.ConnectionId;
  if (name.equals("ROUTE_NAME")) return Kind.RouteName;
  if (name.equals("UPSTREAM_CLUSTER")) return Kind.UpstreamCluster;
  if (name.equals("UPSTREAM_HOST")) return Kind.UpstreamHost;
  if (name.equals("RESPONSE_CODE")) return Kind.ResponseCode;
  return name.equals("RESPONSE_CODE_DETAILS") ? Kind.ResponseCodeDetails : Kind.Unknown;
}
