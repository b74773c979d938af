import { parse, parseAllDocuments } from "yaml";
import { moduleFile, type ModuleFile } from "./go-modules.js";

/** A schema as a cluster has it, as far as it is looked into here. */
export interface CrdSchema {
  type?: string;
  nullable?: boolean;
  format?: string;
  enum?: string[];
  allOf?: { enum?: string[] }[];
  oneOf?: unknown[];
  default?: unknown;
  properties?: Record<string, CrdSchema>;
  required?: string[];
  items?: CrdSchema;
  additionalProperties?: CrdSchema;
  "x-kubernetes-preserve-unknown-fields"?: boolean;
  "x-kubernetes-list-map-keys"?: string[];
  "x-kubernetes-validations"?: { rule: string; message: string }[];
  [limit: string]: unknown;
}

interface Crd {
  spec: {
    names: { kind: string };
    versions: { name: string; schema: { openAPIV3Schema: CrdSchema } }[];
  };
}

const istio: ModuleFile = {
  module: "istio.io/api",
  version: "v1.31.1",
  path: "kubernetes/customresourcedefinitions.gen.yaml",
  sha256: "c0ad59e008658765412badb836e73a523a355e3d792a32ad3c0711a728be5aff",
};
const envoyGateway: ModuleFile = {
  module: "github.com/envoyproxy/gateway",
  version: "v1.9.1",
  path: "charts/gateway-crds-helm/templates/generated/gateway.envoyproxy.io_envoyextensionpolicies.yaml",
  sha256: "990446c64e090b841ade2c401846db592f8f185e9cbcd9fd8eed365a211e0fe7",
};
const gatewayApi: ModuleFile = {
  module: "sigs.k8s.io/gateway-api",
  version: "v1.6.1",
  path: "config/crd/standard/gateway.networking.k8s.io_httproutes.yaml",
  sha256: "a424a0d6c953b162e71d1d97bb7e75012d8f1ac264e7274f2763d1b96ab39852",
};

/** Where the definition of each `apiVersion/kind` is published. */
export const published: Record<string, ModuleFile> = {
  "extensions.istio.io/v1alpha1/WasmPlugin": istio,
  "extensions.istio.io/v1alpha1/TrafficExtension": istio,
  "networking.istio.io/v1alpha3/EnvoyFilter": istio,
  "gateway.envoyproxy.io/v1alpha1/EnvoyExtensionPolicy": envoyGateway,
  "gateway.networking.k8s.io/v1/HTTPRoute": gatewayApi,
};

/** The schema of a kind as its project publishes it, or why it cannot be had here. */
export async function crdOf(type: string): Promise<{ crd: CrdSchema } | { absent: string }> {
  const file = await moduleFile(published[type]!);
  if ("absent" in file) return file;
  const [, version, kind] = type.split("/");
  const crd = definitionsIn(file.text).find(({ spec }) => spec.names.kind === kind)!;
  return { crd: crd.spec.versions.find(({ name }) => name === version)!.schema.openAPIV3Schema };
}

/** Helm's own lines stand around the definition, and are no YAML. */
function definitionsIn(text: string): Crd[] {
  const plain = text.replace(/^\{\{.*$/gm, "");
  if (!/^---/m.test(plain)) return [parse(plain) as Crd];
  const documents = parseAllDocuments(plain) as { toJS(): Crd | null }[];
  return documents.flatMap((document) => document.toJS() ?? []);
}
