import { Bytes, onlyFormValue } from "meshscript/assembly";
import "meshscript/assembly/testing";
import { Members } from "../../../filters/http-signature/structured";

/** All members as they are written in their only form; null where the field is no dictionary. */
function written(field: string): string | null {
  const members = new Members(Bytes.ofText(field));
  let all = "";
  while (members.next()) all += members.key.toString() + "=" + members.value.toString() + "\n";
  return members.isBroken ? null : all;
}

describe("a dictionary", () => {
  test("is written down in its only form", () => {
    expect(written('a=("b" "c");d=1')).toBe('a=("b" "c");d=1\n');
    expect(written('a=(  "b"   "c" ); d=1;  e')).toBe('a=("b" "c");d=1;e\n');
    expect(written('a=("b";k="x" "c";n=?1;m=?0);e=?1')).toBe('a=("b";k="x" "c";n;m=?0);e\n');
    expect(written("a, b;x=1")).toBe("a=?1\nb=?1;x=1\n");
    expect(written("a=?0 ,\tb=:AAA=:,c=tok/en:*")).toBe("a=?0\nb=:AAA=:\nc=tok/en:*\n");
    expect(written('a="q\\"u\\\\o, te"')).toBe('a="q\\"u\\\\o, te"\n');
    expect(written("a=()")).toBe("a=()\n");
    expect(written("a=0, b=-5, c=999999999999999")).toBe("a=0\nb=-5\nc=999999999999999\n");
  });

  test("is nothing else", () => {
    const others = [
      "",
      " ",
      ",",
      "a,",
      ",a",
      "A=1",
      "1=a",
      "a=",
      "a =1",
      "a= 1",
      "a=1 b=2",
      "a=(",
      'a=("b"',
      'a=("b""c")',
      'a=("b",)',
      "a=(b\tc)",
      'a="b',
      'a="\\x"',
      'a="ä"',
      "a=:AA",
      "a=?2",
      "a=01",
      "a=-0",
      "a=--1",
      "a=1.5",
      "a=1234567890123456",
      "a=@1",
      'a=%"x"',
      "a;=1",
      "a;b=",
      "a;B=1",
    ];
    for (let i = 0; i < others.length; ++i) expect(written(others[i])).toBeNull(others[i]);
  });
});

function value(query: string, name: string): string | null {
  const found = onlyFormValue(Bytes.ofText(query), Bytes.ofText(name));
  return found === null ? null : found.toString();
}

describe("a parameter of a query", () => {
  // RFC 9421, section 2.2.8.
  test("is escaped anew in the only way", () => {
    const query =
      "var=this%20is%20a%20big%0Amultiline%20value&bar=with+plus+whitespace&fa%C3%A7ade%22%3A%20=something";
    expect(value(query, "var")).toBe("this%20is%20a%20big%0Amultiline%20value");
    expect(value(query, "bar")).toBe("with%20plus%20whitespace");
    expect(value(query, "fa%C3%A7ade%22%3A%20")).toBe("something");
    expect(value("a=%7e%2a%2A~", "a")).toBe("%7E**%7E");
    expect(value("a=100%&b=%zz", "a")).toBe("100%25");
    expect(value("a=100%&b=%zz", "b")).toBe("%25zz");
  });

  test("may be empty", () => {
    expect(value("param=value&foo=bar&baz=batman&qux=", "qux")).toBe("");
    expect(value("qux", "qux")).toBe("");
  });

  test("has to be there once", () => {
    expect(value("a=1", "b")).toBeNull();
    expect(value("a=1&a=2", "a")).toBeNull();
    expect(value("a=1&%61=2", "a")).toBeNull();
    expect(value("", "")).toBeNull();
  });
});
