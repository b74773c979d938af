import { writeSync } from "node:fs";
import { teardown } from "../../../../tools/compose/teardown.js";

const ends = teardown(() => {});
for (const name of ["engine", "project"]) ends.add(() => void writeSync(1, `${name}\n`));
setTimeout(() => ends.run(), 20_000);
writeSync(1, "begun\n");
