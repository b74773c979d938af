import { Urgency, put, putNumber, putText, write } from "./line";
import { utf8 } from "./wire";

// Either text may be missing; to ask for null by name would link in the comparison of strings.

/** What `abort` means in a module: one line at level critical says what happened and where; then the module traps. */
export function onAbort(message: string, file: string, line: u32, column: u32): void {
  put(utf8("abort: "));
  if (changetype<usize>(message) != 0) putText(message);
  put(utf8(" at "));
  if (changetype<usize>(file) != 0) putText(file);
  trapAt(line, column);
}

/** `onAbort` with texts that the build has encoded; 0 for one that is missing. */
export function onEncodedAbort(message: usize, file: usize, line: u32, column: u32): void {
  put(utf8("abort: "));
  if (message != 0) put(message);
  put(utf8(" at "));
  if (file != 0) put(file);
  trapAt(line, column);
}

function trapAt(line: u32, column: u32): void {
  put(utf8(":"));
  putNumber(line);
  put(utf8(":"));
  putNumber(column);
  write(Urgency.Critical);
  unreachable();
}
