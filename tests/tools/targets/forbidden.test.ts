import assert from "node:assert/strict";
import { test } from "node:test";
import { forbiddenOf } from "../../../tools/targets/forbidden.js";
import { gcp } from "../../../tools/targets/gcp.js";
import { kong } from "../../../tools/targets/kong.js";
import type { Target } from "../../../tools/targets/index.js";
import { apiKeys, filters, link, meshWith, stamp } from "./support/meshes.js";

const level = "proxy_get_log_level";
const trailers = ["proxy_on_request_trailers", "proxy_on_response_trailers"];
const shared = ["proxy_get_shared_data", "proxy_set_shared_data", "proxy_register_shared_queue"];
const queues = ["proxy_resolve_shared_queue", "proxy_enqueue_shared_queue", "proxy_dequeue_shared_queue"];

/** Modules as they are usually built, so what a build for these hosts leaves out is found in them, too. */
const refused: [target: Target, filter: string, calls: string[]][] = [
  [gcp, filters.ticks, ["proxy_set_tick_period_milliseconds", level]],
  [gcp, filters.counts, ["proxy_define_metric"]],
  [gcp, filters.sharesData, [level, ...shared, ...queues]],
  [gcp, filters.calls, [level, "proxy_http_call", "proxy_continue_stream"]],
  [gcp, filters.seesTrailers, [level, ...trailers]],
  [gcp, filters.cutsStreams, ["proxy_close_stream", ...trailers]],
  [kong, filters.counts, ["proxy_define_metric"]],
  [kong, filters.seesTrailers, [level, ...trailers]],
];

for (const [target, filter, calls] of refused)
  test(`${target.name} refuses ${filter}, names what it uses and why it may not`, async () => {
    const one = await link(filter);
    assert.deepEqual(
      forbiddenOf(one.module, target).map(([name]) => name),
      calls,
    );
    assert.throws(
      () => target.generate(meshWith([one])),
      ({ name, message, hint }: Error & { hint: string }) => {
        assert.equal(name, "UserError");
        assert.match(hint, /^Deploy it elsewhere/);
        const lines = message.split("\n");
        assert.deepEqual(lines.length, calls.length);
        lines.forEach((line, at) =>
          assert.match(
            line,
            new RegExp(
              `^${one.name}: uses ${calls[at]}, which .* does not allow: ${target.forbids![calls[at]!]}$`,
            ),
          ),
        );
        return true;
      },
    );
  });

const allowed: [target: Target, filter: string, configuration?: typeof stamp][] = [
  [gcp, filters.apiKey, apiKeys],
  [gcp, filters.headers, stamp],
  [gcp, filters.counts],
  [kong, filters.apiKey, apiKeys],
  [kong, filters.headers, stamp],
  [kong, filters.counts],
  [kong, filters.ticks],
];

for (const [target, filter, configuration] of allowed)
  test(`${target.name} takes ${filter}`, async () => {
    const one = await link(filter, { configuration }, target);
    assert.doesNotThrow(() => target.generate(meshWith([one])));
  });

test("built for a host without metrics and log levels, a module asks for neither, and for all else as before", async () => {
  const usual = (await link(filters.counts)).module;
  const without = (await link(filters.counts, {}, gcp)).module;
  const metrics = (name: string) => /metric/.test(name);
  assert.ok(usual.imports.some(metrics));
  assert.deepEqual(without.imports.filter(metrics), []);
  assert.ok(without.imports.includes("proxy_send_local_response"));
  assert.deepEqual(without.callbacks, usual.callbacks);
  const look = async (target: Pick<Target, "name" | "defines">) =>
    (await link(filters.ticks, {}, target)).module.imports.includes("proxy_get_log_level");
  assert.deepEqual([await look({ name: "envoy" }), await look(gcp)], [true, false]);
});
