import { utf8 } from "./abi/wire";
import { Networks } from "./access/networks";
import * as reader from "./config/reader";
import { Expression } from "./expressions/expression";
import { lookUp, problem } from "./config/scope";
import { Passwords } from "./secrets/passwords";
import { passwords } from "./secrets/read-passwords";
import { Secret, secret } from "./secrets/secret";
import { Secrets, secrets } from "./secrets/secrets";

/**
 * A filter's settings, read where it declares the fields that hold them, so that name, type, default and requiredness
 * stand in one line: `header: string = config.text("header", "x-api-key")`. They can be read only while a filter is made
 * or in its `onConfigure`. What is wrong is listed with its path, all of it at once, and refuses the configuration in the
 * end; a neutral value stands in until then. null counts as absent.
 */
export class config {
  /** A text. Required unless there is a default. */
  @inline
  static text(key: string, fallback: string | null = null): string {
    return reader.text(utf8(key), fallback);
  }

  /**
   * The name of a header that a filter may read, set and remove. Required unless there is a default; the default "" stands
   * for none.
   */
  @inline
  static headerName(key: string, fallback: string | null = null): string {
    return reader.headerName(utf8(key), fallback);
  }

  /** A text that may be absent: then null. */
  @inline
  static optionalText(key: string): string | null {
    return reader.optionalText(utf8(key));
  }

  /** One of several texts. Required unless there is a default. */
  @inline
  static choice(key: string, options: string[], fallback: string | null = null): string {
    return reader.choice(utf8(key), options, fallback);
  }

  /** A condition or value in CEL, compiled at once: the host evaluates it. Required unless there is a default. */
  @inline
  static expression(key: string, fallback: string | null = null): Expression {
    return new Expression(reader.text(utf8(key), fallback), key);
  }

  /** A list of texts. Required unless `required` is false: then empty. */
  @inline
  static texts(key: string, required: bool = true): string[] {
    return reader.texts(utf8(key), required);
  }

  /** A list of networks in CIDR notation, `10.0.0.0/8`, or addresses. Absent, it is empty. */
  @inline
  static networks(key: string): Networks {
    return new Networks(utf8(key));
  }

  /** A whole number from `min` to `max`, at most 17 digits. Required unless there is a default. */
  @inline
  static integer(
    key: string,
    fallback: i64 = i64.MIN_VALUE,
    min: i64 = i64.MIN_VALUE,
    max: i64 = i64.MAX_VALUE,
  ): i64 {
    return reader.integer(utf8(key), fallback, min, max);
  }

  /** A number. Required unless there is a default. */
  @inline
  static number(key: string, fallback: f64 = NaN): f64 {
    return reader.number(utf8(key), fallback);
  }

  /** True or false; absent is the default. */
  @inline
  static flag(key: string, fallback: bool = false): bool {
    return reader.flag(utf8(key), fallback);
  }

  /** A list of objects, each read into the fields of a `T`. Required unless `required` is false: then empty. */
  @inline
  static list<T>(key: string, required: bool = true): T[] {
    return reader.list<T>(utf8(key), required);
  }

  /** An object, read into the fields of a `T`. Absent, it counts as empty: its own settings say what is required. */
  @inline
  static group<T>(key: string): T {
    return reader.group<T>(utf8(key));
  }

  /** An object that may be absent: then null. */
  @inline
  static optionalGroup<T>(key: string): T | null {
    return reader.optionalGroup<T>(utf8(key));
  }

  /**
   * A secret: a text, `{sha256: …}` with its digest in hexadecimal digits, or `{env: NAME}` with the name of an
   * environment variable that the VM's configuration shows. The tools also take `{file: …}` and hand over its digest.
   */
  @inline
  static secret(key: string): Secret {
    return secret(utf8(key));
  }

  /** A list of secrets, at least one, none of them twice. */
  @inline
  static secrets(key: string): Secrets {
    return secrets(utf8(key));
  }

  /**
   * Users with hashes of their passwords, in lines as htpasswd writes them: a text, a list of lines, `{inline_string: …}`
   * as with Envoy, or `{env: NAME}` with the name of an environment variable. At least one user, none of them twice.
   */
  @inline
  static passwords(key: string): Passwords {
    return passwords(utf8(key));
  }

  /** Whether a setting is there. It counts as declared. */
  @inline
  static has(key: string): bool {
    return lookUp(utf8(key)) != 0;
  }

  /**
   * Lists a problem that no single setting shows: of the setting `key`, or of an item of the list there by its place;
   * `key` "" is the object being read.
   */
  @inline
  static problem(key: string, message: string, index: i32 = -1): void {
    problem(utf8(key), index, utf8(message));
  }
}
