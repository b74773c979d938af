// switch: MESHSCRIPT_DESCRIBE=1
import { Exchange, HttpFilter, config, register } from "meshscript/assembly";
import { LogLine, Trial } from "meshscript/assembly/testing";

class Rule {
  prefix: string = config.text("prefix");
  names: string[] = config.texts("names", false);
}

class All extends HttpFilter {
  text: string = config.text("text", "none");
  note: string | null = config.optionalText("note");
  mode: string = config.choice("mode", ["off", "on"]);
  count: i64 = config.integer("count", 3);
  share: f64 = config.number("share");
  strict: bool = config.flag("strict", true);
  rules: Rule[] = config.list<Rule>("rules");
  rule: Rule = config.group<Rule>("rule");
  more: Rule | null = config.optionalGroup<Rule>("more");
}

register<All>();

test("a module that is built to describe itself lists its settings", () => {
  const lines = new Trial().logs().map<string>((line: LogLine) => line.text);
  expect(lines).toStrictEqual([
    "setting\ttext\ttext\toptional\tnone",
    "setting\tnote\ttext\toptional",
    "setting\tmode\tone of off, on\trequired",
    "setting\tcount\twhole number\toptional\t3",
    "setting\tshare\tnumber\trequired",
    "setting\tstrict\tflag\toptional\ttrue",
    "setting\trules\tlist of Rule\trequired",
    "setting\trules[0].prefix\ttext\trequired",
    "setting\trules[0].names\tlist of text\toptional",
    "setting\trule\tobject Rule\toptional",
    "setting\trule.prefix\ttext\trequired",
    "setting\trule.names\tlist of text\toptional",
    "setting\tmore\tobject Rule\toptional",
    "setting\tmore.prefix\ttext\trequired",
    "setting\tmore.names\tlist of text\toptional",
  ]);
});
