import { bytesOf } from "../traffic/index.js";
import type { Bytes, Manifest } from "../manifest/manifest.js";

/** A command to copy, with what a request must carry to get past the filters; credentials in it are made now. */
export function curlLine(port: number, manifests: readonly Manifest[]): string {
  const headers = Object.assign({}, ...manifests.map((manifest) => manifest.demo?.pass?.headers ?? {}));
  const options = Object.entries(headers).map(
    ([name, value]) => ` -H ${quoted(`${name}: ${textOf(value as Bytes | Bytes[])}`)}`,
  );
  return `curl -i${options.join("")} http://127.0.0.1:${port}/`;
}

/** One value of a header: the demo's requests are what shows a repeated one. */
function textOf(value: Bytes | Bytes[]): string {
  return bytesOf([value].flat()[0]!);
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
