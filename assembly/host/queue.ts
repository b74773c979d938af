import { Bytes } from "../abi/bytes";
import { Status } from "../abi/enums";
import {
  proxy_dequeue_shared_queue,
  proxy_enqueue_shared_queue,
  proxy_register_shared_queue,
  proxy_resolve_shared_queue,
} from "../abi/env";
import { hostRefused } from "../abi/line";
import { OUT, outData, outSize } from "../abi/out";
import { sizeOf, utf8 } from "../abi/wire";

/**
 * A queue of messages between plugins and workers. The plugin that registered it last hears of messages in
 * `onQueueReady`; anybody who knows it may add and take them. The host bounds neither their number nor their size.
 */
@final
@unmanaged
export class Queue {
  /** The plugin's own queue of this name, made where there is none yet; null where the host refuses. */
  static register(name: string): Queue | null {
    return registered(utf8(name));
  }

  /** A queue that somebody registered in VMs with this VM id, "" for this VM's own; null where nobody did. */
  static resolve(vmId: string, name: string): Queue | null {
    return resolved(utf8(vmId), utf8(name));
  }

  /** Adds a text. From any callback. */
  push(text: string): bool {
    return this.pushBytes(Bytes.ofText(text));
  }

  /** `push` for bytes. */
  pushBytes(bytes: Bytes): bool {
    const status = proxy_enqueue_shared_queue(this.token, bytes.pointer, bytes.length);
    return status == Status.Ok || hostRefused(utf8("proxy_enqueue_shared_queue"), status);
  }

  /** Takes the oldest message, valid until the callback returns; null where there is none. Another worker may be faster. */
  pop(): Bytes | null {
    const status = proxy_dequeue_shared_queue(this.token, OUT, OUT + 4);
    if (status == Status.Ok) return Bytes.view(outData(), outSize());
    if (status != Status.Empty) hostRefused(utf8("proxy_dequeue_shared_queue"), status);
    return null;
  }

  /** The host's number for it: equal numbers are one queue. */
  get token(): u32 {
    return <u32>changetype<usize>(this);
  }
}

function registered(name: usize): Queue | null {
  const status = proxy_register_shared_queue(name, sizeOf(name), OUT);
  if (status == Status.Ok) return changetype<Queue>(<usize>load<u32>(OUT));
  hostRefused(utf8("proxy_register_shared_queue"), status);
  return null;
}

function resolved(vmId: usize, name: usize): Queue | null {
  const status = proxy_resolve_shared_queue(vmId, sizeOf(vmId), name, sizeOf(name), OUT);
  if (status == Status.Ok) return changetype<Queue>(<usize>load<u32>(OUT));
  if (status != Status.NotFound) hostRefused(utf8("proxy_resolve_shared_queue"), status);
  return null;
}
