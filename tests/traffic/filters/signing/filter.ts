import {
  Action,
  Bytes,
  Exchange,
  HttpFilter,
  compress,
  config,
  environment,
  foreign,
  random,
  register,
  sign,
  uncompress,
  verifySignature,
} from "meshscript/assembly";

/** Signs paths, checks signatures of them, and packs and unpacks headers, with what the host offers. */
class Signing extends HttpFilter {
  publicKey: string = config.text("public_key");
  privateKey: string = config.text("private_key");

  override onRequest(x: Exchange): Action {
    const given = x.request.headers.get("x-text");
    const text = Bytes.ofText(given === null ? "" : given);
    const path = x.request.path;
    if (path == "/sign") return x.reply(200, this.roundTrip(text));
    if (path == "/bad-key")
      return x.reply(200, verified("sha256", Bytes.ofText("-----BEGIN nothing"), text, text));
    if (path == "/bad-hash") return x.reply(200, verified("md5", Bytes.ofText(this.publicKey), text, text));
    if (path == "/pack") return x.reply(200, packed(text));
    if (path == "/random") return x.reply(200, randomness());
    if (path == "/foreign") return x.reply(200, unknown());
    const name = environment.get("ZONE");
    return x.reply(200, name === null ? "none" : name);
  }

  private roundTrip(text: Bytes): string {
    const signature = sign("sha256", Bytes.ofText(this.privateKey), text);
    if (signature === null) return "no signature";
    const key = Bytes.ofText(this.publicKey);
    return (
      verified("sha256", key, signature, text) +
      " " +
      verified("sha256", key, signature, Bytes.ofText("other"))
    );
  }
}

function verified(hash: string, key: Bytes, signature: Bytes, text: Bytes): string {
  return verifySignature(hash, key, signature, text).toString();
}

/** A text that the host packed is unpacked here, and is not where it is larger than allowed. */
function packed(text: Bytes): string {
  const small = compress(text);
  if (small === null) return "not packed";
  const whole = uncompress(small, text.length);
  const over = uncompress(small, text.length - 1);
  return (whole === null ? "none" : whole.toString()) + " " + (over === null ? "refused" : "unpacked");
}

function randomness(): string {
  const bytes = random.bytes(100_000);
  return (random.integer() != random.integer()).toString() + " " + bytes.length.toString();
}

function unknown(): string {
  const answer = foreign.call("no_such_function");
  return (answer === null).toString() + " " + foreign.status.toString();
}

register<Signing>();
