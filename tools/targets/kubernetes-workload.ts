import { release } from "../envoy/release.js";
import { note, type Tree } from "../envoy/yaml.js";
import { environmentNames } from "../manifest/instance.js";
import type { Modules } from "./kubernetes-modules.js";
import { object } from "./kubernetes-object.js";
import type { BuiltMesh } from "./target.js";

export const ports = { http: 10000, admin: 9901, probes: 9902 };

/** The user of Envoy's official images. */
const user = 101;

/** Envoy's pods. They are told apart from the workload's by labels of their own, or its Service would lead to them. */
export function deployment(mesh: BuiltMesh, modules: Modules, configuration: string): Tree {
  const volumes = [
    {
      volume: { name: "configuration", configMap: { name: configuration } },
      mount: { name: "configuration", mountPath: "/etc/envoy/bootstrap", readOnly: true },
    },
    ...modules.volumes,
  ];
  const pod: Tree = {
    automountServiceAccountToken: note("Envoy asks the cluster for nothing.", false),
    enableServiceLinks: false,
    securityContext: podSecurity(),
    imagePullSecrets:
      modules.pullSecrets.length > 0 ? modules.pullSecrets.map((name) => ({ name })) : undefined,
    containers: [
      container(
        mesh,
        volumes.map(({ mount }) => mount),
      ),
    ],
    volumes: volumes.map(({ volume }) => volume),
  };
  return object("apps/v1", "Deployment", mesh, workloadName(mesh), {
    spec: {
      replicas: 2,
      revisionHistoryLimit: 3,
      selector: { matchLabels: labels(mesh) },
      strategy: note(
        "A pod goes when another is ready in its place: a version that does not start takes nothing away.",
        {
          rollingUpdate: { maxSurge: 1, maxUnavailable: 0 },
        },
      ),
      template: { metadata: { labels: labels(mesh) }, spec: pod },
    },
  });
}

export function service(mesh: BuiltMesh): Tree {
  return object("v1", "Service", mesh, workloadName(mesh), {
    spec: { selector: labels(mesh), ports: [{ name: "http", port: 80, targetPort: "http" }] },
  });
}

function workloadName({ name }: BuiltMesh): string {
  return `${name}-envoy`;
}

function labels({ name }: BuiltMesh): { [key: string]: string } {
  return { "app.kubernetes.io/name": "envoy", "app.kubernetes.io/instance": name };
}

function podSecurity(): Tree {
  return {
    runAsNonRoot: true,
    runAsUser: note("The image's user; by itself the image starts as root.", user),
    runAsGroup: user,
    seccompProfile: { type: "RuntimeDefault" },
  };
}

function container(mesh: BuiltMesh, volumeMounts: Tree[]): Tree {
  return {
    name: "envoy",
    image: `envoyproxy/envoy:distroless-v${release.version}`,
    args: note(
      "A worker has a VM of each filter to itself, and by default there is one for each core of the node.",
      ["--config-path", "/etc/envoy/bootstrap/envoy.yaml", "--concurrency", "2"],
    ),
    env: environment(mesh),
    ports: [
      { name: "http", containerPort: ports.http },
      { name: "probes", containerPort: ports.probes },
    ],
    startupProbe: ready({ periodSeconds: 1, failureThreshold: 60 }),
    readinessProbe: note(
      "The admin interface listens on loopback, where no probe comes: a listener answers for it.",
      ready({ periodSeconds: 5, failureThreshold: 2 }),
    ),
    livenessProbe: ready({ periodSeconds: 10, failureThreshold: 6 }),
    lifecycle: {
      preStop: note("Until the Service has stopped sending requests here.", { sleep: { seconds: 10 } }),
    },
    resources: { requests: { cpu: "100m", memory: "128Mi" }, limits: { memory: "512Mi" } },
    securityContext: {
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ["ALL"] },
    },
    volumeMounts,
  };
}

function ready(bounds: { [key: string]: Tree }): Tree {
  return { httpGet: { path: "/ready", port: "probes" }, timeoutSeconds: 2, ...bounds };
}

function environment({ name, links }: BuiltMesh): Tree | undefined {
  const variables = [...new Set(links.flatMap(({ manifest }) => environmentNames(manifest)))].sort();
  if (variables.length === 0) return undefined;
  return note(
    `kubectl create secret generic ${name}-envoy with these keys, before the pods start.`,
    variables.map((key) => ({ name: key, valueFrom: { secretKeyRef: { name: `${name}-envoy`, key } } })),
  );
}
