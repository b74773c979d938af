import {
  Action,
  Bytes,
  Exchange,
  HttpFilter,
  Jwks,
  KeySet,
  NO_DATE,
  Token,
  TokenCache,
  TokenFault,
  clock,
  config,
  register,
  vm,
} from "meshscript/assembly";

/** W3 with a memory of tokens that were accepted. */
class W3 extends HttpFilter {
  /** A JWK Set. */
  jwks: string = config.text("jwks");

  private keys: KeySet = new KeySet();
  private cache: TokenCache = new TokenCache();

  override onConfigure(): void {
    const keys = Jwks.parse(this.jwks, true);
    if (keys === null || keys.keys.length == 0) config.problem("jwks", "holds no key");
    else this.keys = keys;
  }

  override onRequest(x: Exchange): Action {
    return this.accepts(x) ? Action.Continue : x.reply(401, "unauthorized\n");
  }

  private accepts(x: Exchange): bool {
    const value = x.request.headers.getBytes("authorization");
    if (value === null || !value.startsWith("Bearer ")) return false;
    const text = value.slice(7);
    const now = <i64>clock.seconds();
    return this.cache.holds(text, this.keys.generation, now) || this.verifies(text, now);
  }

  private verifies(text: Bytes, now: i64): bool {
    const token = Token.read(text);
    if (token.verify(this.keys) != TokenFault.None) return false;
    const claims = token.claims;
    if (claims === null || claims.timeFault(now, 0) != TokenFault.None) return false;
    if (claims.expires != NO_DATE) this.cache.keep(text, this.keys.generation, claims.expires);
    return true;
  }
}

vm.collectBetweenCallbacks();
register<W3>();
