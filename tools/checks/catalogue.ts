import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { codeSize, describe } from "../build/index.js";
import { modulesOf, type Modules } from "../cli/modules.js";
import { allManifests } from "../manifest/find.js";
import type { Manifest } from "../manifest/manifest.js";
import { alignedTable } from "../terminal/markdown.js";
import { lineAt, type Check, type Finding } from "./check.js";
import { textIfThere } from "./files.js";

const file = "filters/README.md";
const place = /(<!-- catalogue -->\n)([\s\S]*?)(<!-- \/catalogue -->)/;
const remedy = "Run: npm run check -- --write catalogue";

/** Envoy's own filter that does the same, by name; null where Envoy has none. */
const counterparts: Record<string, string | null> = {
  "api-key": "api_key_auth",
  authz: "rbac",
  "basic-auth": "basic_auth",
  cors: "cors",
  csrf: "csrf",
  "ext-authz": "ext_authz",
  "ext-authz-grpc": "ext_authz",
  "ext-authz-opa": null,
  headers: "header_mutation",
  hmac: null,
  "http-signature": null,
  "ip-restriction": "rbac",
  jwt: "jwt_authn",
};

/** The table of the ready-made filters is what their manifests and modules say. */
export const currentCatalogue: Check = {
  name: `the catalogue in ${file} is current`,
  async run(root) {
    const manifests = allManifests(root);
    if (manifests.length === 0) return [];
    const text = textIfThere(root, file);
    const match = place.exec(text);
    if (!match) {
      const markers = "Put <!-- catalogue --> and <!-- /catalogue --> where it belongs";
      return [{ file, message: "has no place for the catalogue", remedy: `${markers}. ${remedy}` }];
    }
    const unknown = manifests.filter(({ name }) => !(name in counterparts)).map(withoutCounterpart);
    if (match[2]!.trim() === (await tableOf(root, manifests)).trim()) return unknown;
    return [
      ...unknown,
      { file, line: lineAt(text, match.index), message: "the catalogue is outdated", remedy },
    ];
  },
  async mend(root) {
    const text = textIfThere(root, file);
    if (!place.test(text)) return;
    const table = await tableOf(root, allManifests(root));
    writeFileSync(join(root, file), text.replace(place, `$1\n${table}\n$3`));
  },
};

function withoutCounterpart({ name }: Manifest): Finding {
  const message = `nobody has said whether Envoy has a filter like ${name}`;
  return { file: `filters/${name}`, message, remedy: "Say so in tools/checks/catalogue.ts." };
}

async function tableOf(root: string, manifests: readonly Manifest[]): Promise<string> {
  const modules = modulesOf(root);
  const rows = [];
  for (const manifest of manifests) rows.push(await rowOf(manifest, modules));
  const head = ["filter", "what it does", "Envoy's own", "settings", "may", "KB"];
  return alignedTable(
    [head, head.map(() => "---"), ...rows].map((cells) => `| ${cells.join(" | ")} |\n`).join(""),
  );
}

async function rowOf(manifest: Manifest, modules: Modules): Promise<string[]> {
  const { name, summary, folder, ceiling } = manifest;
  const settings = await describe(folder);
  // What an object or a list holds is required only where that is there itself.
  const required = settings.filter(({ path, required }) => required && !/[.[]/.test(path)).length;
  const { binary } = await modules.ofManifest(manifest);
  const own = counterparts[name];
  return [
    `[${name}](${name}/README.md)`,
    summary,
    own ? `\`${own}\`` : "",
    `${settings.length}, ${required === 0 ? "none" : required} required`,
    ceiling === null ? "anything" : ceiling.groups.join(", ") || "nothing",
    (codeSize(binary) / 1000).toFixed(1),
  ];
}
