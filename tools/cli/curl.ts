import type { Manifest } from "../manifest/manifest.js";

/** A command to copy, with what a request must carry to get past the filters. */
export function curlLine(port: number, manifests: readonly Manifest[]): string {
  const headers = Object.assign({}, ...manifests.map((manifest) => manifest.demo?.pass?.headers ?? {}));
  const options = Object.entries(headers).map(
    ([name, value]) => ` -H ${quoted(`${name}: ${String(value)}`)}`,
  );
  return `curl -i${options.join("")} http://127.0.0.1:${port}/`;
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
