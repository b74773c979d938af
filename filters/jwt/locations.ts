import { Bytes, CredentialSource, Request, config } from "meshscript/assembly";

export class JwtHeader {
  /** Name of the header. */
  name: string = config.headerName("name");
  /** What stands in front of the token there. A value that does not begin with it is no token. */
  value_prefix: string = config.text("value_prefix", "");
}

/** The places in which a provider's tokens may stand. */
export class Locations {
  private sources: CredentialSource[] = [];
  /** Where the token was found last. */
  private found: i32 = -1;
  /** Whether there was more than one. */
  isAmbiguous: bool = false;

  /** As Envoy: a bearer token or the parameter `access_token`, where nothing else is said. */
  constructor(headers: JwtHeader[], params: string[], cookies: string[]) {
    const sources = this.sources;
    for (let i = 0; i < headers.length; ++i)
      sources.push(CredentialSource.of(headers[i].name, headers[i].value_prefix));
    for (let i = 0; i < params.length; ++i) sources.push(CredentialSource.of("", "", params[i]));
    for (let i = 0; i < cookies.length; ++i) sources.push(CredentialSource.of("", "", "", cookies[i]));
    if (sources.length == 0) {
      sources.push(CredentialSource.of("authorization", "Bearer "));
      sources.push(CredentialSource.of("", "", "access_token"));
    }
  }

  /** The only token there; null where there is none, or more than one: it is anybody's guess which one counts. */
  find(request: Request): Bytes | null {
    let token: Bytes | null = null;
    this.isAmbiguous = false;
    for (let i = 0; i < this.sources.length; ++i) {
      const source = unchecked(this.sources[i]);
      const lines = source.count(request);
      if (lines == 0) continue;
      const here = source.read(request);
      // Several lines are several tokens even where the first one is none.
      if (here === null && lines == 1) continue;
      this.isAmbiguous = this.isAmbiguous || token !== null || lines > 1;
      token = here;
      this.found = i;
    }
    return this.isAmbiguous ? null : token;
  }

  /** Takes the token that was found out of the request. */
  strip(request: Request): void {
    this.sources[this.found].strip(request);
  }
}
