import { BasicCredentials, Bytes } from "meshscript/assembly";

function read(value: string): string {
  const found = BasicCredentials.read(Bytes.ofText(value));
  return found === null ? "(none)" : found.user.toString() + " / " + found.password.toString();
}

describe("credentials of the scheme Basic", () => {
  test("are a user and a password behind the scheme, in any case", () => {
    // "Aladdin:open sesame" and "test:123£" are the examples of RFC 7617.
    expect(read("Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==")).toBe("Aladdin / open sesame");
    expect(read("basic dGVzdDoxMjPCow==")).toBe("test / 123£");
    expect(read("BASIC    YTpi")).toBe("a / b");
  });

  test("have a password that may be empty and may hold colons", () => {
    expect(read("Basic YTo=")).toBe("a / ");
    expect(read("Basic YTpiOmM6")).toBe("a / b:c:");
  });

  test("are nothing else", () => {
    const wrong = [
      "",
      "Basic",
      "Basic ",
      "Basic  ",
      "Basi YTpi",
      "BasicYTpi",
      "Basic\tYTpi",
      "Basix YTpi",
      "basid YTpi",
      "\x02asic YTpi",
      "Basic YTpi=",
      "Basic YTp",
      "Basic YTo",
      "Basic YTp=",
      "Basic YTpi YTpi",
      "Basic YTpi,",
      "Basic _-pi",
      "Basic OmI=",
      "Basic Og==",
      "Basic YQ==",
      "Basic YTpiAA==",
      "Basic YQo6Yg==",
      "Basic YTp/",
      "Basic YTr/",
      "Basic wYE6Yg==",
      "Basic 7aCAOmI=",
    ];
    for (let i = 0; i < wrong.length; ++i) expect(read(wrong[i])).toBe("(none)", wrong[i]);
    expect(BasicCredentials.read(null)).toBeNull();
  });
});
