import { Action, BytesBuilder } from "meshscript/assembly";
import { Session, connection, last, trial } from "./probe";

let kept: Session = new Session();

test("a side's data has a length, and is read in part or as a whole", () => {
  connection((c) => {
    expect(c.downstream.length).toBe(5);
    expect(c.downstream.toString()).toBe("hello");
    expect(c.downstream.bytes(1, 3).toString()).toBe("ell");
    expect(c.downstream.bytes(3).toString()).toBe("lo");
    expect(c.downstream.bytes(9).length).toBe(0);
    expect(c.downstream.bytes(-1, 2).length).toBe(0);
    expect(c.downstream.bytes(0, 0).length).toBe(0);
    return Action.Continue;
  }).fromClient("hello");
});

test("bytes that are no text pass through, and stay what they are when they are copied", () => {
  const open = connection((c) => {
    c.downstream.appendBytes(c.downstream.bytes(0, 2));
    return Action.Continue;
  });
  expect(open.fromClient("\udcff\udc80z").toUpstream).toBe("\udcff\udc80z\udcff\udc80");
});

test("data is added to, replaced, emptied and spliced", () => {
  const added = connection((c) => {
    expect(c.downstream.append(">")).toBe(true);
    expect(c.downstream.prepend("<")).toBe(true);
    expect(c.downstream.length).toBe(5);
    return Action.Continue;
  });
  expect(added.fromClient("abc").toUpstream).toBe("<abc>");
  const replaced = connection((c) => {
    c.downstream.replaceBytes(BytesBuilder.begin().addText("n=").addInteger(7).bytes);
    return Action.Continue;
  });
  expect(replaced.fromClient("abc").toUpstream).toBe("n=7");
  const emptied = connection((c) => {
    expect(c.downstream.clear()).toBe(true);
    return Action.Continue;
  });
  expect(emptied.fromClient("abc").toUpstream).toBe("");
});

let splice: string[] = [];

test("a splice takes out no more than there is", () => {
  const splices: string[] = [
    "1,2,XY|aXYdef",
    "0,0,X|Xabcdef",
    "6,0,X|abcdefX",
    "2,99,X|abX",
    "99,1,X|abcdefX",
    "-3,-1,X|Xabcdef",
  ];
  for (let i = 0; i < splices.length; ++i) {
    splice = splices[i].split("|")[0].split(",");
    const open = connection((c) => {
      expect(c.downstream.splice(i32.parse(splice[0]), i32.parse(splice[1]), splice[2])).toBe(true);
      return Action.Continue;
    });
    expect(open.fromClient("abcdef").toUpstream).toBe(splices[i].split("|")[1]);
  }
});

test("the upstream's data is edited as the client's is", () => {
  const open = connection(
    (c) => Action.Continue,
    (c) => {
      c.upstream.prepend("<");
      return Action.Continue;
    },
  );
  expect(open.fromUpstream("abc").toClient).toBe("<abc");
});

test("the other side's data is empty, and a write to it is refused", () => {
  connection((c) => {
    expect(c.upstream.length).toBe(0);
    expect(c.upstream.toString()).toBe("");
    expect(c.upstream.append("x")).toBe(false);
    return Action.Continue;
  }).fromClient("abc");
  const logs = trial().logs();
  expect(logs[logs.length - 1].text).toBe("proxy_set_buffer_bytes: status 2");
});

test("a connection that has ended has no data, and a write to it does nothing", () => {
  connection().clientBreaks();
  kept = last;
  const open = connection((c) => {
    expect(kept.ended).toBe(true);
    expect(kept.downstream.length).toBe(0);
    expect(kept.downstream.bytes().length).toBe(0);
    expect(kept.upstream.append("x")).toBe(false);
    expect(kept.downstream.replace("x")).toBe(false);
    return Action.Continue;
  });
  expect(open.fromClient("abc").toUpstream).toBe("abc");
});

test("a kept connection's data is its own, in another one's callback, too", () => {
  const first = connection((c) => {
    kept = c;
    return Action.Pause;
  }).fromClient("first");
  const second = connection((c) => {
    expect(kept.downstream.toString()).toBe("first");
    kept.downstream.append("!");
    kept.resume();
    expect(c.downstream.toString()).toBe("second");
    return Action.Continue;
  }).fromClient("second");
  expect(first.toUpstream).toBe("first!");
  expect(second.toUpstream).toBe("second");
});
