import { afterAll, beforeAll, expect, test } from "vitest";
import { startPostgres, type TestPostgres } from "../../../test/fixtures/postgres.ts";
import { openServerStore } from "../../store/open-server-store.ts";
import type { TaskLease, TaskLeaseBook } from "../../store/server/task-lease-book.ts";
import { openClock } from "../../system/clock.ts";
import { openRandom } from "../../system/random.ts";
import { startScheduler } from "./scheduler.ts";
import { type SharedTasksRequest, shareTasks } from "./shared-tasks.ts";

const clock = openClock();
let postgres: TestPostgres;
beforeAll(async () => {
  postgres = await startPostgres();
});
afterAll(() => postgres.stop());

async function openBook(launch: string) {
  const store = await openServerStore({
    ...{ address: postgres.url, variable: "S", launch, clock, random: openRandom() },
  });
  if (!store.server) throw new Error("no store on a server");
  const ended = () => store[Symbol.asyncDispose]();
  return { book: store.server.leases("production"), [Symbol.asyncDispose]: ended };
}

/** A process that asks its share of four tasks. */
function worker(book: TaskLeaseBook, given: Partial<SharedTasksRequest> = {}) {
  const asked = new Map<string, number>();
  const troubles: string[] = [];
  const scheduler = startScheduler({ clock, parallel: 4 });
  const tasks = ["a", "b", "c", "d"].map((id) => ({
    id,
    everyMs: 200,
    monitors: [id],
    run: async () => void asked.set(id, (asked.get(id) ?? 0) + 1),
  }));
  const sharing = shareTasks({
    ...{ tasks, scheduler, book, clock, who: "ada@laptop", pid: 1 },
    lastAsked: async () => new Map(),
    flush: async () => undefined,
    onTrouble: (text) => troubles.push(text),
    ...given,
  });
  return {
    asked,
    troubles,
    async [Symbol.asyncDispose]() {
      await sharing[Symbol.asyncDispose]();
      await scheduler.stop();
    },
  };
}

/** The same book, whose leases answer otherwise. */
function bookWith(book: TaskLeaseBook, otherwise: (lease: TaskLease) => Partial<TaskLease>): TaskLeaseBook {
  const enter: TaskLeaseBook["enter"] = async (given) => {
    const lease = await book.enter(given);
    return { ...lease, ...otherwise(lease) };
  };
  return { ...book, enter };
}

function once(fails: () => Promise<void>): () => Promise<void> {
  let hasFailed = false;
  return async () => {
    if (hasFailed) return;
    hasFailed = true;
    await fails();
  };
}

const cut = async (): Promise<void> => {
  throw new Error("connection reset");
};

test("tasks that were taken and could not be begun are asked once the store answers again", async () => {
  await using opened = await openBook("begin");
  const fail = once(cut);
  const lastAsked = async () => {
    await fail();
    return new Map();
  };
  await using one = worker(opened.book, { lastAsked });
  await expect.poll(() => [...one.asked.keys()].toSorted(), { timeout: 8_000 }).toEqual(["a", "b", "c", "d"]);
  expect(one.troubles).toEqual(["the asking cannot be shared: connection reset"]);
});

test("tasks whose taking was answered by a connection that broke are asked all the same", async () => {
  await using opened = await openBook("take");
  const fail = once(cut);
  const book = bookWith(opened.book, (lease) => ({
    async take(...given) {
      const taken = await lease.take(...given);
      await fail();
      return taken;
    },
  }));
  await using one = worker(book);
  await expect.poll(() => one.asked.size, { timeout: 8_000 }).toBe(4);
});

test("tasks that could not be given back are, so that somebody asks them", async () => {
  await using opened = await openBook("give-back");
  const fail = once(cut);
  const book = bookWith(opened.book, (lease) => ({
    async giveBack(tasks) {
      await fail();
      await lease.giveBack(tasks);
    },
  }));
  await using one = worker(book);
  await expect.poll(() => one.asked.size, { timeout: 8_000 }).toBe(4);
  await using two = worker(opened.book);
  await expect.poll(() => two.asked.size, { timeout: 8_000 }).toBe(2);
  expect(one.troubles).toEqual(["the asking cannot be shared: connection reset"]);
  expect((await opened.book.workers()).map(({ tasks }) => tasks)).toEqual([2, 2]);
});
