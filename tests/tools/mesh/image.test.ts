import assert from "node:assert/strict";
import { test } from "node:test";
import { imageProblem } from "../../../tools/mesh/image.js";

const digest = "0123456789abcdef".repeat(4);

for (const reference of [
  "registry.example/filters/api-key:1.2.0",
  "registry.example:5000/api-key:v1",
  "localhost:5000/a:latest@sha256:" + digest,
  "api-key:1",
  `registry.example/a/b@sha256:${digest}`,
])
  test(`${reference} can be deployed`, () => assert.equal(imageProblem(reference), null));

for (const [reference, problem] of [
  ["oci://registry.example/a:1", "a reference has no scheme: leave out oci:// or https://"],
  ["registry.example/a", "has neither tag nor digest"],
  ["registry.example:5000/a", "has neither tag nor digest"],
  ["registry.example/a:latest", "latest names whatever comes next: give a version"],
  ["registry.example/A:1", "no image reference: expected registry/repository:tag"],
  ["registry.example/a:1@sha256:abc", "no image reference: expected registry/repository:tag"],
  ["registry.example/a:one two", "no image reference: expected registry/repository:tag"],
  ["", "no image reference: expected registry/repository:tag"],
] as const)
  test(`"${reference}": ${problem}`, () => assert.equal(imageProblem(reference), problem));
