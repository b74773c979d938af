import assert from "node:assert/strict";
import { test } from "node:test";
import { documentedSettings } from "../../../tools/build/documentation.js";
import { metricTags } from "../../../tools/build/metric-tags.js";
import { authorTexts } from "../../../tools/build/registrations.js";

const library = "~lib/meshscript/assembly/";
const shared = {
  forwarding: `export class Forwarding {
    /** Which header. */
    header: string = text(utf8("header"), "");
    rest: Rest = group<Rest>(utf8("rest"));
  }`,
  rest: `export class Rest {
    /** What else. */
    else: bool = flag(utf8("else"), true);
  }`,
  verdicts: `export class Verdicts { c = new Counter(name + ".denied", ["reason"]); }`,
};

function textsOf(own: string): string[] {
  const source = (normalizedPath: string, text: string) => ({ normalizedPath, text, statements: [] });
  return authorTexts({
    sources: [
      source("filters/x/filter.ts", own),
      ...Object.entries(shared).map(([name, text]) => source(`${library}access/${name}.ts`, text)),
      source(`${library}http/headers.ts`, "export class Headers {}"),
    ],
  });
}

test("settings and tags of what a filter shares are its own where it names the class", () => {
  const texts = textsOf("forwarding: Forwarding = …; headers: Headers; verdicts = new Verdicts();");
  assert.deepEqual(
    [...documentedSettings(texts)],
    [
      ["Rest.else", "What else."],
      ["Forwarding.header", "Which header."],
    ],
  );
  assert.deepEqual(metricTags(texts), ["reason"]);
});

test("what a filter does not name is none of its own", () => {
  assert.deepEqual(textsOf("x: ForwardingTable"), ["x: ForwardingTable"]);
});

test("a filter's own class counts, not the shared one of that name", () => {
  const texts = textsOf('class Forwarding {\n/** Mine. */\nheader: string = config.text("header");\n}');
  assert.equal(documentedSettings(texts).get("Forwarding.header"), "Mine.");
});
