import { textOf } from "../bytes.js";
import { valuesOf } from "../wire/message.js";
import type { MintedRequest } from "./types.js";

/**
 * What is signed (RFC 9421, section 2.5). `as` has values by component, in quotes and with its parameters, that the client
 * believes in where the request says something else.
 */
export function baseOf(
  components: readonly string[],
  parameters: string,
  request: MintedRequest,
  as: Record<string, string>,
): string {
  const lines = components.map((one) => `${one}: ${as[one] ?? valueOf(one, request)}`);
  return [...lines, `"@signature-params": ${parameters}`].join("\n");
}

function valueOf(component: string, request: MintedRequest): string {
  const [, name = "", parameter, value] = /^"([^"]*)"(?:;(\w+)(?:="([^"]*)")?)?$/.exec(component) ?? [];
  if (name.startsWith("@")) return targetPart(name, value ?? "", request);
  const field = valuesOf(request.lines, name).join(", ");
  return parameter === "key" ? memberOf(field, value ?? "") : (textOf(field) ?? field);
}

function targetPart(name: string, parameter: string, { method, path, lines }: MintedRequest): string {
  const authority = (valuesOf(lines, "host")[0] ?? "localhost").toLowerCase().replace(/:80$/, "");
  const url = new URL(`http://${authority}${path}`);
  switch (name) {
    case "@method":
      return method;
    case "@authority":
      return authority;
    case "@scheme":
      return "http";
    case "@target-uri":
      return `http://${authority}${path}`;
    case "@request-target":
      return path;
    case "@path":
      return path.split("?")[0]! || "/";
    case "@query":
      return path.includes("?") ? path.slice(path.indexOf("?")) : "?";
    case "@query-param":
      return escaped(url.searchParams.get(decodeURIComponent(parameter)) ?? "");
    default:
      // Nothing of a request is called that: the case says so to have it refused.
      return "";
  }
}

/** As forms have it, with blanks as %20 (section 2.2.8). */
function escaped(value: string): string {
  return new URLSearchParams({ v: value }).toString().slice(2).replaceAll("+", "%20");
}

function memberOf(field: string, key: string): string {
  const member = field.split(", ").find((one) => one.startsWith(`${key}=`));
  return member?.slice(key.length + 1) ?? "";
}
