import { MapType, Status } from "../abi/values.js";
import type { Upstream } from "../proxy/upstream.js";
import type { RootContext } from "../root-context.js";
import type { Answer } from "./answer.js";
import { nowhere } from "./callee.js";
import { GrpcCalls } from "./grpc-calls.js";
import { HttpCall, type CallRequest } from "./http-call.js";
import { Teller } from "./teller.js";
import { CallKind } from "./tokens.js";

const brokenConnection = { status: 11, statusText: "reset" };

/** The calls of a plugin. They end with it; their ends are told to it, whichever stream they were made for. */
export class RootCalls {
  readonly teller: Teller;
  readonly grpc: GrpcCalls;
  readonly #http = new Map<number, HttpCall>();

  constructor(private readonly root: RootContext) {
    this.teller = new Teller(root);
    this.grpc = new GrpcCalls(root, this.teller);
  }

  /** Null: no cluster has this name. */
  callee(cluster: string): Upstream | null {
    const { surroundings, onTrial } = this.root.vm;
    const callee = surroundings.callees(cluster);
    return callee && onTrial ? nowhere : callee;
  }

  /** proxy_http_call. */
  http(cluster: string, request: CallRequest): { token: number } | { status: number } {
    const callee = this.callee(cluster);
    if (!callee || request.timeoutMs < 0 || !isComplete(request)) return { status: Status.BadArgument };
    const { vm } = this.root;
    const token = vm.tokens.next(CallKind.Http);
    const done = (answer: Answer | null) => this.teller.later(() => this.#answered(token, answer));
    this.#http.set(token, new HttpCall(callee, request, vm.surroundings.clock, done));
    return { token };
  }

  cancelAll(): void {
    for (const call of this.#http.values()) call.cancel();
    this.#http.clear();
    this.grpc.cancelAll();
  }

  #answered(token: number, answer: Answer | null): void {
    if (!this.#http.delete(token)) return;
    const callback = "proxy_on_http_call_response";
    if (answer === null) return this.teller.tell(callback, brokenConnection, token, 0, 0, 0);
    const { headers, body, trailers } = answer;
    const maps = {
      [MapType.CallResponseHeaders]: headers,
      ...(trailers && { [MapType.CallResponseTrailers]: trailers }),
    };
    this.teller.tell(callback, { maps, body }, token, headers.size, body.length, trailers?.size ?? 0);
  }
}

function isComplete({ headers }: CallRequest): boolean {
  const names = headers.map(([name]) => name.toLowerCase());
  const has = (...wanted: string[]) => wanted.some((name) => names.includes(name));
  return has(":method") && has(":path") && has(":authority", "host");
}
