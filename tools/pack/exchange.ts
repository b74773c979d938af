import { UserError } from "../errors.js";
import { Passing } from "./patience.js";

export interface Request {
  method: "GET" | "HEAD" | "POST" | "PUT";
  url: URL;
  headers?: Record<string, string>;
  body?: Uint8Array<ArrayBuffer> | URLSearchParams;
}

export interface Answer {
  status: number;
  headers: Headers;
  /** Where the answer came from, after redirects. */
  url: string;
  body: string;
}

/** Largest answer that is read; manifests are at most this large. */
const bound = 4 * 1024 * 1024;
/** A connection slower than this, in bytes a millisecond, counts as hanging. */
const slowest = 50;

/**
 * One request and its whole answer. Rejects with Passing where another try may help (a server that is busy, broken,
 * silent, or hangs up), with a UserError where none does. Redirects to other hosts are followed without credentials:
 * fetch sees to that.
 */
export async function exchange({ url, method, headers, body }: Request, timeoutMs: number): Promise<Answer> {
  const size = body instanceof Uint8Array ? body.length : 0;
  const signal = AbortSignal.timeout(timeoutMs + Math.ceil(size / slowest));
  let answer: Answer;
  try {
    const response = await fetch(url, { method, headers, body, signal });
    answer = {
      status: response.status,
      headers: response.headers,
      url: response.url,
      body: await textOf(response),
    };
  } catch (error) {
    throw failure(error as Error, url, method);
  }
  if (answer.status >= 500 || answer.status === 429) throw busy(answer, url, method);
  return answer;
}

async function textOf(response: Response): Promise<string> {
  if (!response.body) return "";
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of response.body as unknown as AsyncIterable<Uint8Array>) {
    parts.push(part);
    size += part.length;
    if (size > bound) throw new UserError(`${new URL(response.url).host}: answers with more than 4 MiB`);
  }
  return Buffer.concat(parts).toString("utf8");
}

function busy({ status, headers }: Answer, url: URL, method: string): Passing {
  const seconds = Number(headers.get("retry-after") ?? NaN);
  const waitMs = Number.isFinite(seconds) && seconds >= 0 ? seconds * 1000 : undefined;
  return new Passing(`${url.host}: ${method}: status ${status}`, waitMs);
}

const passing: Record<string, string> = {
  ECONNREFUSED: "nobody listens there",
  ECONNRESET: "the connection was lost",
  EPIPE: "the connection was lost",
  UND_ERR_SOCKET: "the connection was lost",
  ETIMEDOUT: "no answer",
  EHOSTUNREACH: "no way to that host",
  ENETUNREACH: "no way to that network",
  EAI_AGAIN: "its name cannot be looked up now",
  UND_ERR_CONNECT_TIMEOUT: "no answer",
  UND_ERR_HEADERS_TIMEOUT: "no answer",
  UND_ERR_BODY_TIMEOUT: "no answer",
};

function failure(error: Error, url: URL, method: string): Error {
  if (error instanceof UserError) return error;
  const code = codeOf(error);
  const what = error.name === "TimeoutError" ? "no answer" : passing[code];
  if (what) return new Passing(`${url.host}: ${method}: ${what}`);
  const why = code || (error.cause as Error | undefined)?.message || error.message;
  return new UserError(`${url.host}: cannot be reached: ${why}`, remedyFor(code));
}

function codeOf(error: Error): string {
  const cause = error.cause as { code?: string; errors?: { code?: string }[] } | undefined;
  return cause?.code ?? cause?.errors?.[0]?.code ?? "";
}

function remedyFor(code: string): string | undefined {
  if (code === "ENOTFOUND") return "There is no host of that name.";
  if (/^(EPROTO|ERR_SSL)/.test(code)) return "Where it speaks HTTP without TLS, say --plain-http.";
  if (/CERT|SIGNATURE|ISSUER|SELF_SIGNED/.test(code))
    return "Its certificate is not trusted here: NODE_EXTRA_CA_CERTS names further authorities.";
  return undefined;
}
