import {
  Action,
  Bytes,
  Exchange,
  HttpFilter,
  Queue,
  config,
  log,
  register,
  shared,
} from "meshscript/assembly";

/** Keeps what requests bring in the VM's shared data and in a queue. */
class Keeping extends HttpFilter {
  queue: string = config.text("queue", "");

  override onConfigure(): void {
    if (this.queue != "") Queue.register(this.queue);
  }

  override onRequest(x: Exchange): Action {
    const key = x.request.headers.get("x-key");
    if (key === null) return Action.Continue;
    return x.reply(200, this.answer(x.request.path, key, x.request.headers.get("x-value")));
  }

  override onQueueReady(queue: Queue): void {
    for (let message = queue.pop(); message !== null; message = queue.pop())
      log.info("got " + message.toString());
  }

  private answer(path: string, key: string, value: string | null): string {
    if (path == "/get") return shown(shared.get(key));
    if (path == "/set") return shared.set(key, value!).toString();
    if (path == "/remove") return shared.remove(key).toString();
    if (path == "/add") return shared.add(key, <i64>parseInt(value!)).toString();
    if (path == "/swap") return swap(key, value!);
    if (path == "/create") return create(key, value!);
    if (path == "/update") return shared.update(key, twice).toString() + " " + shown(shared.get(key));
    return push(key, value!);
  }
}

function shown(text: string | null): string {
  return text === null ? "none" : text;
}

function twice(text: string | null): string {
  return text === null ? "new" : text + text;
}

/** Somebody else writes between the two reads; then nobody does. */
function swap(key: string, value: string): string {
  shared.get(key);
  shared.set(key, "theirs");
  const late = shared.compareAndSet(key, value);
  shared.get(key);
  return late.toString() + " " + shared.compareAndSet(key, value).toString();
}

/** The key is read while it is absent. */
function create(key: string, value: string): string {
  shared.get(key);
  const first = shared.compareAndSet(key, value);
  return first.toString() + " " + shared.compareAndSetBytes(key, Bytes.ofText("other")).toString();
}

function push(name: string, value: string): string {
  const queue = Queue.resolve("", name);
  return queue === null ? "no queue" : queue.push(value).toString();
}

register<Keeping>();
