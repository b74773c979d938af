import { objectName, objectWith, port, resource } from "./common.js";
import { anything, fields, flag, list, mapOf, oneOf, rule, short, text, unseen, whole } from "./words.js";

// Kubernetes' own kinds, as far as a proxy with filters needs them.

const portNumberOrName = { type: ["integer", "string"] };
const count = whole(0, 2147483647);

export const configMap = objectWith({
  data: mapOf(text()),
  binaryData: mapOf(text()),
  immutable: flag,
});

const containerPort = fields(
  {
    containerPort: port,
    name: short(15),
    protocol: oneOf("TCP", "UDP", "SCTP"),
    ...unseen("hostIP", "hostPort"),
  },
  ["containerPort"],
);

const mount = fields(
  {
    name: objectName,
    mountPath: short(4096),
    readOnly: flag,
    subPath: text(),
    ...unseen("mountPropagation", "recursiveReadOnly", "subPathExpr"),
  },
  ["name", "mountPath"],
);

const container = fields(
  {
    name: short(63),
    image: short(4096),
    imagePullPolicy: oneOf("Always", "IfNotPresent", "Never"),
    command: list(text()),
    args: list(text()),
    workingDir: text(),
    ports: list(containerPort),
    volumeMounts: list(mount, { distinctBy: "mountPath" }),
    env: list(fields({ name: short(253), value: text(), valueFrom: anything }, ["name"])),
    ...unseen("envFrom", "resources", "securityContext", "livenessProbe", "readinessProbe", "startupProbe"),
    ...unseen(
      "lifecycle",
      "restartPolicy",
      "restartPolicyRules",
      "resizePolicy",
      "stdin",
      "stdinOnce",
      "tty",
    ),
    ...unseen("terminationMessagePath", "terminationMessagePolicy", "volumeDevices"),
  },
  ["name", "image"],
);

const volume = fields(
  {
    name: short(63),
    configMap: fields({ name: objectName, items: anything, defaultMode: count, optional: flag }),
    image: fields({ reference: short(4096), pullPolicy: oneOf("Always", "IfNotPresent", "Never") }),
    ...unseen("emptyDir", "secret", "projected", "hostPath", "persistentVolumeClaim", "csi", "downwardAPI"),
    ...unseen("ephemeral", "nfs", "iscsi", "fc", "portworxVolume", "azureFile", "cephfs", "cinder"),
  },
  ["name"],
  [rule("a volume has one source", (self) => Object.keys(self).length === 2)],
);

interface Pod {
  containers?: { volumeMounts?: { name: string }[] }[];
  initContainers?: Pod["containers"];
  volumes?: { name: string }[];
}

const mounted = rule("a container mounts a volume that the pod does not have", (self: Pod) => {
  const known = (self.volumes ?? []).map(({ name }) => name);
  const all = [...(self.containers ?? []), ...(self.initContainers ?? [])];
  return all.flatMap((one) => one.volumeMounts ?? []).every(({ name }) => known.includes(name));
});

const pod = fields(
  {
    containers: list(container, { minItems: 1, distinctBy: "name" }),
    initContainers: list(container, { distinctBy: "name" }),
    volumes: list(volume, { distinctBy: "name" }),
    ...unseen("securityContext", "serviceAccountName", "automountServiceAccountToken", "imagePullSecrets"),
    ...unseen("nodeSelector", "affinity", "tolerations", "topologySpreadConstraints", "priorityClassName"),
    ...unseen("terminationGracePeriodSeconds", "restartPolicy", "hostNetwork", "dnsPolicy", "dnsConfig"),
    ...unseen("shareProcessNamespace", "enableServiceLinks", "hostAliases", "hostname", "runtimeClassName"),
    ...unseen(
      "schedulerName",
      "subdomain",
      "readinessGates",
      "overhead",
      "os",
      "hostUsers",
      "hostPID",
      "hostIPC",
    ),
    ...unseen("activeDeadlineSeconds", "nodeName", "preemptionPolicy", "priority", "resources"),
  },
  ["containers"],
  [mounted],
);

const labels = mapOf(text({ maxLength: 63 }));

interface Workload {
  selector?: { matchLabels?: Record<string, string> };
  template?: { metadata?: { labels?: Record<string, string> } };
}

const selected = rule("`selector` does not match template `labels`", ({ selector, template }: Workload) =>
  Object.entries(selector?.matchLabels ?? {}).every(
    ([key, value]) => template?.metadata?.labels?.[key] === value,
  ),
);

export const deployment = resource(
  fields(
    {
      replicas: count,
      selector: fields({ matchLabels: labels, matchExpressions: anything }),
      template: fields(
        { metadata: fields({ labels, annotations: mapOf(text()), name: text() }), spec: pod },
        ["spec"],
      ),
      ...unseen("strategy", "minReadySeconds", "revisionHistoryLimit", "progressDeadlineSeconds", "paused"),
    },
    ["selector", "template"],
    [selected],
  ),
);

const servicePort = fields(
  {
    name: short(63),
    port,
    targetPort: portNumberOrName,
    protocol: oneOf("TCP", "UDP", "SCTP"),
    appProtocol: text(),
    ...unseen("nodePort"),
  },
  ["port"],
);

export const service = resource(
  fields({
    selector: labels,
    ports: list(servicePort),
    type: oneOf("ClusterIP", "NodePort", "LoadBalancer", "ExternalName"),
    ...unseen("clusterIP", "clusterIPs", "externalIPs", "externalName", "externalTrafficPolicy"),
    ...unseen(
      "internalTrafficPolicy",
      "ipFamilies",
      "ipFamilyPolicy",
      "loadBalancerClass",
      "sessionAffinity",
    ),
    ...unseen("sessionAffinityConfig", "publishNotReadyAddresses", "trafficDistribution", "loadBalancerIP"),
    ...unseen("loadBalancerSourceRanges", "allocateLoadBalancerNodePorts", "healthCheckNodePort"),
  }),
);
