import { utf8 } from "../abi/wire";
import { getProperty } from "./properties";

/** The name that the proxy's configuration gives this plugin; "" where it gives none. Also while it is configured. */
export function name(): string {
  const bytes = getProperty(utf8("plugin_name"));
  return bytes === null ? "" : bytes.toString();
}
