#!/usr/bin/env node
import { existsSync } from "node:fs";

// Only a checkout has this file: there, the command brings itself up to date first.
const prepare = new URL("./bootstrap/prepare.mjs", import.meta.url);
try {
  if (existsSync(prepare)) {
    const checkout = await import(prepare.href);
    await checkout.prepare(checkout.root);
  }
  const { main } = await import("../dist/tools/cli/main.js");
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  process.stderr.write(`meshscript: ${error.message}\n`);
  process.exitCode = 1;
}
