import type { Header } from "../../emulator/index.js";
import { ProblemError } from "../finding.js";
import { oracleOf, type Oracle } from "./oracle.js";

const leastSecret = 8;

/** Watches what a guarding filter lets through and logs, whichever of its configurations counts. */
export class Watch {
  readonly #oracle: Oracle | null;
  readonly #configurations: string[] = [];

  constructor(filter: string) {
    this.#oracle = oracleOf(filter);
  }

  /** The filter was handed this configuration. */
  configured(configuration: Buffer): void {
    this.#configurations.push(configuration.toString("utf8"));
  }

  /** The filter let a request pass. */
  passed(request: readonly Header[], exactly: boolean, where: string): void {
    const oracle = this.#oracle;
    if (oracle === null || this.#configurations.some((one) => oracle.mayPass(one, request, exactly))) return;
    throw new ProblemError(
      "let through",
      `${where}, a request without a credential: ${JSON.stringify(request).slice(0, 400)}, configured with ${this.#configurations.join(" then ").slice(0, 1000)}`,
    );
  }

  logged(lines: readonly string[]): void {
    const secrets = this.#configurations.flatMap((one) => this.#oracle?.secrets(one) ?? []);
    for (const secret of secrets.filter((one) => one.length >= leastSecret)) {
      const line = lines.find((one) => one.includes(secret));
      if (line !== undefined) throw new ProblemError("secret logged", line.slice(0, 400));
    }
  }
}
