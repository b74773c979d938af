/** The low bits of a call's number say what it is. */
export const CallKind = { Http: 0, GrpcCall: 1, GrpcStream: 2 } as const;

const step = 4;

/** Numbers for the calls of a VM, counted for each kind as Envoy does. */
export class Tokens {
  readonly #last = new Map<number, number>();

  next(kind: number): number {
    const token = (this.#last.get(kind) ?? kind) + step;
    this.#last.set(kind, token);
    return token;
  }
}

export function kindOf(token: number): number {
  return token % step;
}
