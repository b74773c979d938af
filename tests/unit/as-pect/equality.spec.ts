class Point {
  constructor(
    public x: i32,
    public y: f64,
    public name: string = "p",
    public tags: string[] = [],
  ) {}
}

class Point3 extends Point {
  z: i32 = 7;
}

class Box<T> {
  constructor(public value: T) {}
}

namespace deep {
  export class Inner {
    a: i32 = 1;
    byName: Map<string, i32> = new Map();
    seen: Set<string> = new Set();
  }
}

class Node {
  next: Node | null = null;
  constructor(public value: i32) {}
}

class Ring {
  private hidden: i32 = 0;
  get doubled(): i32 {
    return this.hidden * 2;
  }
  hide(value: i32): Ring {
    this.hidden = value;
    return this;
  }
}

describe("two objects are equal when their fields are", () => {
  test("numbers and texts", () => {
    expect(new Point(1, 2)).toStrictEqual(new Point(1, 2));
    expect(new Point(1, 2)).not.toStrictEqual(new Point(2, 2));
    expect(new Point(1, 2)).not.toStrictEqual(new Point(1, 2.5));
    expect(new Point(1, 2, "a")).not.toStrictEqual(new Point(1, 2, "b"));
  });

  test("arrays in them", () => {
    expect(new Point(1, 2, "p", ["a", "b"])).toStrictEqual(new Point(1, 2, "p", ["a", "b"]));
    expect(new Point(1, 2, "p", ["a", "b"])).not.toStrictEqual(new Point(1, 2, "p", ["b", "a"]));
    expect(new Point(1, 2, "p", ["a"])).not.toStrictEqual(new Point(1, 2, "p", ["a", "b"]));
  });

  test("NaN is NaN", () => {
    expect(new Point(1, NaN)).toStrictEqual(new Point(1, NaN));
  });

  test("private fields and getters count", () => {
    expect(new Ring().hide(1)).toStrictEqual(new Ring().hide(1));
    expect(new Ring().hide(1)).not.toStrictEqual(new Ring().hide(2));
  });

  test("but two of them are not the same", () => {
    expect(new Point(1, 2)).not.toBe(new Point(1, 2));
  });
});

describe("subclasses", () => {
  test("compare the fields of all their classes", () => {
    const other = new Point3(1, 2);
    expect(new Point3(1, 2)).toStrictEqual(other);
    other.z = 8;
    expect(new Point3(1, 2)).not.toStrictEqual(other);
    expect(new Point3(1, 2)).not.toStrictEqual(new Point3(3, 2));
  });

  test("differ from their base", () => {
    const base: Point = new Point(1, 2);
    const derived: Point = new Point3(1, 2);
    expect(derived).not.toStrictEqual(base);
  });
});

describe("generic classes and those of namespaces", () => {
  test("compare what they hold", () => {
    expect(new Box<string>("q")).toStrictEqual(new Box<string>("q"));
    expect(new Box<Point>(new Point(1, 1))).toStrictEqual(new Box<Point>(new Point(1, 1)));
    expect(new Box<Point>(new Point(1, 1))).not.toStrictEqual(new Box<Point>(new Point(1, 2)));
    expect(new Box<Box<i32>>(new Box<i32>(1))).not.toStrictEqual(new Box<Box<i32>>(new Box<i32>(2)));
  });

  test("look into maps, whatever their order", () => {
    const one = new deep.Inner();
    const two = new deep.Inner();
    one.byName.set("k", 1).set("l", 2);
    two.byName.set("l", 2).set("k", 1);
    expect(one).toStrictEqual(two);
    two.byName.set("k", 3);
    expect(one).not.toStrictEqual(two);
  });

  test("look into sets, whatever their order", () => {
    const one = new deep.Inner();
    const two = new deep.Inner();
    one.seen.add("a").add("b");
    two.seen.add("b").add("a");
    expect(one).toStrictEqual(two);
    two.seen.add("c");
    expect(one).not.toStrictEqual(two);
  });
});

describe("references", () => {
  test("null equals null alone", () => {
    const none: Point | null = null;
    expect(none).toBeNull();
    expect<Node | null>(new Node(1).next).toStrictEqual(null);
    expect<Node | null>(new Node(1)).not.toStrictEqual(null);
  });

  test("rings of objects end", () => {
    const one = new Node(1);
    one.next = one;
    const two = new Node(1);
    two.next = two;
    expect(one).toStrictEqual(two);
    two.value = 2;
    expect(one).not.toStrictEqual(two);
  });

  test("arrays of objects compare item by item", () => {
    expect([new Point(1, 2), new Point(3, 4)]).toStrictEqual([new Point(1, 2), new Point(3, 4)]);
    expect([new Point(1, 2)]).not.toStrictEqual([new Point(1, 3)]);
    expect([new Point(1, 2), new Point(3, 4)]).toContainEqual(new Point(3, 4));
  });
});
