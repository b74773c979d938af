import "../../../filters/jwt/filter";
import { Answer, Callee, Seen, Trial } from "meshscript/assembly/testing";

// Test keys and tokens, of 2026-01-01T00:00:00Z, when a spec begins. They open nothing.
const SECRET_A =
  '{"keys":[{"kty":"oct","kid":"a","k":"dGVzdC1zZWNyZXQtYS1vZi1hdC1sZWFzdC0zMi1ieXRlcy1sb25nIQ"}]}';
const SECRET_B =
  '{"keys":[{"kty":"oct","kid":"b","k":"dGVzdC1zZWNyZXQtYi1vZi1hdC1sZWFzdC0zMi1ieXRlcy1sb25nIQ"}]}';
const FOR_A_MINUTE =
  "eyJhbGciOiJIUzI1NiIsImtpZCI6ImEifQ.eyJpc3MiOiJpIiwic3ViIjoiYWxpY2UiLCJleHAiOjE3NjcyMjU2NjB9.MA1PuQNbl4kKFrujQcK5sIJydPbwXcVP-LITdjk2_4c";
const FOR_EVER =
  "eyJhbGciOiJIUzI1NiIsImtpZCI6ImEifQ.eyJpc3MiOiJpIiwic3ViIjoiYWxpY2UifQ.J71CFsVhc9dFti1dN9lJhcfLEgLNzI7YaQeevjDpXLc";
const OF_B =
  "eyJhbGciOiJIUzI1NiIsImtpZCI6ImIifQ.eyJpc3MiOiJpIiwic3ViIjoiYm9iIiwiZXhwIjoxNzY3MjI5MjAwfQ.stjdsXeoIDWJHuKm4GDVNS2CNK9y8omYSrerSR27rkg";
const SET_ONE =
  '{"keys":[{"kty":"EC","x":"zUk8Y8jUhxpi75-vYQHuFHwJRoSIgH6GPoVZM-wMuUg","y":"xnDz8Ri9IH7bpc2AFuCOq62EFhHL_UaOFy1sXl177YE","crv":"P-256","kid":"one"}]}';
const SET_TWO =
  '{"keys":[{"kty":"EC","x":"BeNHhl4jsqxxyt0ZI7BnfUFEjViKQgMGG8uljtEg9oA","y":"shuU9hekXwPoOad8pQWcjRFIV3yNMCuF0vCDXm1icmw","crv":"P-256","kid":"two"}]}';
const OF_ONE =
  "eyJhbGciOiJFUzI1NiIsImtpZCI6Im9uZSJ9.eyJpc3MiOiJpIiwic3ViIjoiYWxpY2UiLCJleHAiOjE3NjcyMjkyMDB9.d_sm1naAS--kdMobU8NdW-Wf2jnWP2dINlTFPxVHZ4TCQ1h16vQdSlD3IJsM2tPRfNpc2YYW5_1oZ_Mfri_VFw";
const OF_TWO =
  "eyJhbGciOiJFUzI1NiIsImtpZCI6InR3byJ9.eyJpc3MiOiJpIiwic3ViIjoiYm9iIiwiZXhwIjoxNzY3MjI5MjAwfQ.yr-Ca4Yi281xzinYuwvTD_zO3isVxJG4X7bfpojy0aXjAIkDE3iOSECYUw9N8i3p_93wJ_4h_WBTbGaiqU7knw";

function local(jwks: string, rest: string = ""): string {
  const text = jwks.replaceAll('"', '\\"');
  return (
    '{"providers":[{"name":"p","clock_skew_seconds":0' +
    rest +
    ',"local_jwks":{"inline_string":"' +
    text +
    '"}}]}'
  );
}

function remote(cluster: string, rest: string = ""): string {
  return (
    '{"providers":[{"name":"p","issuer":"i","remote_jwks":{"http_uri":{"uri":"https://i.test/keys","cluster":"' +
    cluster +
    '"}' +
    rest +
    "}}]}"
  );
}

function carrying(trial: Trial, token: string): Seen {
  return trial.get("/", ["authorization", "Bearer " + token]);
}

describe("a token that was found good", () => {
  test("is good no longer when it has expired, and not for another configuration", () => {
    const trial = new Trial(local(SECRET_A, ',"consumer_claim":"sub","payload_in_filter_state":true'));
    for (let i = 0; i < 3; ++i) {
      const seen = carrying(trial, FOR_A_MINUTE);
      expect(seen.status).toBe(200);
      expect(seen.remembered("meshscript.consumer")).toBe("alice");
      expect(seen.remembered("meshscript.claims")).toBe('{"iss":"i","sub":"alice","exp":1767225660}');
    }
    expect(carrying(new Trial(local(SECRET_B)), FOR_A_MINUTE).details).toBe("jwt_key_unknown");
    trial.clock.advance(59_999);
    expect(carrying(trial, FOR_A_MINUTE).status).toBe(200);
    trial.clock.advance(1);
    expect(carrying(trial, FOR_A_MINUTE).details).toBe("jwt_expired");
    trial.reconfigure(local(SECRET_B));
    expect(carrying(trial, OF_B).status).toBe(200);
    expect(carrying(trial, FOR_EVER).details).toBe("jwt_key_unknown");
  });

  test("need not expire where that is allowed", () => {
    expect(carrying(new Trial(local(SECRET_A)), FOR_EVER).details).toBe("jwt_lifetime_unacceptable");
    const trial = new Trial(local(SECRET_A, ',"require_expiration":false'));
    expect(carrying(trial, FOR_EVER).status).toBe(200);
    trial.clock.advance(400_000);
    expect(carrying(trial, FOR_EVER).status).toBe(200);
  });

  test("is not remembered with another end", () => {
    const trial = new Trial(local(SECRET_B));
    expect(carrying(trial, OF_B).status).toBe(200);
    expect(carrying(trial, OF_B.substring(0, OF_B.length - 1) + "h").forwarded).toBe(false);
    expect(carrying(trial, OF_B.substring(0, OF_B.length - 1)).forwarded).toBe(false);
    expect(carrying(trial, OF_B + "A").forwarded).toBe(false);
  });
});

/** A cluster that answers with a set, before there is a filter that asks it. */
function server(cluster: string, jwks: string): Callee {
  return new Callee(cluster).answers(new Answer().body(jwks));
}

/** A filter that has fetched its keys. */
function fetched(cluster: string, rest: string = ""): Trial {
  const trial = new Trial(remote(cluster, rest));
  trial.clock.advance(0);
  return trial;
}

/** As much time passes as a timer of a second takes for so many ticks. */
function pass(trial: Trial, seconds: i32): void {
  for (let i = 0; i < seconds; ++i) {
    trial.clock.advance(1000);
    trial.tick();
    trial.clock.advance(0);
  }
}

describe("keys that are fetched", () => {
  test("are asked for from the start, by the name of their host", () => {
    const callee = server("asked", SET_ONE);
    const trial = fetched("asked");
    expect(callee.calls[0].header(":authority")).toBe("i.test");
    expect(callee.calls[0].header(":path")).toBe("/keys");
    expect(trial.tickPeriod).toBe(1000);
    expect(carrying(trial, OF_ONE).status).toBe(200);
  });

  test("are fetched again in the last quarter of their time, and not before", () => {
    const callee = server("timely", SET_ONE);
    const trial = fetched("timely", ',"cache_duration":"100s"');
    pass(trial, 50);
    expect(callee.calls.length).toBe(1);
    pass(trial, 26);
    expect(callee.calls.length).toBe(2);
  });

  test("make good nothing that was signed by those before, remembered or not", () => {
    server("rotating", SET_ONE);
    const trial = fetched("rotating", ',"cache_duration":"10s"');
    expect(carrying(trial, OF_ONE).status).toBe(200);
    server("rotating", SET_TWO);
    pass(trial, 10);
    expect(carrying(trial, OF_ONE).forwarded).toBe(false);
    expect(carrying(trial, OF_TWO).status).toBe(200);
  });

  test("stay while nothing better comes, as long as that is allowed", () => {
    const callee = server("failing", SET_ONE);
    const trial = fetched("failing", ',"cache_duration":"10s","stale_if_error":"20s"');
    callee.isDown();
    pass(trial, 28);
    expect(carrying(trial, OF_ONE).status).toBe(200);
    pass(trial, 3);
    expect(carrying(trial, OF_ONE).details).toBe("jwt_keys_unavailable");
    server("failing", SET_ONE);
    pass(trial, 70);
    expect(carrying(trial, OF_ONE).status).toBe(200);
  });

  test("are asked for ever less often while none come", () => {
    const callee = new Callee("absent").answers(new Answer(500));
    const trial = fetched("absent");
    expect(carrying(trial, OF_ONE).details).toBe("jwt_keys_unavailable");
    pass(trial, 60);
    const calls = callee.calls.length;
    expect(calls).toBeGreaterThan(4);
    expect(calls).toBeLessThan(12);
    pass(trial, 600);
    expect(callee.calls.length - calls).toBeLessThan(15);
  });

  test("are asked for once, whatever number of tokens has keys that nobody knows", () => {
    const callee = server("pressed", SET_ONE);
    const trial = fetched("pressed", ',"unknown_kid_refetch_interval":"30s"');
    for (let i = 0; i < 5000; ++i) carrying(trial, OF_TWO);
    expect(callee.calls.length).toBe(1);
    trial.clock.advance(30_000);
    for (let i = 0; i < 5000; ++i) carrying(trial, OF_TWO);
    trial.clock.advance(0);
    for (let i = 0; i < 5000; ++i) carrying(trial, OF_TWO);
    expect(callee.calls.length).toBe(2);
    expect(carrying(trial, OF_ONE).status).toBe(200);
  });

  test("are each plugin's own in a VM that several share", () => {
    server("first", SET_ONE);
    server("second", SET_TWO);
    const first = fetched("first");
    const second = fetched("second");
    expect(carrying(first, OF_ONE).status).toBe(200);
    expect(carrying(second, OF_ONE).forwarded).toBe(false);
    expect(carrying(second, OF_TWO).status).toBe(200);
    expect(carrying(first, OF_TWO).forwarded).toBe(false);
  });

  test("are not those of a cluster that the proxy does not know", () => {
    const trial = new Trial(remote("unheard-of"));
    pass(trial, 3);
    expect(carrying(trial, OF_ONE).details).toBe("jwt_keys_unavailable");
  });
});
