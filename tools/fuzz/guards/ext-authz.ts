import type { ResponseEvents, Upstream } from "../../emulator/proxy/upstream.js";
import type { Random } from "../../parity/random.js";
import { answers, type Answer } from "./authority-answers.js";
import type { Guard } from "./guard.js";
import { mutated, request } from "./requests.js";

/** A question that has come to the authority, and what it has answered. */
interface Question {
  events: ResponseEvents;
  answer: Answer | null;
}

const configurations = {
  "ext-authz": { http_service: { server_uri: { cluster: "authority", timeout: "0.2s" } } },
  "ext-authz-grpc": { grpc_service: { envoy_grpc: { cluster_name: "authority" }, timeout: "0.2s" } },
  "ext-authz-opa": { opa: { cluster: "authority", path: "/v1/data/mesh/authz", timeout: "0.2s" } },
};

/** An authority that says yes and nothing else where a request may pass: without an answer none may. */
export function authorityFor(filter: keyof typeof configurations): Guard {
  return (random) => {
    let questions: Question[] = [];
    const authority = answering((events) => void questions.push({ events, answer: null }));
    return {
      configuration: configurations[filter],
      callees: (cluster) => (cluster === "authority" ? authority : null),
      attempt: (choices) => {
        questions = [];
        const path = choices.pick(["/orders", "/", "/orders?a=b"]);
        return mutated(choices, request(choices, path, [["authorization", "test"]]));
      },
      answer: () => {
        for (const question of questions.filter(({ answer }) => answer === null))
          give(random, question, filter);
      },
      mayPass: () => questions.some(({ answer }) => answer?.isYes),
    };
  };
}

const nothing = (): void => {};

function answering(asked: (events: ResponseEvents) => void): Upstream {
  return {
    open: (_headers, _end, events) => {
      asked(events);
      return { data: nothing, trailers: nothing, reset: nothing, pause: nothing, resume: nothing };
    },
    close: nothing,
  };
}

/** Answers as an authority may, in its senses or not, or breaks off. */
function give(random: Random, question: Question, filter: keyof typeof configurations): void {
  if (random.chance(0.1)) return;
  const { events } = question;
  const answer = answers[filter](random);
  question.answer = answer;
  if (random.chance(0.05)) {
    question.answer = { ...answer, isYes: false };
    return events.failed(random.pick(["remote reset", "connection termination"] as const));
  }
  const { headers, body, trailers } = answer;
  events.headers(headers, body === "" && trailers === null);
  if (body !== "") events.data(Buffer.from(body, "latin1"), trailers === null);
  if (trailers !== null) events.trailers(trailers);
}
