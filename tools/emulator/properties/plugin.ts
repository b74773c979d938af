import { utf8 } from "../bytes.js";
import type { RootContext } from "../root-context.js";
import { emptyMessage, fields, textMap, type Property, type PropertyTree } from "./tree.js";

/** What a plugin can know at any time. */
export function pluginProperties(root: RootContext): PropertyTree {
  return fields(pluginParts(root));
}

export function pluginParts(root: RootContext): Record<string, () => Property> {
  return {
    plugin_name: () => utf8(root.pluginName),
    plugin_root_id: () => utf8(root.plugin?.rootId ?? ""),
    plugin_vm_id: () => utf8(root.vm.settings.vmId),
    xds: () => fields(xdsParts()),
  };
}

export function xdsParts(): Record<string, () => Property> {
  const locality = () => emptyMessage({ region: () => "", zone: () => "", sub_zone: () => "" });
  const node = {
    id: () => "",
    cluster: () => "",
    metadata: () => textMap([]),
    locality,
    user_agent_name: () => "envoy",
  };
  return { node: () => emptyMessage(node) };
}
