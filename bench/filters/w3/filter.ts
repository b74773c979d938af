import {
  Action,
  Exchange,
  HostCrypto,
  HttpFilter,
  Jwks,
  KeySet,
  Token,
  TokenFault,
  clock,
  config,
  register,
  useHostCrypto,
  vm,
} from "meshscript/assembly";

/** W3: a bearer token whose signature holds and whose `exp` has not passed. */
class W3 extends HttpFilter {
  /** A JWK Set. */
  jwks: string = config.text("jwks");
  /** What signatures the host is asked about. */
  host_crypto: string = config.choice("host_crypto", ["never", "rsa", "rsa_and_ecdsa"], "rsa");

  private keys: KeySet = new KeySet();

  override onConfigure(): void {
    const keys = Jwks.parse(this.jwks, true);
    if (keys === null || keys.keys.length == 0) config.problem("jwks", "holds no key");
    else this.keys = keys;
    if (this.host_crypto == "never") useHostCrypto(HostCrypto.Never);
    if (this.host_crypto == "rsa_and_ecdsa") useHostCrypto(HostCrypto.RsaAndEcdsa);
  }

  override onRequest(x: Exchange): Action {
    return this.accepts(x) ? Action.Continue : x.reply(401, "unauthorized\n");
  }

  private accepts(x: Exchange): bool {
    const value = x.request.headers.getBytes("authorization");
    if (value === null || !value.startsWith("Bearer ")) return false;
    const token = Token.read(value.slice(7));
    if (token.verify(this.keys) != TokenFault.None) return false;
    const claims = token.claims;
    return claims !== null && claims.timeFault(<i64>clock.seconds(), 0) == TokenFault.None;
  }
}

vm.collectBetweenCallbacks();
register<W3>();
