import type { Tree } from "../../tools/envoy/yaml.js";
import { getRequest } from "../envoy/http1.js";
import type { Response } from "../envoy/http1.js";
import { label } from "../envoy/rows.js";
import { NONE } from "../envoy/subject.js";
import type { Subject, Subjects } from "../envoy/subject.js";
import type { Credentials } from "./credentials.js";
import type { AuthRow } from "./row.js";

/** Rows with their filters as subjects, and one without a filter that gets the first row's requests. */
export function authSubjects(rows: readonly (readonly [AuthRow, Tree])[]): Subjects {
  const none: Subject = {
    filters: [],
    headers: rows[0]![0].credentials.headers,
    problems: () => Promise.resolve([]),
  };
  return new Map([[NONE, none], ...rows.map(([row, filter]) => [label(row), subject(row, filter)] as const)]);
}

function subject({ credentials }: AuthRow, filter: Tree): Subject {
  return {
    filters: [filter],
    headers: credentials.headers,
    problems: async (ask) => {
      const right = await ask(getRequest("/echo", credentials.headers(0)));
      const problems = rightProblems(right, credentials);
      for (const [i, lines] of credentials.wrong.entries())
        problems.push(...wrongProblems(await ask(getRequest("/echo", lines)), i));
      return problems;
    },
  };
}

/** What in the answer to a request with the right credentials shows that the work was not done. */
export function rightProblems({ status, headers }: Response, { consumer }: Credentials): string[] {
  const problems = status === 200 ? [] : [`status ${status} for the right credentials`];
  const told = headers.get("x-echo-consumer");
  if (consumer !== undefined && told !== consumer) problems.push(`x-consumer is ${told}`);
  return problems;
}

/** The same for wrong credentials, by their place in the list. */
export function wrongProblems({ status }: Response, place: number): string[] {
  return status === 401 ? [] : [`status ${status} for wrong credentials ${place}`];
}
