import { Urgency, putText, write } from "../abi/line";
import { putPlace } from "./place";
import { here } from "./scope";

// A module built to describe itself lists its settings instead of reading them: that is what option tables and schemas
// are made of. In any other module nothing of this is left.

/** Logs one setting: path, type, `required` or `optional`, and its default where it has one, parted by tabs. */
export function describe(key: usize, type: string, required: bool, fallback: string | null): void {
  putText("setting\t");
  putPlace(here(), key, -1);
  putText("\t");
  putText(type);
  putText(required ? "\trequired" : "\toptional");
  if (fallback !== null) {
    putText("\t");
    putText(fallback);
  }
  write(Urgency.Error);
}
