import { Bytes, Request } from "meshscript/assembly";

/** Whether a header asks upstreams that heed it to take the request for one with another method. */
export function isOverridden(request: Request): bool {
  const method = request.headers.getBytes(":method");
  const lines = request.headers.entries();
  while (lines.next()) {
    if (isOverride(lines.nameBytes) && (method === null || !isSame(lines.valueBytes, method))) return true;
  }
  return false;
}

function isOverride(name: Bytes): bool {
  return (
    name.equals("x-http-method-override") || name.equals("x-http-method") || name.equals("x-method-override")
  );
}

/** Whether two methods are one to servers that do not tell cases apart. */
function isSame(one: Bytes, other: Bytes): bool {
  if (one.length != other.length) return false;
  for (let i = 0; i < one.length; ++i) if ((one.at(i) | 0x20) != (other.at(i) | 0x20)) return false;
  return true;
}
