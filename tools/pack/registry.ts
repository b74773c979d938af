import { UserError } from "../errors.js";
import { authorization } from "./authorize.js";
import { credentialsFor, secretsOf, type Credentials } from "./credentials.js";
import { exchange, type Answer } from "./exchange.js";
import { originOf, type Reference } from "./reference.js";

export interface RegistryRequest {
  method: "GET" | "HEAD" | "POST" | "PUT";
  /** Absolute, or relative to the repository's API. */
  url: string;
  body?: Uint8Array<ArrayBuffer>;
  contentType?: string;
  accept?: string;
}

export interface RegistryOptions {
  environment: NodeJS.ProcessEnv;
  plainHttp: boolean;
  timeoutMs: number;
}

/** A repository's API (OCI distribution specification). It logs in when it is asked to. */
export class Registry {
  #authorization: string | null = null;
  #credentials: Credentials | null | undefined;
  readonly #base: URL;

  constructor(
    readonly reference: Reference,
    private readonly options: RegistryOptions,
  ) {
    this.#base = new URL(`${originOf(reference, options.plainHttp)}/v2/${reference.repository}/`);
  }

  /** The answer, whatever its status below 500; rejects as `exchange` does. */
  async ask(request: RegistryRequest): Promise<Answer> {
    const answer = await this.#once(request);
    const header = answer.headers.get("www-authenticate");
    // Another host, to which the registry has sent us on, gets no credentials by asking for them.
    const isOwn = new URL(answer.url).origin === this.#base.origin;
    if (answer.status !== 401 || !header || !isOwn) return answer;
    const former = this.#authorization;
    this.#authorization = await this.#authorized(header);
    return this.#authorization === former ? answer : this.#once(request);
  }

  /** A text that may be shown: without secrets, should the registry repeat them, and without control characters. */
  shown(text: string): string {
    const token = this.#authorization?.split(" ")[1];
    const secrets = [...(this.#credentials ? secretsOf(this.#credentials) : []), ...(token ? [token] : [])];
    const plain = secrets.filter(Boolean).reduce((all, secret) => all.replaceAll(secret, "***"), text);
    return plain.replace(/[\x00-\x1f\x7f-\x9f]+/g, " ").slice(0, 500);
  }

  #authorized(header: string): Promise<string> {
    const { reference, options } = this;
    this.#credentials ??= credentialsFor(reference.registry, options.environment);
    return authorization({ header, reference, credentials: this.#credentials, ...options });
  }

  #once({ method, url, body, contentType, accept }: RegistryRequest): Promise<Answer> {
    const target = new URL(url, this.#base);
    if (this.#base.protocol === "https:" && target.protocol !== "https:")
      throw new UserError(`${this.#base.host}: sends us on to ${target.origin}, which is no https address`);
    const headers: Record<string, string> = {};
    if (contentType) headers["content-type"] = contentType;
    if (accept) headers["accept"] = accept;
    if (this.#authorization && target.origin === this.#base.origin)
      headers["authorization"] = this.#authorization;
    return exchange({ method, url: target, headers, body }, this.options.timeoutMs);
  }
}
