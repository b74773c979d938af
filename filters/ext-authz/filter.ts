import {
  Asked,
  AuthorityFilter,
  Bytes,
  HeaderNames,
  HttpService,
  KeptAnswers,
  config,
  register,
  vm,
} from "meshscript/assembly";

vm.collectBetweenCallbacks();

class ExtAuthz extends AuthorityFilter {
  /** The authority: it is sent a request like the client's, and answers by its status. */
  http_service: HttpService = config.group<HttpService>("http_service");
  /** Headers that the authority sees, beside `authorization`. */
  allowed_headers: HeaderNames = config.group<HeaderNames>("allowed_headers");
  /** Headers that it does not see, even if they are allowed. */
  disallowed_headers: HeaderNames = config.group<HeaderNames>("disallowed_headers");
  /** Has answers kept for a while. Those about requests with bodies are not kept. */
  cache: KeptAnswers | null = config.optionalGroup<KeptAnswers>("cache");

  override onConfigure(): void {
    this.http_service.allowed = this.allowed_headers;
    this.http_service.disallowed = this.disallowed_headers;
    this.use(this.http_service);
  }

  protected override recall(x: Asked): Bytes | null {
    const cache = this.cache;
    if (cache === null) return null;
    const key = cache.keyOf(x, this.http_service);
    x.key = key.toArray();
    return cache.find(key);
  }

  protected override keep(x: Asked, ruling: Bytes): void {
    const cache = this.cache;
    const key = x.key;
    if (cache !== null && key !== null) cache.keep(key, ruling);
  }
}

register<ExtAuthz>();
