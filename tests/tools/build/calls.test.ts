import assert from "node:assert/strict";
import { test } from "node:test";
import type { BuildResult } from "../../../tools/build/index.js";
import { Emulator } from "../../../tools/emulator/index.js";
import { buildText } from "./project.js";

const NAMES =
  "Action, Bytes, Call, CallResponse, Exchange, GrpcCall, GrpcStream, Headers, HttpFilter, register";

/** A filter with these members; `head` stands in front of its class. */
function filter(members: string, head = ""): Promise<BuildResult> {
  return buildText(`import { ${NAMES} } from "meshscript/assembly";
${head}
class Sample extends HttpFilter {
${members}
}
register<Sample>();
`);
}

/** What of a module has to do with calls. */
function parts({ binary }: BuildResult): { imports: string[]; exports: string[] } {
  const module = new WebAssembly.Module(new Uint8Array(binary));
  const about = (list: { name: string }[]) =>
    list
      .map(({ name }) => name)
      .filter((name) => /http_call|grpc|context_create|on_delete/.test(name))
      .sort();
  return {
    imports: about(WebAssembly.Module.imports(module)),
    exports: about(WebAssembly.Module.exports(module)),
  };
}

const LIFECYCLE = ["proxy_on_context_create", "proxy_on_delete"];

test("an exchange whose filter does not listen hears of the end of its calls all the same", async () => {
  const built = await filter(`  override onRequest(x: Exchange): Action {
    return x.send(new Call("a", "GET", "/"));
  }`);
  assert.deepEqual(parts(built).exports, [LIFECYCLE[0], LIFECYCLE[1], "proxy_on_http_call_response"].sort());
});

test("a filter that fetches for itself keeps nothing per stream", async () => {
  const built = await filter(`  override onTick(): void {
    this.fetch(new Call("a", "GET", "/"));
  }

  override onFetched(response: CallResponse): void {
    response.body;
  }`);
  assert.deepEqual(parts(built).exports, ["proxy_on_http_call_response"]);
  assert.equal(built.metadata.filters[0]?.stateful, false);
});

test("a gRPC call hears of its message and of its end", async () => {
  const built = await filter(`  override onRequest(x: Exchange): Action {
    return x.send(new GrpcCall("a", "b", "c", Bytes.ofText("")));
  }`);
  const { exports } = parts(built);
  assert.ok(exports.includes("proxy_on_grpc_receive") && exports.includes("proxy_on_grpc_close"));
  assert.ok(!exports.includes("proxy_on_grpc_receive_initial_metadata"));
});

test("a gRPC stream's metadata is heard by the names that hosts call (proxy-runtime's exports.ts:89)", async () => {
  const head = `class Talk extends GrpcStream {
  override onInitialMetadata(metadata: Headers): void {}
  override onTrailingMetadata(metadata: Headers): void {}
}`;
  const built = await filter(
    `  override onRequest(x: Exchange): Action {
    return x.open(new Talk("a", "b", "c")) ? Action.Pause : Action.Continue;
  }`,
    head,
  );
  assert.deepEqual(parts(built).exports, [
    ...LIFECYCLE,
    "proxy_on_grpc_close",
    "proxy_on_grpc_receive",
    "proxy_on_grpc_receive_initial_metadata",
    "proxy_on_grpc_receive_trailing_metadata",
  ]);
  assert.deepEqual(parts(built).imports, ["proxy_grpc_cancel", "proxy_grpc_stream"]);
});

test("a module that makes no calls has nothing of them", async () => {
  const built = await filter(`  override onRequest(x: Exchange): Action {
    return x.reply(200);
  }`);
  assert.deepEqual(parts(built), { imports: [], exports: [] });
});

test("gRPC host functions have as many parameters as hosts want (proxy-runtime's imports.ts:135)", async () => {
  const built = await filter(`  override onRequest(x: Exchange): Action {
    const stream = new GrpcStream("a", "b", "c");
    if (x.open(stream)) stream.send(Bytes.ofText(""), true);
    stream.close();
    return x.send(new GrpcCall("a", "b", "c", Bytes.ofText("")));
  }`);
  const plugin = new Emulator().load({ module: built.binary });
  assert.equal(plugin.skipped, false);
});
