import { createHash } from "node:crypto";
import type { Oracle } from "./oracle.js";

interface Configuration {
  credentials: { key: string | { sha256?: string; env?: string }; client: string }[];
}

/** A request needs one of the keys: in a header, in its query or in a cookie. */
export const apiKey: Oracle = {
  secrets: (configuration) => keysIn(configuration).filter((key) => typeof key === "string"),

  mayPass(configuration, request, exactly) {
    const keys = keysIn(configuration);
    // A variable's value is not known here.
    if (keys.some((key) => typeof key !== "string" && key.sha256 === undefined)) return true;
    const texts = request.flatMap(([, value]) => [value, decoded(value)]);
    const tokens = request.flatMap(([, value]) => tokensOf(value));
    return keys.some((key) => {
      if (typeof key !== "string") return tokens.some((token) => sha256(token) === key.sha256?.toLowerCase());
      const bytes = Buffer.from(key).toString("latin1");
      return exactly ? tokens.includes(bytes) : texts.some((text) => text.includes(bytes));
    });
  },
};

function keysIn(configuration: string): Configuration["credentials"][number]["key"][] {
  try {
    const { credentials } = JSON.parse(configuration) as Configuration;
    return credentials.map(({ key }) => key).filter((key) => key !== null && key !== undefined);
  } catch {
    return [];
  }
}

/** What a value can be read as: a header, parameters of a query, cookies. */
function tokensOf(value: string): string[] {
  const parts = value.split(/[?&;#]/).map((part) => part.slice(part.indexOf("=") + 1));
  const whole = [value, ...parts, ...parts.map((part) => part.trim()), ...parts.map(decoded)];
  return whole.flatMap((text) => [text, text.replace(/^Bearer /, ""), text.replace(/^"(.*)"$/, "$1")]);
}

function decoded(text: string): string {
  return text.replace(/%([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
}

function sha256(byteString: string): string {
  return createHash("sha256").update(Buffer.from(byteString, "latin1")).digest("hex");
}
