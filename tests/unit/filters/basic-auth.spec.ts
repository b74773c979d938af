import "../../../filters/basic-auth/filter";
import { Message, Request, Seen, Trial } from "meshscript/assembly/testing";

// The test passwords are test-password-alice and test-password-carol.
const ALICE = "alice:$pbkdf2-sha256$2000$AAECAwQFBgcICQoLDA0ODw$S/xL1jJW6M1GeX5lKdoyhrN0HDjzvGfyChDqL1JIqNc";
const CAROL = "carol:{SHA}ib2/t3Dpi+AXzvjWwI6IEk69adI=";
const AS_ALICE = "Basic YWxpY2U6dGVzdC1wYXNzd29yZC1hbGljZQ==";
const AS_CAROL = "Basic Y2Fyb2w6dGVzdC1wYXNzd29yZC1jYXJvbA==";

function trialOf(users: string, rest: string = ""): Trial {
  const trial = new Trial('{"users":["' + users + '"]' + rest + "}");
  expect(trial.problems).toStrictEqual([]);
  return trial;
}

function expectRefused(seen: Seen, reason: string): void {
  expect(seen.status).toBe(401);
  expect(seen.body).toBe("User authentication failed.\n");
  expect(seen.headers("www-authenticate")).toStrictEqual(['Basic realm="Restricted", charset="UTF-8"']);
  expect(seen.details).toBe("basic_auth_" + reason);
  expect(seen.forwarded).toBe(false);
}

describe("basic-auth", () => {
  test("lets a user pass, and says who it is but not the password", () => {
    const trial = trialOf(ALICE, ',"forward_username_header":"X-User"');
    for (let i = 0; i < 3; ++i) {
      const seen = trial.get("/", ["authorization", AS_ALICE, "x-user", "root"]);
      expect(seen.status).toBe(200);
      expect(seen.upstreamHas("authorization")).toBe(false);
      expect(seen.upstreamHeaders("x-user")).toStrictEqual(["alice"]);
      expect(seen.remembered("meshscript.consumer")).toBe("alice");
    }
  });

  test("tells operators why it refused, and clients nothing", () => {
    const trial = trialOf(ALICE);
    expectRefused(trial.get("/"), "missing_credentials");
    expectRefused(trial.get("/", ["authorization", "Bearer x"]), "malformed_credentials");
    expectRefused(
      trial.get("/", ["authorization", AS_ALICE, "authorization", AS_ALICE]),
      "malformed_credentials",
    );
    expectRefused(trial.get("/", ["authorization", AS_CAROL]), "wrong_credentials");
    expectRefused(trial.get("/", ["authorization", "Basic YWxpY2U6d3Jvbmc="]), "wrong_credentials");
  });

  test("forgets who was right when the configuration changes", () => {
    const trial = trialOf(ALICE);
    expect(trial.get("/", ["authorization", AS_ALICE]).status).toBe(200);
    trial.reconfigure('{"users":["' + CAROL + '"]}');
    expectRefused(trial.get("/", ["authorization", AS_ALICE]), "wrong_credentials");
    expect(trial.get("/", ["authorization", AS_CAROL]).status).toBe(200);
  });

  test("never says in the log what it was shown", () => {
    const trial = trialOf(ALICE);
    trial.get("/", ["authorization", AS_ALICE]);
    trial.get("/", ["authorization", AS_CAROL]);
    expect(trial.logs().length).toBe(0);
  });

  test("reads another header where it is told to", () => {
    const trial = trialOf(CAROL, ',"authentication_header":"X-Login","hide_credentials":false');
    const request: Message = new Request().header("x-login", AS_CAROL).header("authorization", "Bearer x");
    const seen = trial.send(request);
    expect(seen.status).toBe(200);
    expect(seen.upstreamHeader("x-login")).toBe(AS_CAROL);
    expect(seen.upstreamHeader("authorization")).toBe("Bearer x");
  });
});
