import { Exchange, HttpFilter, config, register } from "meshscript/assembly";
import { Trial } from "meshscript/assembly/testing";

class Limit {
  most: i64 = config.integer("most", 10, 1, 100);
  unit: string = config.choice("unit", ["second", "minute"], "second");
}

class Rule {
  prefix: string = config.text("prefix");
  hosts: string[] = config.texts("hosts", false);
  limit: Limit | null = config.optionalGroup<Limit>("limit");
}

class All extends HttpFilter {
  text: string = config.text("text", "none");
  note: string | null = config.optionalText("note");
  mode: string = config.choice("mode", ["off", "on"], "off");
  names: string[] = config.texts("names", false);
  count: i64 = config.integer("count", 3, -5, 1_000_000);
  share: f64 = config.number("share", 0.5);
  strict: bool = config.flag("strict");
  lax: bool = config.flag("lax", true);
  rules: Rule[] = config.list<Rule>("rules", false);
  limit: Limit = config.group<Limit>("limit");
  noted: bool = config.has("note");

  override onConfigure(): void {
    latest = this;
    if (this.strict && this.lax) config.problem("strict", "excludes lax");
  }
}

class Needs extends HttpFilter {
  text: string = config.text("text");
  mode: string = config.choice("mode", ["off", "on"]);
  names: string[] = config.texts("names");
  count: i64 = config.integer("count");
  share: f64 = config.number("share");
  rules: Rule[] = config.list<Rule>("rules");
}

class Bare extends HttpFilter {}

register<All>("all");
register<Needs>("needs");
register<Bare>("bare");

let latest: All | null = null;

function read(json: string): All {
  const trial = new Trial(json, "all");
  expect(trial.problems).toStrictEqual([]);
  return latest!;
}

function problems(json: string): string[] {
  return new Trial(json, "all").problems;
}

describe("settings that are absent", () => {
  test("have their defaults", () => {
    const all = read("{}");
    expect(all.text).toBe("none");
    expect(all.note).toBeNull();
    expect(all.mode).toBe("off");
    expect(all.names).toStrictEqual([]);
    expect(all.count).toBe(3);
    expect(all.share).toBe(0.5);
    expect(all.strict).toBe(false);
    expect(all.lax).toBe(true);
    expect(all.rules.length).toBe(0);
    expect(all.limit.most).toBe(10);
    expect(all.noted).toBe(false);
  });

  test("may be null instead", () => {
    const nulls =
      '{"text":null,"note":null,"mode":null,"names":null,"count":null,"share":null,"rules":null,"limit":null}';
    expect(read(nulls)).toStrictEqual(read(""));
  });

  test("are all listed where they are required", () => {
    const required = ["text", "mode", "names", "count", "share", "rules"];
    expect(new Trial("{}", "needs").problems).toStrictEqual(
      required.map<string>((name) => name + ": required"),
    );
    expect(new Trial("", "needs").accepted).toBe(false);
  });
});

describe("settings that are there", () => {
  test("are read by their kind", () => {
    const all = read(
      '{"text":"a","note":"n","mode":"on","names":["x","y"],"count":-5,"share":0.25,"lax":false,"strict":true}',
    );
    expect(all.text).toBe("a");
    expect(all.note).toBe("n");
    expect(all.noted).toBe(true);
    expect(all.mode).toBe("on");
    expect(all.names).toStrictEqual(["x", "y"]);
    expect(all.count).toBe(-5);
    expect(all.share).toBe(0.25);
    expect(all.strict).toBe(true);
    expect(all.lax).toBe(false);
  });

  test("empty is not absent", () => {
    const all = read('{"text":"","note":"","names":[]}');
    expect(all.text).toBe("");
    expect(all.note).toBe("");
    expect(all.names).toStrictEqual([]);
  });

  test("texts have their escapes resolved", () => {
    expect(read('{"text":"\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e4\\u20AC\\ud83d\\uDE00\\u0000"}').text).toBe(
      '"\\/\b\f\n\r\tä€😀\0',
    );
    expect(read('{"text":"ä€😀"}').text).toBe("ä€😀");
  });

  test("names may be written with escapes, too", () => {
    expect(read('{"\\u0074ext":"a"}').text).toBe("a");
  });

  test("numbers keep their value", () => {
    expect(read('{"share":-1.5e-3}').share).toBe(-0.0015);
    expect(read('{"share":5}').share).toBe(5);
    expect(read('{"count":999999}').count).toBe(999_999);
    expect(read('{"count":0}').count).toBe(0);
    expect(read('{"count":-0}').count).toBe(0);
  });

  test("lists hold objects that hold lists and objects", () => {
    const all = read(
      '{"rules":[{"prefix":"/a"},{"prefix":"/b","hosts":["h"],"limit":{"most":7,"unit":"minute"}}],"limit":{"most":1}}',
    );
    expect(all.rules.length).toBe(2);
    expect(all.rules[0].limit).toBeNull();
    expect(all.rules[1].prefix).toBe("/b");
    expect(all.rules[1].hosts).toStrictEqual(["h"]);
    expect(all.rules[1].limit!.most).toBe(7);
    expect(all.rules[1].limit!.unit).toBe("minute");
    expect(all.limit.most).toBe(1);
  });

  test("are found behind values of any form", () => {
    const all = read(
      '{ "names" : [ "]" , "}" , "\\"" ] , "limit" : { "unit" : "minute" } , "text" : "last" }',
    );
    expect(all.names).toStrictEqual(["]", "}", '"']);
    expect(all.text).toBe("last");
  });
});

describe("a value of another kind", () => {
  test("is named with what was expected", () => {
    expect(problems('{"text":5}')).toStrictEqual(["text: expected text, got number"]);
    expect(problems('{"note":[]}')).toStrictEqual(["note: expected text, got list"]);
    expect(problems('{"mode":true}')).toStrictEqual(["mode: expected one of off, on"]);
    expect(problems('{"names":"x"}')).toStrictEqual(["names: expected list, got text"]);
    expect(problems('{"count":"5"}')).toStrictEqual(["count: expected whole number, got text"]);
    expect(problems('{"share":false}')).toStrictEqual(["share: expected number, got flag"]);
    expect(problems('{"strict":"true"}')).toStrictEqual(["strict: expected flag, got text"]);
    expect(problems('{"rules":{}}')).toStrictEqual(["rules: expected list, got object"]);
    expect(problems('{"limit":[]}')).toStrictEqual(["limit: expected object, got list"]);
  });

  test("is found in a list by its place", () => {
    expect(problems('{"names":["a",1,null,{}]}')).toStrictEqual([
      "names[1]: expected text, got number",
      "names[2]: expected text, got null",
      "names[3]: expected text, got object",
    ]);
    expect(problems('{"rules":[7]}')).toStrictEqual(["rules[0]: expected object, got number"]);
  });

  test("is found in depth by its path", () => {
    expect(problems('{"rules":[{"prefix":"/"},{"prefix":1,"limit":{"unit":2}}]}')).toStrictEqual([
      "rules[1].prefix: expected text, got number",
      "rules[1].limit.unit: expected one of second, minute",
    ]);
    expect(problems('{"rules":[{}]}')).toStrictEqual(["rules[0].prefix: required"]);
  });
});

describe("a value out of bounds", () => {
  test("is named with its bound", () => {
    expect(problems('{"count":-6}')).toStrictEqual(["count: must be at least -5"]);
    expect(problems('{"count":1000001}')).toStrictEqual(["count: must be at most 1000000"]);
    expect(problems('{"limit":{"most":0}}')).toStrictEqual(["limit.most: must be at least 1"]);
    expect(problems('{"mode":"half"}')).toStrictEqual(["mode: expected one of off, on"]);
  });

  test("is a whole number with a fraction, an exponent or too many digits", () => {
    expect(problems('{"count":1.0}')).toStrictEqual(["count: expected whole number, got number"]);
    expect(problems('{"count":1e3}')).toStrictEqual(["count: expected whole number, got number"]);
    expect(problems('{"count":100000000000000000}')).toStrictEqual([
      "count: expected whole number, got number",
    ]);
  });
});

describe("a key", () => {
  test("that no setting has is a problem, on every level", () => {
    expect(problems('{"txt":"a","rules":[{"prefix":"/","host":[]}],"limit":{"mots":1}}')).toStrictEqual([
      "rules[0].host: unknown setting",
      "limit.mots: unknown setting",
      "txt: unknown setting",
    ]);
  });

  test("that stands there twice is a problem", () => {
    expect(problems('{"text":"a","text":"b"}')).toStrictEqual(["text: stands there twice"]);
    expect(problems('{"text":"a","\\u0074ext":"b"}')).toStrictEqual(["\\u0074ext: stands there twice"]);
    expect(problems('{"limit":{"most":1,"most":1}}')).toStrictEqual(["limit.most: stands there twice"]);
  });

  test("is shown without what could forge a line of the log", () => {
    expect(problems('{"a\\nb":1}')).toStrictEqual(["a\\nb: unknown setting"]);
    expect(problems('{"a\x7fb":1}')).toStrictEqual(["a?b: unknown setting"]);
  });

  test("is cut where it is too long for a line", () => {
    const found = problems('{"' + "k".repeat(5000) + '":1}');
    expect(found.length).toBe(1);
    expect(found[0].startsWith("kkkk")).toBe(true);
    expect(found[0].length).toBeLessThan(1100);
  });
});

describe("all problems", () => {
  test("are listed at once", () => {
    expect(problems('{"text":1,"count":2000000,"other":1}')).toStrictEqual([
      "text: expected text, got number",
      "count: must be at most 1000000",
      "other: unknown setting",
    ]);
  });

  test("that settings make only together stand beside unknown ones", () => {
    expect(problems('{"strict":true,"lax":true,"text":"a","other":1}')).toStrictEqual([
      "strict: excludes lax",
      "other: unknown setting",
    ]);
  });

  test("that settings make only together are not looked for where one is unreadable", () => {
    expect(problems('{"strict":true,"lax":true,"text":1}')).toStrictEqual([
      "text: expected text, got number",
    ]);
  });

  test("of a malformed text are one", () => {
    expect(problems('{"text":1,"other":}')).toStrictEqual(["line 1, column 19: expected a value"]);
    expect(new Trial("[", "needs").problems).toStrictEqual(["line 1, column 2: expected a value"]);
  });

  test("of one configuration are forgotten by the next", () => {
    const trial = new Trial('{"text":1}', "all");
    expect(trial.accepted).toBe(false);
    expect(new Trial('{"text":"a"}', "all").problems).toStrictEqual([]);
  });
});

describe("a filter without settings", () => {
  test("takes none and an empty object", () => {
    expect(new Trial("", "bare").accepted).toBe(true);
    expect(new Trial(" {\n} ", "bare").accepted).toBe(true);
  });

  test("refuses whatever else it is given", () => {
    const given = ['{"a":1}', "[]", "{", "}", "{}{}", "null", '"{}"'];
    for (let i = 0; i < given.length; ++i) {
      expect(new Trial(given[i], "bare").problems).toStrictEqual(["this filter takes no settings"], given[i]);
    }
  });
});

describe("a root_id", () => {
  test("that no filter has is refused", () => {
    expect(new Trial("", "other").problems).toStrictEqual([
      "root_id: no filter in this module is named other",
    ]);
  });

  test("that is absent is refused where all filters have one", () => {
    expect(new Trial("").problems).toStrictEqual(["root_id: no filter in this module is named "]);
  });
});

throws("settings cannot be read once traffic flows", () => {
  read("{}");
  config.text("late", "");
});
