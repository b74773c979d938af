import { Exchange, HttpFilter, config, register } from "meshscript/assembly";
import { Trial } from "meshscript/assembly/testing";

/** Takes a setting of any form, so that all that can be wrong is the text itself. */
class Anything extends HttpFilter {
  any: bool = config.has("any");
}

register<Anything>();

function problem(json: string): string {
  return new Trial(json).problems.join("; ");
}

/** The fault of a value, with its column counted from the value's first byte. */
function fault(value: string): string {
  const start = '{"any":'.length;
  const found = problem('{"any":' + value + "}");
  if (!found.startsWith("line 1, column ")) return found;
  const colon = found.indexOf(":");
  const column = <i32>parseInt(found.substring("line 1, column ".length, colon)) - start;
  return column.toString() + found.substring(colon);
}

describe("a sound text", () => {
  test("is any JSON object", () => {
    expect(problem("{}")).toBe("");
    expect(problem(' \t\r\n{ "any" : null } \n')).toBe("");
    expect(problem('{"any":{"a":[],"b":{},"c":[1,"x",true,false,null,[[]]]}}')).toBe("");
  });

  test("may be nothing at all, and then counts as an empty object", () => {
    expect(problem("")).toBe("");
    expect(problem("  \n ")).toBe("");
  });

  test("may hold every form of number", () => {
    const numbers = [
      "0",
      "-0",
      "10",
      "-1.5",
      "0.0625",
      "1e5",
      "1E+5",
      "1.5e-7",
      "123456789012345678901234567890",
    ];
    for (let i = 0; i < numbers.length; ++i) expect(fault(numbers[i])).toBe("");
  });

  test("may hold every escape and any character", () => {
    expect(fault('"\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e4\\uD83D\\ude00ä€😀\x7f"')).toBe("");
  });

  test("may nest 64 levels deep, and no deeper", () => {
    expect(fault("[".repeat(63) + "]".repeat(63))).toBe("");
    expect(fault("[".repeat(64) + "1" + "]".repeat(64))).toBe("65: expected at most 64 levels");
    expect(fault("[".repeat(100_000))).toBe("65: expected at most 64 levels");
    expect(problem('{"a":'.repeat(100))).toBe("line 1, column 326: expected at most 64 levels");
  });
});

describe("what is no object", () => {
  test("is refused by its kind", () => {
    expect(problem("[]")).toBe("expected object, got list");
    expect(problem('"text"')).toBe("expected object, got text");
    expect(problem(" 5 ")).toBe("expected object, got number");
    expect(problem("true")).toBe("expected object, got flag");
    expect(problem("null")).toBe("expected object, got null");
  });
});

describe("a fault in the structure", () => {
  test("is a value or a name that is missing", () => {
    expect(fault("")).toBe("1: expected a value");
    expect(fault("[1,]")).toBe("4: expected a value");
    expect(problem('{"any":')).toBe("line 1, column 8: expected a value");
    expect(problem('{"any":1,}')).toBe("line 1, column 10: expected a name in quotes");
    expect(problem("{any:1}")).toBe("line 1, column 2: expected a name in quotes");
    expect(problem("{")).toBe("line 1, column 2: expected a name in quotes");
    expect(problem("{'any':1}")).toBe("line 1, column 2: expected a name in quotes");
  });

  test("is a colon or a comma that is missing", () => {
    expect(problem('{"any" 1}')).toBe("line 1, column 8: expected ':'");
    expect(problem('{"any"')).toBe("line 1, column 7: expected ':'");
    expect(problem('{"any":1 "b":2}')).toBe("line 1, column 10: expected ',' or '}'");
    expect(problem('{"any":1')).toBe("line 1, column 9: expected ',' or '}'");
    expect(fault("[1 2]")).toBe("4: expected ',' or ']'");
    expect(fault("[1}")).toBe("3: expected ',' or ']'");
  });

  test("is what follows the end", () => {
    expect(problem("{} {}")).toBe("line 1, column 4: expected the end of the text");
    expect(problem("{}}")).toBe("line 1, column 3: expected the end of the text");
    expect(problem("{}\0")).toBe("line 1, column 3: expected the end of the text");
  });

  test("is a comment", () => {
    expect(problem("// none\n{}")).toBe("line 1, column 1: expected a value");
    expect(fault("/* none */ 1")).toBe("1: expected a value");
  });

  test("is a byte order mark", () => {
    expect(problem("\ufeff{}")).toBe("line 1, column 1: expected a value");
  });
});

describe("a fault in a word or number", () => {
  test("is a word that JSON does not have", () => {
    const words = ["tru", "nul", "fals", "True", "NULL", "undefined", "NaN", "Infinity", "falsX", "nil"];
    for (let i = 0; i < words.length; ++i) expect(fault(words[i])).toBe("1: expected a value", words[i]);
    expect(fault("truex")).toBe("5: expected ',' or '}'");
  });

  test("is a digit that is missing", () => {
    expect(fault("-")).toBe("2: expected a digit");
    expect(fault("-x")).toBe("2: expected a digit");
    expect(fault("1.")).toBe("3: expected a digit");
    expect(fault("1.e5")).toBe("3: expected a digit");
    expect(fault("1e")).toBe("3: expected a digit");
    expect(fault("1e+")).toBe("4: expected a digit");
  });

  test("is a form that other languages have", () => {
    expect(fault("01")).toBe("2: expected ',' or '}'");
    expect(fault("0x1f")).toBe("2: expected ',' or '}'");
    expect(fault(".5")).toBe("1: expected a value");
    expect(fault("+1")).toBe("1: expected a value");
  });
});

describe("a fault in a text", () => {
  test("is an end that is missing", () => {
    expect(problem('{"any":"abc')).toBe("line 1, column 12: expected '\"'");
    expect(problem('{"any')).toBe("line 1, column 6: expected '\"'");
    expect(problem('{"any":"abc\\"')).toBe("line 1, column 14: expected '\"'");
  });

  test("is a control character", () => {
    expect(fault('"a\nb"')).toBe("3: expected no control character in a text");
    expect(fault('"\x01"')).toBe("2: expected no control character in a text");
  });

  test("is an escape that JSON does not have", () => {
    expect(fault('"\\x41"')).toBe("3: expected an escape that JSON knows");
    expect(fault('"\\\'"')).toBe("3: expected an escape that JSON knows");
    expect(problem('{"any":"\\')).toBe("line 1, column 10: expected an escape that JSON knows");
  });

  test("is an escape with too few digits", () => {
    expect(fault('"\\u12"')).toBe("6: expected four hexadecimal digits");
    expect(fault('"\\u12g4"')).toBe("6: expected four hexadecimal digits");
    expect(fault('"\\u"')).toBe("4: expected four hexadecimal digits");
  });

  test("is half a surrogate pair", () => {
    expect(fault('"\\ud83d"')).toBe("8: expected a surrogate pair");
    expect(fault('"\\ud83d\\n"')).toBe("9: expected a surrogate pair");
    expect(fault('"\\ud83d\\u0041"')).toBe("14: expected a surrogate pair");
    expect(fault('"\\ud83d\\ud83d"')).toBe("14: expected a surrogate pair");
    expect(fault('"\\ud83d\\u12"')).toBe("12: expected four hexadecimal digits");
    expect(fault('"\\ude00"')).toBe("8: expected a surrogate pair");
  });

  test("is what is not UTF-8", () => {
    expect(fault('"a\udcff"')).toBe("3: expected UTF-8");
    expect(fault('"\udcc0\udc80"')).toBe("2: expected UTF-8");
    expect(fault('"\udced\udca0\udc80"')).toBe("2: expected UTF-8");
    expect(problem('{"any":"\udce2\udc82')).toBe("line 1, column 9: expected UTF-8");
  });
});

describe("where a fault stands", () => {
  test("is counted by lines", () => {
    expect(problem('{\n  "any": 1,\n  "any" 2\n}')).toBe("line 3, column 9: expected ':'");
    expect(problem("{\r\n\r\n!")).toBe("line 3, column 1: expected a name in quotes");
  });

  test("is counted by characters, not by bytes", () => {
    expect(problem('{"ä€😀" 1}')).toBe("line 1, column 8: expected ':'");
  });
});
