import { Action, Peer } from "meshscript/assembly";
import { Session, connection, last, story, trial } from "./probe";

let kept: Session = new Session();

test("a filter is told how a connection ends, and by whom", () => {
  const open = connection();
  open.fromClient("a", true).fromUpstream("b", true);
  expect(open.closedBy).toBe(Peer.Local);
  expect(open.upstreamEnded && open.clientEnded).toBe(true);
  expect(story()).toBe("upstream closed, closed by the proxy, end, log");
  connection().clientBreaks();
  expect(story()).toBe("closed by the client, end, log");
  const broken = connection();
  broken.upstreamBreaks();
  expect(broken.closed).toBe(true);
  expect(story()).toBe("closed by the proxy, end, log");
});

test("each connection has an object of its own", () => {
  const one = connection();
  const first = last;
  const two = connection();
  expect(changetype<usize>(first) != changetype<usize>(last)).toBe(true);
  two.clientBreaks();
  expect(first.ended).toBe(false);
  expect(last.ended).toBe(true);
  one.clientBreaks();
});

test("data that is paused comes again with what follows", () => {
  const open = connection((c, end) => (c.downstream.length < 4 ? Action.Pause : Action.Continue));
  open.fromClient("ab");
  expect(open.clientWaits).toBe(true);
  open.fromClient("cd");
  expect(open.clientWaits).toBe(false);
  expect(open.toUpstream).toBe("abcd");
});

test("what the client sent is resumed from the other direction", () => {
  const open = connection(
    (c) => Action.Pause,
    (c) => {
      c.resume();
      return Action.Continue;
    },
  );
  open.fromClient("ab", true).fromUpstream("go");
  expect(open.toUpstream).toBe("ab");
  expect(open.upstreamEnded).toBe(true);
  expect(open.toClient).toBe("go");
});

test("what the upstream sent goes on with what follows, and is not resumed", () => {
  const open = connection(
    (c) => {
      c.resume();
      return Action.Continue;
    },
    (c, end) => (end ? Action.Continue : Action.Pause),
  );
  open.fromUpstream("ab").fromClient("x");
  expect(open.upstreamWaits).toBe(true);
  expect(trial().logs().length).toBe(0);
  open.fromUpstream("cd", true);
  expect(open.toClient).toBe("abcd");
});

test("a connection that is held reaches the upstream once another one resumes it", () => {
  const held = connection(
    (c) => Action.Continue,
    (c) => Action.Continue,
    (c) => {
      kept = c;
      return Action.Pause;
    },
  );
  held.fromClient("early");
  expect(held.connected).toBe(false);
  connection((c) => {
    kept.resume();
    kept.resume();
    return Action.Continue;
  }).fromClient("go");
  expect(held.connected).toBe(true);
  expect(held.toUpstream).toBe("early");
});

test("a filter closes a connection, at its beginning or later", () => {
  const refused = connection(
    (c) => Action.Continue,
    (c) => Action.Continue,
    (c) => c.close(),
  );
  expect(refused.closedBy).toBe(Peer.Local);
  expect(refused.connected).toBe(false);
  const later = connection((c) => c.close());
  later.fromClient("abc");
  expect(later.closed).toBe(true);
  expect(later.toUpstream).toBe("");
  const answered = connection(
    (c) => Action.Continue,
    (c) => c.close(),
  );
  answered.fromUpstream("abc");
  expect(answered.closed).toBe(true);
  expect(answered.toClient).toBe("");
});

test("a connection that has ended is neither resumed nor closed again", () => {
  connection((c) => Action.Pause).fromClient("ab");
  const open = connection((c) => Action.Continue);
  open.clientBreaks();
  kept = last;
  kept.held = 4;
  connection((c) => {
    kept.resume();
    kept.close();
    return Action.Continue;
  }).fromClient("x");
  expect(kept.ended).toBe(true);
});

test("properties of the connection, and what a filter remembers with it", () => {
  trial().property("source.address", "192.0.2.7");
  trial().property("source.port", "4711");
  const open = connection((c) => {
    expect(c.property("source.address")!).toBe("192.0.2.7:4711");
    expect(c.propertyInteger("source.port")).toBe(4711);
    expect(c.property("request.protocol") === null).toBe(true);
    expect(c.recall("seen") === null).toBe(c.downstream.toString() == "one");
    c.remember("seen", "yes");
    return Action.Continue;
  });
  open.fromClient("one").fromClient("two");
});
