import type { RootContext } from "../root-context.js";

interface Queue {
  readonly messages: Uint8Array[];
  /** Who registered it last is told of messages. */
  owner: RootContext | null;
}

/** Queues of all VMs, by number; a VM's id and the queue's name lead to it. */
export class Queues {
  readonly #tokens = new Map<string, number>();
  readonly #queues = new Map<number, Queue>();

  /** The queue's number; `owner` null: the queue keeps its owner, if it has one. */
  register(vmId: string, name: string, owner: RootContext | null): number {
    const token = this.resolve(vmId, name) ?? this.#create(vmId, name);
    const queue = this.#queues.get(token)!;
    queue.owner = owner ?? queue.owner;
    return token;
  }

  resolve(vmId: string, name: string): number | undefined {
    return this.#tokens.get(key(vmId, name));
  }

  get(token: number): Queue | undefined {
    return this.#queues.get(token);
  }

  #create(vmId: string, name: string): number {
    const token = this.#tokens.size + 1;
    this.#tokens.set(key(vmId, name), token);
    this.#queues.set(token, { messages: [], owner: null });
    return token;
  }
}

function key(vmId: string, name: string): string {
  return JSON.stringify([vmId, name]);
}
