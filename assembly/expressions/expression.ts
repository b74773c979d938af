import { Bytes } from "../abi/bytes";
import { utf8 } from "../abi/wire";
import { problem } from "../config/scope";
import * as foreign from "../host/foreign";
import { ForeignStatus } from "../host/foreign";
import { adopt } from "./owners";

/**
 * A condition or a value in CEL over the properties of a stream, compiled once and evaluated by the host:
 * `when: Expression = config.expression("when")` for one that the configuration states, `new Expression("…")` in a field for
 * one of the filter's own. One that does not compile refuses the configuration. It goes with its plugin.
 */
export class Expression {
  /** The host's number for it; any number may be one. */
  private token: u32 = 0;
  private compiled: bool = false;

  /** `setting`: where a text that is none in CEL came from. */
  constructor(text: string, setting: string = "") {
    if (!isDefined(MESHSCRIPT_DESCRIBE) && text.length > 0) this.take(compile(utf8(setting), text));
  }

  private take(token: Bytes | null): void {
    if (token === null) return;
    this.token = adopt(load<u32>(token.pointer));
    this.compiled = true;
  }

  /** Whether it holds for the stream at hand. False where it cannot be evaluated: a header is missing, for example. */
  test(): bool {
    const bytes = this.bytes();
    return bytes !== null && bytes.length == 1 && bytes.at(0) == 1;
  }

  /** Its value as text; null where it cannot be evaluated. */
  text(): string | null {
    const bytes = this.bytes();
    return bytes === null ? null : bytes.toString();
  }

  /** Its value as the host encodes properties, valid until the callback returns; null where it cannot be evaluated. */
  bytes(): Bytes | null {
    if (!this.compiled) return null;
    const token = Bytes.view(changetype<usize>(this) + offsetof<Expression>("token"), 4);
    return foreign.callEncoded(utf8("expr_evaluate"), token);
  }
}

/** The host's number for a text in CEL; where it is none, that is a problem of its setting. */
function compile(setting: usize, text: string): Bytes | null {
  const token = foreign.callEncoded(utf8("expr_create"), Bytes.ofText(text));
  if (token !== null && token.length == 4) return token;
  const lacking = foreign.status == ForeignStatus.NotFound;
  problem(
    setting,
    -1,
    lacking ? utf8("this host evaluates no expressions") : utf8("not an expression in CEL"),
  );
  return null;
}
