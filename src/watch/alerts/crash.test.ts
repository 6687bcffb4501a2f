import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";
import { afterAll, describe, expect, it } from "vitest";
import { STORE_KINDS } from "../../../test/fixtures/store-places.ts";

const WRITER = path.resolve(import.meta.dirname, "../../../test/fixtures/alert-writer.ts");
/** The whole claim is 200; every run of the suite tries some of them. */
const ROUNDS = Number(process.env.GONOGO_CRASH_ROUNDS ?? 8);

type Kept = readonly [monitor: string, at: number, state: "up" | "down"];

/** Runs a writer; killed at random after its first kept step unless it is the last. */
async function run(where: string, sent: string, mode: "on" | "end"): Promise<Kept[]> {
  const child = spawn(process.execPath, [WRITER, where, sent, mode], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const kept: Kept[] = [];
  for await (const line of createInterface({ input: child.stdout })) {
    if (mode === "on" && kept.length === 0) setTimeout(() => child.kill("SIGKILL"), Math.random() * 150);
    kept.push(...(JSON.parse(line) as Kept[]));
  }
  const [code, signal] =
    child.exitCode === null && child.signalCode === null ? await once(child, "exit") : [];
  expect(child.signalCode ?? signal ?? child.exitCode ?? code).toBe(mode === "on" ? "SIGKILL" : 0);
  return kept;
}

describe.each(STORE_KINDS)("a store in $database", ({ database, places: open }) => {
  const places = open();
  afterAll(() => places.stop());
  it("loses no transition and no message when it is killed at any moment, and doubles have one key", async () => {
    using place = await places.newPlace();
    const sentFile = path.join(tmpdir(), `gonogo-sent-${process.pid}-${database}`);
    rmSync(sentFile, { force: true });
    const kept: Kept[] = [];
    for (let round = 1; round <= ROUNDS; round++) kept.push(...(await run(place.where, sentFile, "on")));
    kept.push(...(await run(place.where, sentFile, "end")));

    await using store = await place.open();
    const transitions = await store.alerts.transitions("production", { since: 0, limit: 1_000_000 });
    const byMonitor = Map.groupBy(transitions.toReversed(), ({ monitor }) => monitor);
    for (const [monitor, own] of byMonitor) {
      expect(
        own.filter(({ to }, index) => own[index - 1]?.to === to),
        `${monitor} changed to what it was`,
      ).toEqual([]);
      let last = -1;
      for (const [, at, state] of kept.filter(([name]) => name === monitor)) {
        while ((own[last + 1]?.at ?? Number.POSITIVE_INFINITY) <= at) last++;
        if ((own[last]?.to ?? "up") !== state)
          expect.fail(`${monitor} was ${state} at ${at}, and that is not kept`);
      }
    }

    const rows = await store.outbox.list("production", { limit: 1_000_000 });
    expect(rows.filter(({ state }) => state !== "sent")).toEqual([]);
    const sent = readFileSync(sentFile, "utf8")
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as { key: string });
    const keys = new Set(sent.map(({ key }) => key));
    expect(keys).toEqual(new Set(rows.map(({ notice }) => notice.key)));
    expect(sent.length).toBeGreaterThan(keys.size);

    // Whoever heard of a beginning heard of an end.
    const unended = [
      ...Map.groupBy(rows.toReversed(), ({ channel, notice }) => `${channel} ${notice.thread}`),
    ].filter(([, messages]) => messages.at(-1)?.notice.kind !== "resolved");
    expect(unended.map(([name]) => name)).toEqual([]);
    rmSync(sentFile);
    const incidents = await store.incidents.list("production", { limit: 100_000 });
    expect(incidents.filter(({ state }) => state !== "resolved")).toEqual([]);
    process.stderr.write(
      `${database}, ${ROUNDS} kills: ${transitions.length} transitions, ${rows.length} messages, ${sent.length - keys.size} doubles\n`,
    );
  }, 600_000);
});
