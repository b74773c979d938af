class Route {
  constructor(
    public path: string,
    public port: i32,
    public headers: Map<string, string> = new Map(),
  ) {}
}

class SafeRoute extends Route {
  methods: string[] = ["GET", "HEAD"];
}

describe("a snapshot holds", () => {
  test("an object with all its fields", () => {
    const route = new SafeRoute("/orders", 8080);
    route.headers.set("x-tag", "blue");
    expect(route).toMatchSnapshot("route");
  });

  test("a text with quotes and lines", () => {
    expect('one `two` \\three\n"four"').toMatchSnapshot();
  });

  test("several values of one test, by their order", () => {
    for (let i = 0; i < 3; ++i) expect(i * i).toMatchSnapshot("square");
  });
});
