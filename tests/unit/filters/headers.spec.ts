import "../../../filters/headers/filter";
import { Answer, Request, Seen, Trial } from "meshscript/assembly/testing";

function trialOf(request: string, response: string = ""): Trial {
  const trial = new Trial(
    '{"mutations":{"request_mutations":[' + request + '],"response_mutations":[' + response + "]}}",
  );
  expect(trial.problems).toStrictEqual([]);
  return trial;
}

function problemsOf(mutation: string): string[] {
  return new Trial('{"mutations":{"response_mutations":[' + mutation + "]}}").problems;
}

function set(value: string, key: string = "x-out"): string {
  return '{"set":{"key":"' + key + '","value":"' + value + '"}}';
}

function append(action: string, value: string, rest: string = ""): string {
  return (
    '{"append":{"header":{"key":"x-out","value":"' +
    value +
    '"},"append_action":"' +
    action +
    '"' +
    rest +
    "}}"
  );
}

/** What the upstream gets in `x-out` for a value, from a request with some headers. */
function rendered(value: string): string | null {
  return sent(trialOf(set(value))).upstreamHeader("x-out");
}

function sent(trial: Trial): Seen {
  const request = new Request("GET", "/path?q=1").header("x-a", "one").header("x-odd", "\udcff");
  return trial.send(request.header("x-long", "0123456789"));
}

describe("a mutation of the request", () => {
  test("sets, whatever is there", () => {
    const trial = trialOf(set("new", "X-There") + "," + set("fresh"));
    const seen = trial.get("/", ["x-there", "1", "x-there", "2"]);
    expect(seen.upstreamHeaders("x-there")).toStrictEqual(["new"]);
    expect(seen.upstreamHeaders("x-out")).toStrictEqual(["fresh"]);
  });

  test("adds a line", () => {
    const trial = trialOf('{"add":{"key":"x-there","value":"3"}}');
    expect(trial.get("/", ["x-there", "1", "x-there", "2"]).upstreamHeaders("x-there")).toStrictEqual([
      "1",
      "2",
      "3",
    ]);
  });

  test("removes all lines", () => {
    const seen = trialOf('{"remove":"X-There"}').get("/", ["x-there", "1", "x-there", "2"]);
    expect(seen.upstreamHas("x-there")).toBe(false);
  });

  test("appends as its action says", () => {
    const there: string[] = ["x-out", "1"];
    const add = trialOf(append("APPEND_IF_EXISTS_OR_ADD", "2"));
    expect(add.get("/", there).upstreamHeaders("x-out")).toStrictEqual(["1", "2"]);
    expect(add.get("/").upstreamHeaders("x-out")).toStrictEqual(["2"]);
    const absent = trialOf(append("ADD_IF_ABSENT", "2"));
    expect(absent.get("/", there).upstreamHeaders("x-out")).toStrictEqual(["1"]);
    expect(absent.get("/").upstreamHeaders("x-out")).toStrictEqual(["2"]);
    const overwrite = trialOf(append("OVERWRITE_IF_EXISTS_OR_ADD", "2"));
    expect(overwrite.get("/", there).upstreamHeaders("x-out")).toStrictEqual(["2"]);
    expect(overwrite.get("/").upstreamHeaders("x-out")).toStrictEqual(["2"]);
    const exists = trialOf(append("OVERWRITE_IF_EXISTS", "2"));
    expect(exists.get("/", there).upstreamHeaders("x-out")).toStrictEqual(["2"]);
    expect(exists.get("/").upstreamHas("x-out")).toBe(false);
  });

  test("leaves out an empty value unless it is kept", () => {
    const action = "OVERWRITE_IF_EXISTS_OR_ADD";
    expect(trialOf(append(action, "%REQ(x-none)%")).get("/").upstreamHas("x-out")).toBe(false);
    const kept = trialOf(append(action, "%REQ(x-none)%", ',"keep_empty_value":true'));
    expect(kept.get("/").upstreamHeaders("x-out")).toStrictEqual([""]);
  });

  test("sees what those before it did", () => {
    const seen = trialOf(set("first", "x-one") + "," + set("%REQ(x-one)%, second")).get("/");
    expect(seen.upstreamHeader("x-out")).toBe("first, second");
  });
});

describe("a mutation of the response", () => {
  test("speaks of the response and of the request that it answers", () => {
    const trial = trialOf("", set("%REQ(:path)% %RESP(x-up)% %RESPONSE_CODE% %REQ(x-a)%"));
    trial.upstream(new Answer(404).header("x-up", "shop"));
    expect(sent(trial).header("x-out")).toBe("/path?q=1 shop 404 one");
  });

  test("keeps the request's header from before its own changes", () => {
    const trial = trialOf('{"remove":"x-a"}', set("%REQ(x-a)%"));
    const seen = sent(trial);
    expect(seen.upstreamHas("x-a")).toBe(false);
    expect(seen.header("x-out")).toBe("one");
  });
});

describe("a value", () => {
  test("is text with percent signs doubled", () => {
    expect(rendered("plain ä")).toBe("plain ä");
    expect(rendered("100%%")).toBe("100%");
    expect(rendered("%%%%")).toBe("%%");
    expect(rendered("a%%%REQ(x-a)%%%z")).toBe("a%one%z");
  });

  test("holds headers of the request, another one where it is absent, cut where it is asked for", () => {
    expect(rendered("%REQ(X-A)%")).toBe("one");
    expect(rendered("<%REQ(x-none)%>")).toBe("<>");
    expect(rendered("%REQ(x-none?x-a)%")).toBe("one");
    expect(rendered("%REQ(x-long):4%")).toBe("0123");
    expect(rendered("%REQ(x-long):99%")).toBe("0123456789");
    expect(rendered("%REQ(x-none?x-long):2%")).toBe("01");
    expect(rendered("%REQ(x-odd)%")).toBe("\udcff");
    expect(rendered("[%REQ(x-odd)%]")).toBe("[\udcff]");
  });

  test("holds what the proxy knows of the connection", () => {
    const trial = trialOf(
      set("%PROTOCOL% %DOWNSTREAM_REMOTE_ADDRESS% %DOWNSTREAM_REMOTE_ADDRESS_WITHOUT_PORT%", "x-1") +
        "," +
        set(
          "%DOWNSTREAM_LOCAL_ADDRESS% %DOWNSTREAM_LOCAL_ADDRESS_WITHOUT_PORT% %DOWNSTREAM_LOCAL_PORT%",
          "x-2",
        ) +
        "," +
        set("%REQUESTED_SERVER_NAME% %CONNECTION_ID% %ROUTE_NAME% %UPSTREAM_CLUSTER%", "x-3"),
    );
    trial.property("source.address", "192.0.2.7");
    trial.property("source.port", "4711");
    trial.property("destination.address", "198.51.100.2");
    trial.property("destination.port", "8443");
    trial.property("connection.requested_server_name", "shop.example");
    trial.property("connection.id", "12");
    trial.property("xds.route_name", "orders");
    trial.property("xds.cluster_name", "shop");
    const seen = trial.get("/");
    expect(seen.upstreamHeader("x-1")).toBe("HTTP/1.1 192.0.2.7:4711 192.0.2.7");
    expect(seen.upstreamHeader("x-2")).toBe("198.51.100.2:8443 198.51.100.2 8443");
    expect(seen.upstreamHeader("x-3")).toBe("shop.example 12 orders shop");
  });

  test("shows an IPv6 address without brackets where the port is left out", () => {
    const trial = trialOf(set("%DOWNSTREAM_REMOTE_ADDRESS_WITHOUT_PORT%"));
    trial.property("source.address", "2001:db8::1");
    expect(trial.get("/").upstreamHeader("x-out")).toBe("2001:db8::1");
  });

  test("holds filter state", () => {
    expect(rendered("<%FILTER_STATE(wasm.none:PLAIN)%>")).toBe("<>");
  });

  test("holds what is known once there is a response", () => {
    const trial = trialOf("", set("%RESPONSE_CODE% %RESPONSE_CODE_DETAILS% %UPSTREAM_HOST%"));
    trial.property("upstream.address", "203.0.113.9");
    trial.property("upstream.port", "80");
    expect(trial.get("/").header("x-out")).toBe("200 via_upstream 203.0.113.9:80");
  });
});

describe("a configuration", () => {
  test("is refused where a mutation says nothing, or two things", () => {
    expect(problemsOf("{}")).toStrictEqual([
      "mutations.response_mutations[0]: expected one of remove, append, set, add",
    ]);
    expect(problemsOf('{"remove":"a","set":{"key":"b","value":""}}')).toStrictEqual([
      "mutations.response_mutations[0]: expected only one of remove, append, set, add",
    ]);
  });

  test("is refused where HTTP forbids a header", () => {
    expect(problemsOf(set("1", "x y"))).toStrictEqual([
      "mutations.response_mutations[0].set.key: is no name of a header",
    ]);
    expect(problemsOf(set("a\\nb"))).toStrictEqual([
      "mutations.response_mutations[0].set.value: holds a control character that HTTP forbids",
    ]);
  });

  test("is refused where it would remove what routes the request", () => {
    const routed = [":path", ":status", "host", "Host"];
    for (let i = 0; i < routed.length; ++i) {
      expect(problemsOf('{"remove":"' + routed[i] + '"}')).toStrictEqual([
        "mutations.response_mutations[0].remove: no message can do without this header",
      ]);
    }
  });

  test("is refused where a percent sign is alone or an operator unknown", () => {
    const lone =
      "mutations.response_mutations[0].set.value: a % without its other one; write %% for a percent sign";
    expect(problemsOf(set("100%"))).toStrictEqual([lone]);
    expect(problemsOf(set("%REQ(a)%%"))).toStrictEqual([lone]);
    const unknown = [
      "%NOPE%",
      "%REQ%",
      "%REQ()%",
      "%REQ(a%",
      "%REQ(a):x%",
      "%REQ(a):%",
      "%REQ(a):123456%",
      "%REQ(a)x%",
      "%FILTER_STATE(a)%",
      "%FILTER_STATE(a:TYPED)%",
      "%FILTER_STATE(:PLAIN)%",
      "%OTHER(a)%",
      "%protocol%",
    ];
    for (let i = 0; i < unknown.length; ++i) {
      expect(problemsOf(set(unknown[i]))).toStrictEqual([
        "mutations.response_mutations[0].set.value: unknown operator " + unknown[i],
      ]);
    }
  });

  test("is refused where the request speaks of the response", () => {
    const early = ["%RESP(a)%", "%RESPONSE_CODE%", "%RESPONSE_CODE_DETAILS%", "%UPSTREAM_HOST%"];
    for (let i = 0; i < early.length; ++i) {
      const trial = new Trial('{"mutations":{"request_mutations":[' + set(early[i]) + "]}}");
      expect(trial.problems).toStrictEqual([
        "mutations.request_mutations[0]: speaks of the response, which is not there yet",
      ]);
    }
  });

  test("may be empty", () => {
    expect(new Trial("{}").get("/").status).toBe(200);
  });
});
