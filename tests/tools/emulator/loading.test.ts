import assert from "node:assert/strict";
import { test } from "node:test";
import { hostSignatures } from "../../../tools/emulator/abi/signatures.js";
import { Emulator, LoadError } from "../../../tools/emulator/index.js";
import { compile, essentials, probe } from "./support/compile.js";

const getProperty = `@external("env", "proxy_get_property")
declare function h_property(p: usize, n: i32, pp: usize, np: usize): i32;\n`;

function refusal(load: () => unknown): LoadError {
  try {
    load();
  } catch (error) {
    if (error instanceof LoadError) return error;
    throw error;
  }
  throw new Error("it was loaded");
}

const unfit: [what: string, message: string, source: string][] = [
  [
    "a callback with a wrong signature",
    "Bad function signature for: proxy_on_log, want: i32 -> void, but the module exports: i32 i32 -> void",
    `${essentials}export function proxy_on_log(a: i32, b: i32): void {}`,
  ],
  [
    "an import that no host has",
    "Failed to load Wasm module due to a missing import: env.nope",
    `${essentials}@external("env", "nope") declare function nope(): void;
     export function proxy_on_log(a: i32): void { nope(); }`,
  ],
  [
    "an import from an unknown module",
    "Failed to load Wasm module due to a missing import: other.thing",
    `${essentials}@external("other", "thing") declare function nope(): void;
     export function proxy_on_log(a: i32): void { nope(); }`,
  ],
  [
    "an import with a wrong type",
    "Failed to load Wasm module due to an import type mismatch: env.proxy_set_property, " +
      "want: i32 -> i32, but host exports: i32 i32 i32 i32 -> i32",
    `${essentials}@external("env", "proxy_set_property") declare function set(a: i32): i32;
     export function proxy_on_log(a: i32): void { set(1); }`,
  ],
  [
    "no allocator",
    "Wasm module is missing malloc function.",
    "export function proxy_abi_version_0_2_1(): void {}",
  ],
  [
    "no ABI version",
    "Missing or unknown Proxy-Wasm ABI version",
    "export function malloc(n: i32): i32 { return 8; }",
  ],
  [
    "a later ABI version",
    "Missing or unknown Proxy-Wasm ABI version",
    "export function proxy_abi_version_0_3_0(): void {} export function malloc(n: i32): i32 { return 8; }",
  ],
  [
    "a host call in _initialize that needs a context",
    "Function: _initialize failed: Uncaught Error: restricted_callback",
    `${essentials}${getProperty}h_property(0, 0, 0, 0);`,
  ],
  [
    "a trap in _initialize",
    "Function: _initialize failed: Uncaught RuntimeError: unreachable",
    `${essentials}if (memory.size() > 0) unreachable();`,
  ],
  [
    "a refusal in proxy_on_vm_start",
    "Failed to start base Wasm",
    `${essentials}export function proxy_on_vm_start(a: i32, b: i32): i32 { return 0; }`,
  ],
  [
    "a refusal in proxy_on_configure",
    "Failed to configure base Wasm plugin",
    `${essentials}export function proxy_on_configure(a: i32, b: i32): i32 { return 0; }`,
  ],
];

for (const [what, message, source] of unfit) {
  test(`refuses a module with ${what}, in Envoy's words`, async () => {
    const module = await compile(source);
    assert.equal(refusal(() => new Emulator().load({ module })).message, message);
  });
}

test("refuses bytes that are not a module", () => {
  const module = Buffer.from("garbage");
  assert.equal(
    refusal(() => new Emulator().load({ module })).message,
    "Failed to parse corrupted Wasm module",
  );
});

test("calls a host call from the start section what it is: the end of Envoy", async () => {
  const module = await compile(`${essentials}say("hi");`, { initialize: false });
  assert.match(
    refusal(() => new Emulator().load({ module })).message,
    /^proxy_log: .*start section; Envoy would crash/,
  );
});

test("gives no reason for a trap in the start section, as Envoy gives none", async () => {
  const module = await compile(`${essentials}if (memory.size() > 0) unreachable();`, { initialize: false });
  assert.equal(refusal(() => new Emulator().load({ module })).message, "Failed to create new Wasm instance");
});

test("runs _initialize and then main, and leaves _start alone", async () => {
  const module = await compile(`${essentials}
    say("initialize");
    export function main(a: i32, b: i32): i32 { say("main"); return 0; }
    export function _start(): void { say("start"); }`);
  const emulator = new Emulator();
  emulator.load({ module });
  const oneVm = ["initialize", "main"];
  assert.deepEqual(
    emulator.logs().map((line) => line.text),
    [...oneVm, ...oneVm],
  );
});

test("names the problems that the module found with its configuration", async () => {
  const module = await compile(`${essentials}
    function problem(text: string): void {
      const a = String.UTF8.encode(text);
      h_log(4, changetype<usize>(a), a.byteLength);
    }
    export function proxy_on_configure(id: i32, n: i32): i32 {
      problem("configuration: keys: required");
      problem("configuration: extra: unknown setting");
      return 0;
    }`);
  assert.deepEqual(refusal(() => new Emulator().load({ module })).problems, [
    "keys: required",
    "extra: unknown setting",
  ]);
});

test("names a trap in proxy_on_configure as the problem", async () => {
  const module = await compile(
    `${essentials}export function proxy_on_configure(a: i32, b: i32): i32 { if (b == 0) unreachable(); return 1; }`,
  );
  assert.deepEqual(refusal(() => new Emulator().load({ module })).problems, [
    "Function: proxy_on_configure failed: Uncaught RuntimeError: unreachable",
  ]);
});

test("hands the VM configuration to proxy_on_vm_start", async () => {
  const module = await probe();
  assert.ok(new Emulator().load({ module, vmConfiguration: "accept" }));
  assert.equal(
    refusal(() => new Emulator().load({ module, vmConfiguration: "refuse" })).message,
    "Failed to start base Wasm",
  );
});

test("links a module that imports every host function of the ABI", async () => {
  const names = Object.entries(hostSignatures).filter(([name]) => name !== "proxy_log");
  const type = (letter: string) => (letter === "I" ? "i64" : "i32");
  const declarations = names.map(([name, short]) => {
    const [parameters = "", result = ""] = short.split(">");
    const list = [...parameters].map((letter, index) => `a${index}: ${type(letter)}`).join(", ");
    const call = `${name}(${[...parameters].map(() => "0").join(", ")});`;
    const declared = `declare function ${name}(${list}): ${result ? "i32" : "void"};`;
    return { declared: `@external("env", "${name}") ${declared}`, call };
  });
  const calls = declarations.map(({ call }) => call).join("\n");
  const module = await compile(
    `${essentials}${declarations.map(({ declared }) => declared).join("\n")}
     export function never(): void { ${calls} }`,
  );
  assert.ok(new Emulator().load({ module }));
});

test("provides the memory that a module imports", async () => {
  const source = `${essentials}export function proxy_on_configure(id: i32, n: i32): i32 { say("here"); return 1; }`;
  const module = await compile(source, { flags: ["--importMemory", "--noExportMemory"] });
  const emulator = new Emulator();
  emulator.load({ module });
  assert.equal(emulator.logs().at(-1)?.text, "here");
});
