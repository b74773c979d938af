import "../../../filters/http-signature/filter";
import { Request, Trial } from "meshscript/assembly/testing";

const settings =
  '{"credentials":[{"client":"alice","key_id":"shared","secret":"test-key-of-alice-0123456789abcdef"}]}';
const COVERED = '("@method" "@authority" "@path" "@query")';

/** 1767225600 is when a spec begins. */
const SIGNED = "sig1=" + COVERED + ';created=1767225600;keyid="shared"';

function passes(input: string, signature: string): bool {
  const trial = new Trial(settings);
  expect(trial.problems).toStrictEqual([]);
  const seen = trial.send(new Request().header("signature-input", input).header("signature", signature));
  expect(seen.forwarded || seen.status == 401 || seen.status == 400).toBe(true, seen.status.toString());
  return seen.forwarded;
}

describe("a request with a signature", () => {
  test("that is not its own is refused", () => {
    expect(passes(SIGNED, "sig1=:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=:")).toBe(false);
  });

  test("in no form that RFC 9421 has is refused", () => {
    const inputs = [
      "",
      "sig1",
      "sig1=1",
      "sig1=()",
      SIGNED + ";",
      SIGNED + ", " + SIGNED,
      'sig1=("@unknown");keyid="shared"',
    ];
    for (let i = 0; i < inputs.length; ++i) expect(passes(inputs[i], "sig1=:AAAA:")).toBe(false, inputs[i]);
    const signatures = ["", "sig1", "sig1=AAAA", "sig2=:AAAA:", "sig1=::", "sig1=:A:"];
    for (let i = 0; i < signatures.length; ++i)
      expect(passes(SIGNED, signatures[i])).toBe(false, signatures[i]);
  });

  test("that is too old, from the future, expired or of an unknown key is refused", () => {
    const rests = [
      ';created=1767220000;keyid="shared"',
      ';created=1767235600;keyid="shared"',
      ';created=1767225600;expires=1767225000;keyid="shared"',
      ';created=1767225600;keyid="nobody"',
      ";created=1767225600",
      ';keyid="shared"',
      ';created=1767225600;keyid="shared";alg="ed25519"',
    ];
    for (let i = 0; i < rests.length; ++i)
      expect(passes("sig1=" + COVERED + rests[i], "sig1=:AAAA:")).toBe(false, rests[i]);
  });

  test("is needed", () => {
    const seen = new Trial(settings).get("/");
    expect(seen.status).toBe(401);
    expect(seen.forwarded).toBe(false);
  });
});
