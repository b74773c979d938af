import { Action, Bytes, Exchange, HttpFilter, Queue, register } from "meshscript/assembly";
import { Trial } from "meshscript/assembly/testing";

let received: string[] = [];
let told: i32 = 0;

class Worker extends HttpFilter {
  jobs: Queue | null = null;

  override onConfigure(): void {
    this.jobs = Queue.register("jobs");
  }

  override onRequest(x: Exchange): Action {
    if (x.request.path == "/unknown") changetype<Queue>(999).pop();
    const jobs = Queue.resolve("", "jobs");
    if (jobs === null) return x.reply(500);
    if (x.request.path == "/two") jobs.push("first");
    jobs.pushBytes(Bytes.ofText(x.request.path));
    return Action.Continue;
  }

  override onQueueReady(queue: Queue): void {
    ++told;
    expect(queue === this.jobs).toBe(true);
    for (let message = queue.pop(); message !== null; message = queue.pop())
      received.push(message.toString());
  }
}

register<Worker>();

describe("a queue", () => {
  test("hands messages over in order, to the plugin that registered it", () => {
    const trial = new Trial();
    trial.get("/one");
    trial.get("/two");
    expect(received).toStrictEqual(["/one", "first", "/two"]);
    // The second message of a callback found both there already, and the third call found nothing.
    expect(told).toBe(3);
  });

  test("is not found where nobody registered it", () => {
    expect(Queue.resolve("", "nothing") === null).toBe(true);
    expect(Queue.resolve("elsewhere", "jobs") === null).toBe(true);
  });

  test("has nothing to hand over once it is empty", () => {
    expect(Queue.register("jobs")!.pop() === null).toBe(true);
  });

  test("of a number that the host does not know takes nothing", () => {
    const none = changetype<Queue>(999);
    expect(none.push("x")).toBe(false);
    expect(none.pop() === null).toBe(true);
    expect(none.token).toBe(999);
    const trial = new Trial();
    trial.get("/unknown");
    expect(trial.logs()[0].text).toBe("proxy_dequeue_shared_queue: status 1");
  });
});
