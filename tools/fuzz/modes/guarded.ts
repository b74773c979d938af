import { Clock, Emulator, type Header, type Plugin } from "../../emulator/index.js";
import { HeaderMap } from "../../emulator/http/header-map.js";
import type { Random } from "../../parity/random.js";
import { ProblemError } from "../finding.js";
import { withPort } from "../guards/addresses.js";
import type { Attempt, Guard, Guarding, Seen } from "../guards/guard.js";
import type { Loaded } from "../run.js";

/** Requests of one run. */
const perRun = 10;
const year2026 = Date.UTC(2026, 0, 1);
/** Shorter texts stand in log lines by chance. */
const leastSecret = 12;
const usualSource = "192.0.2.7";

/** Requests with credentials, good ones and others that nearly are: what passes, an independent check has to let pass too. */
export function guarded(random: Random, loaded: Loaded, guard: Guard): void {
  const guarding = guard(random);
  const emulator = new Emulator({ clock: new Clock(year2026), callees: guarding.callees });
  const plugin = load(emulator, loaded, guarding);
  for (let left = perRun; left > 0; left--) {
    if (random.chance(0.1)) emulator.clock.advance(random.pick([1000, 30_000, 400_000, 4_000_000]));
    const now = Number(emulator.clock.now() / 1_000_000_000n);
    const attempt = guarding.attempt(random, now);
    play(plugin, guarding, attempt, now, loaded);
    checkLogs(emulator, guarding, attempt);
    const said = emulator.logs().find(({ level }) => level === "critical");
    if (plugin.failure !== null) throw new ProblemError("trap", `${plugin.failure}; ${said?.text ?? ""}`);
  }
  plugin.close();
}

function load(emulator: Emulator, { subject }: Loaded, { configuration }: Guarding): Plugin {
  const { wasm: module, name, rootId, allowOnHeadersStopIteration } = subject;
  const text = JSON.stringify(configuration);
  return emulator.load({ module, name, rootId, configuration: text, allowOnHeadersStopIteration });
}

function play(
  plugin: Plugin,
  guarding: Guarding,
  { headers, body, source = usualSource }: Attempt,
  now: number,
  { tally }: Loaded,
): void {
  const stream = plugin.open({ sourceAddress: withPort(source) });
  stream.requestHeaders(headers, body === "");
  guarding.answer?.();
  if (body !== "" && stream.outcome().next !== "reply") stream.requestBody(body, true);
  guarding.answer?.();
  tally.judged++;
  const seen: Seen = { headers: asHostKeeps(headers), body, source, now };
  if (stream.upstream.started) {
    tally.passed++;
    if (!guarding.mayPass(seen)) throw letThrough("a request that has to be refused", guarding, seen);
    if (stream.outcome().next !== "reply") stream.responseHeaders([[":status", "200"]], true);
  }
  const answer = stream.downstream.headers;
  if (guarding.mayAnswer && answer.length > 0 && !guarding.mayAnswer(seen, answer))
    throw letThrough(`a response with ${JSON.stringify(answer)}`, guarding, seen);
  stream.close();
}

/** What a client sends to prove who it is, and what a configuration knows of it, is nobody's business who reads logs. */
function checkLogs(emulator: Emulator, { configuration }: Guarding, { headers }: Attempt): void {
  const configured = JSON.stringify(configuration).match(/test[-:](?:key|password)[\w:-]*/g) ?? [];
  const sent = headers.filter(([name]) => /^(authorization|cookie|signature|x-api-key)$/.test(name));
  const secrets = [...configured, ...sent.map(([, value]) => value)].filter(
    ({ length }) => length >= leastSecret,
  );
  const text = emulator.logs().map((line) => Buffer.from(line.text).toString("latin1"));
  const line = text.find((one) => secrets.some((secret) => one.includes(secret)));
  if (line !== undefined) throw new ProblemError("secret logged", line.slice(0, 400));
}

function letThrough(what: string, { configuration }: Guarding, seen: Seen): ProblemError {
  return new ProblemError(
    "let through",
    `${what}: ${JSON.stringify(seen).slice(0, 3000)}, configured with ${JSON.stringify(configuration).slice(0, 2000)}`,
  );
}

/** Lines of one name may have become one. */
function asHostKeeps(request: readonly Header[]): Header[] {
  return new HeaderMap("request", request).pairs();
}
