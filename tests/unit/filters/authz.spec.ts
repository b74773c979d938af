import "../../../filters/authz/filter";
import { Message, Request, Seen, Trial } from "meshscript/assembly/testing";

const any = `[{"any":true}]`;

/** A rule that is about these requests and these clients. */
function rule(name: string, action: string, permissions: string, principals: string): string {
  return `{"name":"${name}","action":"${action}","permissions":${permissions},"principals":${principals}}`;
}

function withRules(rules: string[], more: string = ""): Trial {
  return new Trial(`{"rules":[${rules.join(",")}]${more}}`);
}

function allowing(principals: string): Trial {
  return withRules([rule("a", "ALLOW", any, principals)]);
}

function denying(principals: string): Trial {
  return withRules([rule("d", "DENY", any, principals), rule("all", "ALLOW", any, any)]);
}

function expectRefused(seen: Seen, details: string): void {
  expect(seen.forwarded).toBe(false);
  expect(seen.status).toBe(403);
  expect(seen.details).toBe(details);
}

function pathTrial(): Trial {
  return withRules([
    rule("no-admin", "DENY", `[{"path_separated_prefix":"/admin"}]`, any),
    rule("all", "ALLOW", `[{"prefix":"/"}]`, any),
  ]);
}

describe("a rule about paths", () => {
  test("finds a path in each spelling, without a proxy that makes it normal", () => {
    const spellings = [
      "/admin",
      "/admin/",
      "/admin/x",
      "//admin",
      "/./admin",
      "/x/../admin",
      "/x/%2e%2e/admin",
      "/x/.%2E/admin",
      "/%61dmin",
      "/%61%64%6D%69%6e",
      "/admin;a=b",
      "/admin;/x",
      "/;a/admin",
      "/../admin",
      "/admin?x=/public",
      "/x/y/../../admin/.",
      "/admin/%C3%A9",
    ];
    const trial = pathTrial();
    for (let i = 0; i < spellings.length; ++i) {
      const seen = trial.get(spellings[i]);
      expect(seen.status).toBe(403, spellings[i]);
      expect(seen.forwarded).toBe(false, spellings[i]);
    }
  });

  test("refuses a path that could be it", () => {
    const spellings = [
      "/x/..;/admin",
      "/x/..%2fadmin",
      "/x%2f..%2fadmin",
      "/x/..\\admin",
      "/\\admin",
      "/x/..%5cadmin",
      "/admin%00",
      "/admin%3bx",
      "/admin%0a",
      "/%c0%ae%c0%ae/admin",
      "/x//../admin",
      "/admin%",
      "/%2",
      "/admin#",
      "admin",
      "http://host/admin",
      "*",
      "",
    ];
    const trial = pathTrial();
    for (let i = 0; i < spellings.length; ++i) {
      const seen = trial.get(spellings[i]);
      expect(seen.status).toBe(400, spellings[i]);
      expect(seen.details).toBe("path_ambiguous", spellings[i]);
      expect(seen.forwarded).toBe(false, spellings[i]);
    }
  });

  test("fits neither a request for all of the server nor a tunnel", () => {
    const trial = pathTrial();
    expectRefused(trial.send(new Request("OPTIONS", "*")), "rbac_access_denied_matched_policy[none]");
    expectRefused(trial.send(new Request("CONNECT", "")), "rbac_access_denied_matched_policy[none]");
  });
});

describe("details of a refusal", () => {
  test("name the rule that denies, the first of several", () => {
    const trial = withRules([
      rule("all", "ALLOW", any, any),
      rule("one", "DENY", `[{"path":"/x"}]`, any),
      rule("two", "DENY", any, any),
    ]);
    expectRefused(trial.get("/x"), "rbac_access_denied_matched_policy[one]");
    expectRefused(trial.get("/y"), "rbac_access_denied_matched_policy[two]");
  });

  test("name none where no rule allows", () => {
    expectRefused(
      withRules([rule("a", "ALLOW", `[{"path":"/x"}]`, any)]).get("/y"),
      "rbac_access_denied_matched_policy[none]",
    );
  });
});

function certified(trial: Trial, uri: string, dns: string, subject: string): Seen {
  trial.property("connection.uri_san_peer_certificate", uri);
  trial.property("connection.dns_san_peer_certificate", dns);
  trial.property("connection.subject_peer_certificate", subject);
  return trial.get("/");
}

describe("a certificate", () => {
  const spiffe = `[{"authenticated":{"principal_name":{"exact":"spiffe://test/sa/b"}}}]`;

  test("allows by its URI, its DNS name or its subject", () => {
    expect(certified(allowing(spiffe), "spiffe://test/sa/b", "b.test", "CN=b").status).toBe(200);
    const dns = `[{"authenticated":{"principal_name":{"suffix":".test"}}}]`;
    expect(certified(allowing(dns), "spiffe://test/sa/b", "b.test", "").status).toBe(200);
    const subject = `[{"authenticated":{"principal_name":{"exact":"CN=b"}}}]`;
    expect(certified(allowing(subject), "", "b.test", "CN=b").status).toBe(200);
  });

  test("of another one does not", () => {
    expect(certified(allowing(spiffe), "spiffe://test/sa/bb", "spiffe", "CN=b").status).toBe(403);
    expect(certified(allowing(spiffe), "spiffe://TEST/sa/b", "", "").status).toBe(403);
    expect(certified(allowing(spiffe), "", "", "").status).toBe(403);
  });

  test("denies, and who shows none could be the one", () => {
    expect(certified(denying(spiffe), "spiffe://test/sa/b", "", "").status).toBe(403);
    expect(certified(denying(spiffe), "spiffe://test/sa/c", "", "").status).toBe(200);
    expectRefused(certified(denying(spiffe), "", "", ""), "rbac_access_denied_matched_policy[d]");
  });

  test("of whomever is asked for, is known to be there or not", () => {
    const some = `[{"authenticated":{}}]`;
    expect(certified(allowing(some), "", "", "CN=b").status).toBe(200);
    expect(certified(allowing(some), "", "", "").status).toBe(403);
    expect(certified(denying(some), "", "", "").status).toBe(200);
    expect(certified(allowing(`[{"not_ids":${some}}]`), "", "", "").status).toBe(200);
    expect(certified(allowing(`[{"not_ids":${some}}]`), "", "", "CN=b").status).toBe(403);
  });

  test("that is none is not another one", () => {
    expect(certified(allowing(`[{"not_ids":${spiffe}}]`), "", "", "").status).toBe(403);
    expect(certified(allowing(`[{"not_ids":${spiffe}}]`), "spiffe://test/sa/c", "", "").status).toBe(200);
    expect(certified(allowing(`[{"not_ids":${spiffe}}]`), "spiffe://test/sa/b", "", "").status).toBe(403);
  });
});

function from(trial: Trial, address: string): i32 {
  trial.property("source.address", address);
  return trial.get("/").status;
}

describe("an address", () => {
  const networks = `[{"direct_remote_ip":["10.0.0.0/8","2001:db8::/32"]}]`;

  test("allows and denies", () => {
    expect(from(allowing(networks), "10.1.2.3")).toBe(200);
    expect(from(allowing(networks), "2001:db8::1")).toBe(200);
    expect(from(allowing(networks), "11.1.2.3")).toBe(403);
    expect(from(denying(networks), "10.1.2.3")).toBe(403);
    expect(from(denying(networks), "11.1.2.3")).toBe(200);
  });

  test("that is unknown allows nothing and could be a denied one", () => {
    expect(from(allowing(networks), "/tmp/socket")).toBe(403);
    expect(from(allowing(`[{"not_ids":${networks}}]`), "/tmp/socket")).toBe(403);
    expect(from(denying(networks), "/tmp/socket")).toBe(403);
    expect(from(denying(`[{"not_ids":${networks}}]`), "/tmp/socket")).toBe(403);
  });
});

describe("conditions of a principal", () => {
  test("have to hold together", () => {
    const both = `[{"direct_remote_ip":["10.0.0.0/8"],"authenticated":{"principal_name":{"exact":"CN=b"}}}]`;
    const trial = allowing(both);
    trial.property("connection.subject_peer_certificate", "CN=b");
    expect(from(trial, "10.0.0.1")).toBe(200);
    expect(from(trial, "11.0.0.1")).toBe(403);
    trial.property("connection.subject_peer_certificate", "CN=c");
    expect(from(trial, "10.0.0.1")).toBe(403);
  });

  test("that are known not to hold make up for unknown ones", () => {
    const both = `[{"direct_remote_ip":["10.0.0.0/8"],"consumers":["mallory"]}]`;
    expect(from(denying(both), "11.0.0.1")).toBe(200);
    expect(from(denying(both), "10.0.0.1")).toBe(403);
    const known = `[{"identified":true,"consumers":["mallory"]}]`;
    expect(from(denying(known), "10.0.0.1")).toBe(200);
  });

  test("are alternatives in several principals", () => {
    const either = `[{"direct_remote_ip":["10.0.0.0/8"]},{"direct_remote_ip":["12.0.0.1"]},{"consumers":["alice"]}]`;
    expect(from(allowing(either), "10.0.0.1")).toBe(200);
    expect(from(allowing(either), "12.0.0.1")).toBe(200);
    expect(from(allowing(either), "11.0.0.1")).toBe(403);
  });

  test("have exceptions", () => {
    const some = `[{"direct_remote_ip":["10.0.0.0/8"],"not_ids":[{"direct_remote_ip":["10.13.0.0/16"]},{"direct_remote_ip":["10.14.0.1"]}]}]`;
    expect(from(allowing(some), "10.0.0.1")).toBe(200);
    expect(from(allowing(some), "10.13.0.1")).toBe(403);
    expect(from(allowing(some), "10.14.0.1")).toBe(403);
    expect(from(allowing(some), "10.14.0.2")).toBe(200);
    expect(from(allowing(some), "11.0.0.1")).toBe(403);
  });
});

const admin = `{"headers":[{"name":"x-role","string_match":{"exact":"admin"}}]}`;

function headerAllows(lines: string[]): i32 {
  return withRules([rule("a", "ALLOW", `[${admin}]`, any)]).get("/", lines).status;
}

function headerDenies(lines: string[]): i32 {
  const rules = [rule("d", "DENY", `[${admin}]`, any), rule("all", "ALLOW", any, any)];
  return withRules(rules).get("/", lines).status;
}

function headerAllowsOthers(lines: string[]): i32 {
  return withRules([rule("a", "ALLOW", `[{"not_rules":[${admin}]}]`, any)]).get("/", lines).status;
}

describe("a header", () => {
  test("with lines that contradict each other never allows and always denies", () => {
    const lines = ["x-role", "admin", "x-role", "user"];
    expect(headerAllows(lines)).toBe(403);
    expect(headerDenies(lines)).toBe(403);
    expect(headerAllowsOthers(lines)).toBe(403);
  });

  test("with lines that agree does what one does", () => {
    const lines = ["x-role", "admin", "x-role", "admin"];
    expect(headerAllows(lines)).toBe(200);
    expect(headerDenies(lines)).toBe(403);
    expect(headerAllowsOthers(lines)).toBe(403);
  });

  test("that is absent is known to be", () => {
    expect(headerAllows([])).toBe(403);
    expect(headerDenies([])).toBe(200);
    expect(headerAllowsOthers([])).toBe(200);
  });
});

describe("requests one after the other", () => {
  test("have nothing in common", () => {
    const trial = withRules(
      [
        rule("machine", "ALLOW", `[{"path":"/a"}]`, `[{"direct_remote_ip":["10.0.0.0/8"]}]`),
        rule(
          "certified",
          "ALLOW",
          `[{"path":"/b"}]`,
          `[{"authenticated":{"principal_name":{"exact":"CN=b"}}}]`,
        ),
        rule("named", "ALLOW", `[{"path":"/c"}]`, `[{"consumers":["alice"]}]`),
      ],
      `,"identity_from_header":"x-consumer"`,
    );
    trial.property("source.address", "10.0.0.1");
    trial.property("connection.subject_peer_certificate", "CN=b");
    for (let i = 0; i < 3; ++i) {
      expect(trial.get("/a").status).toBe(200);
      expect(trial.get("/b").status).toBe(200);
      expect(trial.get("/c", ["x-consumer", "alice"]).status).toBe(200);
      expect(trial.get("/c").status).toBe(403);
      expect(trial.get("/d", ["x-consumer", "alice"]).status).toBe(403);
    }
    trial.property("source.address", "11.0.0.1");
    trial.property("connection.subject_peer_certificate", "");
    expect(trial.get("/a").status).toBe(403);
    expect(trial.get("/b").status).toBe(403);
  });

  test("are decided by the configuration that they began with", () => {
    const trial = allowing(any);
    const open = trial.open(new Request("GET", "/") as Message);
    trial.reconfigure(`{"rules":[${rule("n", "ALLOW", `[{"path":"/x"}]`, any)}]}`);
    expect(open.finish().status).toBe(200);
    expect(trial.get("/").status).toBe(403);
    trial.reconfigure(`{"rules":[]}`);
    expect(trial.accepted).toBe(false);
    expect(trial.get("/").status).toBe(403);
    expect(trial.get("/x").status).toBe(200);
  });
});
