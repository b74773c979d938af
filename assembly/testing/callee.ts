import { CallSeen } from "./call-seen";
import { Does, callee_answers, callee_calls, callee_does, callee_there } from "./harness";
import { Message } from "./message";

/**
 * A cluster that filters may call, from `trial.callee("authz")` on: until it is told otherwise it stalls. All Trials of a spec
 * have the same ones.
 */
export class Callee {
  /** For the harness. */
  constructor(readonly cluster: string) {
    callee_there(cluster);
  }

  /** It answers each call with this, `Answer` or `GrpcAnswer`, when the clock has moved on by so many milliseconds. */
  answers(answer: Message, milliseconds: f64 = 0): Callee {
    callee_answers(this.cluster, answer.handle, milliseconds);
    return this;
  }

  /** Nobody listens there. */
  isDown(): Callee {
    return this.does(Does.Refuse);
  }

  /** It takes calls and says nothing: `trial.clock.advance` lets the caller's time run out. */
  stalls(): Callee {
    return this.does(Does.Stall);
  }

  /** It begins an answer with status 200 and breaks off. */
  breaksOff(): Callee {
    return this.does(Does.Break);
  }

  /** As a gRPC server it sends each message back, and ends with the caller. */
  echoes(): Callee {
    return this.does(Does.Echo);
  }

  /** What it was sent, oldest call first. */
  get calls(): CallSeen[] {
    const all: CallSeen[] = [];
    const count = callee_calls(this.cluster);
    for (let i = 0; i < count; ++i) all.push(new CallSeen(this.cluster, i));
    return all;
  }

  private does(what: Does): Callee {
    callee_does(this.cluster, what);
    return this;
  }
}
