import type { HostOptions } from "../host.js";
import { withKeys } from "../mint/index.js";
import { DEFAULT_ANSWER, isBodyless } from "../wire/message.js";
import type { Response } from "../wire/message.js";
import { stepsOf } from "../tcp/steps.js";
import { answersOf, calleesOf } from "../callees/read.js";
import { calledOf, expectationOf, logsOf, upstreamOf } from "./expectation.js";
import type { RawCase, RawDocument, RawLink, RawOptions, RawRespond } from "./raw.js";
import { remakeOf, requestOf } from "./request.js";
import type { Link, TrafficCase, TrafficDocument } from "./types.js";
import { millisecondsOf, payloadOf } from "./values.js";

/** Fills in defaults. Lines count from 1; a case's own line is looked up by its index. */
export function documentOf(
  raw: RawDocument,
  line: number,
  lineOf: (index: number) => number,
): TrafficDocument {
  return {
    line,
    chain: linksOf(raw).map((link) => linkOf(link, raw)),
    upstreamProtocol: raw.upstream_protocol ?? "http1",
    rejected: raw.rejected ?? null,
    callees: calleesOf(raw.callees),
    cases: (raw.cases ?? []).map((one, index) => caseOf(one, lineOf(index))),
  };
}

export function caseOf(raw: RawCase, line: number): TrafficCase {
  return {
    name: raw.name,
    line,
    protocols: [raw.protocol ?? ["http1", "http2"]].flat() as TrafficCase["protocols"],
    repeat: raw.repeat ?? 1,
    timeoutMs: raw.timeout === undefined ? null : millisecondsOf(raw.timeout),
    cannot: raw.cannot ?? {},
    send: requestOf(raw.send ?? {}),
    remake: remakeOf(raw.send),
    respond: responseOf(raw.respond ?? {}),
    client: raw.client
      ? {
          ...expectationOf(raw.client),
          status: raw.client.status ?? null,
          informational: raw.client.informational ?? null,
        }
      : null,
    upstream: upstreamOf(raw.upstream),
    callees: answersOf(raw.callees),
    called: calledOf(raw.called),
    logs: logsOf(raw.logs),
    metrics: raw.metrics ?? {},
    tcp: stepsOf(raw.tcp),
    then: (raw.then ?? []).map(({ wait, ...moment }) => ({
      waitMs: wait === undefined ? 0 : millisecondsOf(wait),
      case: caseOf({ ...moment, name: raw.name, timeout: raw.timeout }, line),
    })),
  };
}

function linksOf(raw: RawDocument): RawLink[] {
  if (raw.chain) return raw.chain;
  return [{ filter: raw.filter!, root_id: raw.root_id, config: raw.config }];
}

function linkOf(link: RawLink, document: RawDocument): Link {
  return {
    filter: link.filter,
    rootId: link.root_id ?? null,
    configuration: configurationOf(link.config),
    environment: { ...document.environment, ...link.environment },
    options: optionsOf({ ...document.options, ...link.options }),
  };
}

function configurationOf(config: unknown): string {
  if (config === undefined || config === null) return "";
  return typeof config === "string" ? config : JSON.stringify(withKeys(config));
}

function optionsOf(raw: RawOptions): HostOptions {
  const options: HostOptions = {
    failurePolicy: raw.failure_policy,
    streamIdleTimeoutMs: raw.stream_idle_timeout && millisecondsOf(raw.stream_idle_timeout),
    allowOnHeadersStopIteration: raw.allow_on_headers_stop_iteration,
    vmId: raw.vm_id,
    vmConfiguration: raw.vm_configuration,
    fullCallbacks: raw.full_callbacks,
  } as HostOptions;
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
}

function responseOf(raw: RawRespond): Response {
  const status = raw.status ?? DEFAULT_ANSWER.status;
  const payload = payloadOf(raw);
  const silent = raw.body === undefined && raw.chunks === undefined;
  if (silent && !isBodyless("GET", status)) payload.pieces = DEFAULT_ANSWER.pieces;
  return { ...payload, status };
}
