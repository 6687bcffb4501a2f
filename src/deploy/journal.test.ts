import { describe, expect, it } from "vitest";
import type { StepRecord } from "../model/deploy.ts";
import type { DeployStore } from "../store/store.ts";
import { openJournal, type StepEvent, StepFailed } from "./journal.ts";

function open(signal = new AbortController().signal, onEvent: (event: StepEvent) => void = () => undefined) {
  const lines: string[] = [];
  const store = {
    record: async (_environment: string, { step, state }: Omit<StepRecord, "at">) =>
      void lines.push(`${step} ${state}`),
  } as unknown as DeployStore;
  const journal = openJournal({
    store,
    environment: "staging",
    deploy: "d1",
    signal,
    onEvent,
  });
  return { journal, lines };
}
const quick = { timeoutMs: 10_000 };

describe("a journal", () => {
  it("writes the intent before the work and the result after", async () => {
    const { journal, lines } = open();
    await journal.step("build", quick, async () => void lines.push("work"));
    expect(lines).toEqual(["build intent", "work", "build done"]);
  });

  it("writes what a step is about to each of its lines, and more of it with the result", async () => {
    const told: unknown[] = [];
    const { journal } = open(undefined, ({ state, detail }) => told.push([state, detail]));
    const about = "before the switch";
    await journal.step("backup", { ...quick, about }, async () => undefined);
    const detail = () => ({ about: `${about}: b3 is recent enough` });
    await journal.step("backup", { ...quick, about, detail }, async () => undefined);
    expect(told).toEqual([
      ["intent", { about }],
      ["done", { about }],
      ["intent", { about }],
      ["done", detail()],
    ]);
  });

  it("undoes what was done, last first, and nothing twice", async () => {
    const { journal, lines } = open();
    const undo = (name: string) => async () => void lines.push(`take back ${name}`);
    await journal.step("stage", { ...quick, undo: undo("stage") }, async () => undefined);
    await journal.step("switch", { ...quick, undo: undo("switch") }, async () => undefined);
    await journal.undo();
    await journal.undo();
    expect(lines.slice(4)).toEqual(["take back switch", "switch undone", "take back stage", "stage undone"]);
  });

  it("goes on undoing when one undo fails", async () => {
    const { journal, lines } = open();
    await journal.step(
      "stage",
      { ...quick, undo: async () => void lines.push("stage taken back") },
      async () => undefined,
    );
    await journal.step(
      "switch",
      { ...quick, undo: () => Promise.reject(new Error("gone")) },
      async () => undefined,
    );
    await journal.undo();
    expect(lines).toContain("stage taken back");
    expect(lines).not.toContain("switch undone");
  });

  it("keeps a settled step", async () => {
    const { journal, lines } = open();
    await journal.step(
      "stage",
      { ...quick, undo: async () => void lines.push("undone!") },
      async () => undefined,
    );
    journal.settle();
    await journal.undo();
    expect(lines).not.toContain("undone!");
  });

  it("names the step that failed, and ends one that hangs", async () => {
    const { journal, lines } = open();
    const hang = journal.step("migrate", { timeoutMs: 20 }, () => new Promise(() => undefined));
    await expect(hang).rejects.toThrow(StepFailed);
    await expect(hang).rejects.toThrow("migrate took longer than 20 ms");
    expect(lines).toEqual(["migrate intent", "migrate failed"]);
  });

  it("waits for stopped work to put back what it began, and believes what came to its end", async () => {
    const stop = new AbortController();
    const { journal, lines } = open(stop.signal);
    const { promise: isBack, resolve: putBack } = Promise.withResolvers<void>();
    const switching = journal.step("switch", { ...quick, putsBackMs: 10_000 }, async (signal) => {
      const { promise, reject } = Promise.withResolvers<never>();
      signal.addEventListener("abort", () => reject(signal.reason));
      await promise.catch(() => isBack.then(() => lines.push("put back")));
      throw new Error("aborted somewhere");
    });
    await new Promise(setImmediate);
    stop.abort(new Error("stopped by SIGINT"));
    await new Promise(setImmediate);
    expect(lines).toEqual(["switch intent"]);
    putBack();
    await expect(switching).rejects.toThrow("stopped by SIGINT");
    expect(lines).toEqual(["switch intent", "put back", "switch failed"]);

    const late = open();
    const undo = async () => void late.lines.push("taken back");
    const { promise: moved, resolve: move } = Promise.withResolvers<void>();
    const slow = late.journal.step("switch", { timeoutMs: 1, putsBackMs: 10_000, undo }, (signal) => {
      signal.addEventListener("abort", () => move());
      return moved;
    });
    await slow;
    await late.journal.undo();
    expect(late.lines).toEqual(["switch intent", "switch done", "taken back", "switch undone"]);
  });

  it("gives the lock back although it was told to stop", async () => {
    const stop = new AbortController();
    const { journal, lines } = open(stop.signal);
    stop.abort(new Error("stopped by SIGINT"));
    await expect(journal.step("bake", quick, async () => undefined)).rejects.toThrow("stopped by SIGINT");
    await journal.step("unlock", { ...quick, always: true }, async () => undefined);
    expect(lines.at(-1)).toBe("unlock done");
  });
});
