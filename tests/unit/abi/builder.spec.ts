import "meshscript/assembly/testing";
import { begin } from "meshscript/assembly/abi/arena";
import { BytesBuilder } from "meshscript/assembly/abi/builder";
import { Bytes } from "meshscript/assembly/abi/bytes";

function written(value: i64): string {
  return BytesBuilder.begin().addInteger(value).bytes.toString();
}

beforeEach(begin);

describe("bytes are put together", () => {
  test("from nothing", () => {
    expect(BytesBuilder.begin().bytes.length).toBe(0);
  });

  test("from bytes, texts and numbers", () => {
    const built = BytesBuilder.begin().addText("id=").addInteger(-7).add(Bytes.ofText(";ä"));
    expect(built.bytes.toString()).toBe("id=-7;ä");
  });

  test("and grow as they need to, without touching others", () => {
    const builder = BytesBuilder.begin();
    const other = Bytes.ofText("other");
    let expected = "";
    for (let i = 0; i < 3000; ++i) {
      builder.addText("part ").addInteger(i);
      expected += "part " + i.toString();
    }
    expect(builder.bytes.toString()).toBe(expected);
    expect(other.toString()).toBe("other");
  });

  test("from one piece larger than any room", () => {
    const long = "l".repeat(100_000);
    expect(BytesBuilder.begin().addText("a").addText(long).addText("z").bytes.length).toBe(100_002);
  });
});

test("a whole number is written in decimal digits, the least and the greatest too", () => {
  expect(written(0)).toBe("0");
  expect(written(9)).toBe("9");
  expect(written(10)).toBe("10");
  expect(written(-1)).toBe("-1");
  expect(written(1_000_000_007)).toBe("1000000007");
  expect(written(i64.MAX_VALUE)).toBe("9223372036854775807");
  expect(written(i64.MIN_VALUE)).toBe("-9223372036854775808");
});
