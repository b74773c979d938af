import { Headers } from "meshscript/assembly";

/** Permissions that the upstream gives by itself: the policy stands in one place. */
export function removePermissions(headers: Headers): void {
  const cursor = headers.entries();
  while (cursor.next()) if (cursor.nameBytes.startsWith("access-control-")) headers.remove(cursor.name);
}

/** Caches must not give one origin's response, or the one to a request without origin, to another. */
export function addVary(headers: Headers): void {
  const covered = headers.is("vary", "*") || headers.is("vary", "origin");
  if (!covered) headers.add("vary", "origin");
}
