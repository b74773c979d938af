import { fields, oneOf, rule, short, text, unseen, whole, mapOf, type ResourceSchema } from "./words.js";

const dnsLabel = "[a-z0-9]([-a-z0-9]*[a-z0-9])?";
const dnsName = `${dnsLabel}(\\.${dnsLabel})*`;

export const group = text({ maxLength: 253, pattern: `^$|^${dnsName}$` });
export const kind = short(63, { pattern: "^[a-zA-Z]([-a-zA-Z0-9]*[a-zA-Z0-9])?$" });
export const objectName = short(253);
export const sectionName = short(253, { pattern: `^${dnsName}$` });
export const namespace = short(63, { pattern: `^${dnsLabel}$` });
export const port = whole(1, 65535);
export const anyNumber = whole(0, 4294967295);

/** What every object has: names as a cluster takes them. */
const metadata = fields(
  {
    name: short(253, { pattern: `^${dnsName}$` }),
    namespace,
    labels: mapOf(text({ maxLength: 63 })),
    annotations: mapOf(text()),
    ...unseen("generateName", "finalizers", "ownerReferences", "uid", "resourceVersion", "generation"),
    ...unseen(
      "creationTimestamp",
      "deletionTimestamp",
      "deletionGracePeriodSeconds",
      "managedFields",
      "selfLink",
    ),
  },
  ["name"],
);

/** An object of a cluster with this kind of `spec`. */
export function resource(spec: ResourceSchema, required: readonly string[] = ["spec"]): ResourceSchema {
  return objectWith({ spec, ...unseen("status") }, required);
}

/** An object of a cluster with these fields of its own. */
export function objectWith(
  own: Record<string, ResourceSchema>,
  required: readonly string[] = [],
): ResourceSchema {
  return fields({ apiVersion: text(), kind: text(), metadata, ...own }, [
    "apiVersion",
    "kind",
    "metadata",
    ...required,
  ]);
}

/** What Istio's resources are attached to. */
export const istioTarget = fields(
  {
    group,
    kind,
    name: objectName,
    namespace: text({
      rules: [rule("cross namespace referencing is not currently supported", (self) => self === "")],
    }),
  },
  ["kind", "name"],
);

/** Labels of the workloads that one of Istio's resources is for. */
export const matchLabels = mapOf(
  text({
    maxLength: 63,
    rules: [rule("wildcard not allowed in label value match", (self) => !self.includes("*"))],
  }),
  {
    maxProperties: 4096,
    rules: [
      rule(
        "wildcard not allowed in label key match",
        (self) => !Object.keys(self).some((key) => key.includes("*")),
      ),
      rule("key must not be empty", (self) => !("" in self)),
    ],
  },
);

export const istioSelector = fields({ matchLabels });

/** A secret or configuration map in a cluster that holds something. */
export const reference = { group, kind, name: objectName, namespace };

export const pullPolicy = oneOf("UNSPECIFIED_POLICY", "IfNotPresent", "Always");
