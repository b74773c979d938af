import { alwaysAllowed, groupOf, groups, libraryOwn } from "../abi/groups.js";
import type { Plugin } from "./plugin.js";
import { note, type Tree } from "./yaml.js";

/** The type of the configuration of a filter that runs a module. */
export const wasmTypes = {
  http: "type.googleapis.com/envoy.extensions.filters.http.wasm.v3.Wasm",
  tcp: "type.googleapis.com/envoy.extensions.filters.network.wasm.v3.Wasm",
};
const textType = "type.googleapis.com/google.protobuf.StringValue";

/** The HTTP or network filter that loads a plugin. */
export function wasmFilter(plugin: Plugin): Tree {
  return {
    name: plugin.name,
    typed_config: {
      "@type": wasmTypes[plugin.kind],
      config: {
        name: plugin.name,
        root_id: plugin.rootId || undefined,
        ...failure(plugin),
        allow_on_headers_stop_iteration: bodyFirst(plugin),
        vm_config: vmConfig(plugin),
        configuration: configuration(plugin.configuration),
      },
    },
  };
}

function failure(plugin: Plugin): { [key: string]: Tree } {
  if (plugin.failurePolicy !== "FAIL_RELOAD") return { failure_policy: plugin.failurePolicy };
  return {
    failure_policy: note(
      plugin.kind === "http"
        ? "A crash answers that request 503; the next ones get a fresh VM after the back-off."
        : "A crash ends the VM's connections; new ones get a fresh VM after the back-off.",
      plugin.failurePolicy,
    ),
    reload_config: { backoff: { base_interval: "0.1s" } },
  };
}

function bodyFirst(plugin: Plugin): Tree | undefined {
  if (!plugin.allowOnHeadersStopIteration || plugin.kind === "tcp") return undefined;
  return note("Lets the filter see the body while it still holds the headers back.", true);
}

function vmConfig(plugin: Plugin): Tree {
  return {
    vm_id: plugin.vmId,
    runtime: "envoy.wasm.runtime.v8",
    code: { local: { filename: plugin.wasmPath } },
    configuration: configuration(plugin.vmConfiguration),
    environment_variables: environment(plugin),
    capability_restriction_config: capabilities(plugin),
  };
}

function environment(plugin: Plugin): Tree | undefined {
  const values = Object.entries(plugin.environment);
  const names = plugin.hostEnvironment;
  if (values.length === 0 && names.length === 0) return undefined;
  return {
    host_env_keys: names.length > 0 ? names : undefined,
    key_values: values.length > 0 ? plugin.environment : undefined,
  };
}

function capabilities({ capabilities: names, ceiling }: Plugin): Tree | undefined {
  if (names === null) return undefined;
  const derived = "Least privilege: what the module imports, and the callbacks it is called through.";
  const bounds =
    ceiling === null ? [] : [`Its manifest allows no more than: ${ceiling.join(", ") || "nothing"}.`];
  return note([derived, ...bounds].join("\n"), { allowed_capabilities: byGroup(names, ceiling) });
}

/** For whoever has to judge what a filter may do: each group that it has something of, and what that means. */
function byGroup(names: readonly string[], ceiling: readonly string[] | null): { [name: string]: Tree } {
  const order = [...Object.keys(groups), undefined];
  const sorted = order.map((group) => ({ group, members: names.filter((name) => groupOf(name) === group) }));
  return Object.fromEntries(
    sorted.flatMap(({ group, members }) =>
      members.map((name, at) => [name, at === 0 ? note(groupNote(group, members, ceiling), {}) : {}]),
    ),
  );
}

function groupNote(
  group: string | undefined,
  members: readonly string[],
  ceiling: readonly string[] | null,
): string {
  if (group === undefined) return "unknown to meshscript";
  const isAllowed = ceiling === null || [...ceiling, ...alwaysAllowed].includes(group);
  const alone = members.every((name) => libraryOwn.includes(name))
    ? "the library's own use alone"
    : "taken along";
  return `${group}: may ${groups[group]!.may}${isAllowed ? "" : ` (${alone})`}`;
}

/** A Struct would reach the filter as binary protobuf, not as JSON. */
function configuration(text: string): Tree | undefined {
  return text === "" ? undefined : { "@type": textType, value: text };
}
