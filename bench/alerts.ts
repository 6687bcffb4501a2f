import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Monitor } from "../src/model/monitor.ts";
import { openStore } from "../src/store/open-store.ts";
import { openDoors } from "../src/system/doors.ts";
import { startAlerting } from "../src/watch/alerts/alerting.ts";
import { testChannel } from "../test/fixtures/channels.ts";
import { launchOf } from "../test/fixtures/check-record.ts";
import { HOUR, MINUTE, monitorOf, policyOf, readingOf, SECOND, watched } from "../test/fixtures/watched.ts";

export const title = "from the first failing probe to the message handed to the channel; how many messages";

type Report = (line: string) => void;

export async function run(report: Report): Promise<void> {
  // No timer of ours keeps a process alive by itself.
  const alive = setInterval(() => undefined, 60_000);
  await alone(report);
  clearInterval(alive);
  atOnce(report, 200);
  atOnce(report, 20_000);
  flapping(report);
}

/** Real store, real clock: what is added to the time that belief takes. */
async function alone(report: Report): Promise<void> {
  const directory = mkdtempSync(path.join(tmpdir(), "gonogo-bench-"));
  const doors = openDoors();
  const store = await openStore(path.join(directory, "gonogo.db"), doors.clock, doors.random);
  const rounds = 20;
  const monitors = Array.from({ length: rounds }, (_, index) =>
    monitorOf(`part-${index}/answers`, { confirm: { failures: 3, successes: 1 }, every: "1s" }),
  );
  const channel = testChannel("oncall");
  const alerting = await startAlerting({
    launch: "bench",
    environment: "production",
    policy: policyOf({ channels: [channel], grouping: { ...policyOf().grouping, by: "component" } }),
    deploy: launchOf({}).deploy,
    monitors,
    touched: [],
    store,
    doors,
    variables: async () => new Map(),
  });
  const added: number[] = [];
  for (const [index, { id }] of monitors.entries()) {
    for (let turn = 0; turn < 3; turn++) {
      alerting.take([readingOf(id, "down", doors.clock.now())]);
      await doors.clock.delay(20);
    }
    const believedAt = doors.clock.now() - 20;
    while (channel.taken.length <= index) await doors.clock.delay(5);
    added.push(doors.clock.now() - believedAt);
  }
  await alerting[Symbol.asyncDispose]();
  await store[Symbol.asyncDispose]();
  await doors[Symbol.asyncDispose]();
  rmSync(directory, { recursive: true, force: true });
  added.sort((a, b) => a - b);
  const worst = added.at(-1) ?? 0;
  report(
    `one monitor alone, ${rounds} times: confirmation + ${added[rounds / 2]} ms (median), + ${worst} ms (worst); aim: 2,000 ms at most`,
  );
}

/** The clock is turned by hand: probes 20 s apart and spread over the interval, three failures believed. */
function atOnce(report: Report, count: number): void {
  const monitors = Array.from({ length: count }, (_, index) => monitorOf(`part-${index}/answers`));
  const world = watched(monitors);
  const from = process.cpuUsage();
  const began = performance.now();
  for (let turn = 0; turn < 6; turn++) {
    probeAll(world, monitors, MINUTE + turn * 20 * SECOND);
  }
  world.until(10 * MINUTE);
  const { user, system } = process.cpuUsage(from);
  const [first] = world.messages;
  const confirmedAt = world.changes.find(({ transitions }) => transitions.length > 0)?.at ?? 0;
  report(
    `${count} monitors that fail at once: ${world.messages.length} message, ` +
      `${(((first?.at ?? 0) - confirmedAt) / 1_000).toFixed(1)} s after the first was believed, naming "${first?.notice.title}"; ` +
      `${((performance.now() - began) / 1_000).toFixed(1)} s, ${((user + system) / 1e6).toFixed(1)} s of CPU`,
  );
}

function probeAll(world: ReturnType<typeof watched>, monitors: readonly Monitor[], from: number): void {
  const batches = 200;
  for (let batch = 0; batch < batches; batch++) {
    const at = from + (batch * 20 * SECOND) / batches;
    const part = monitors.filter((_, index) => index % batches === batch);
    world.until(at);
    world.read(...part.map(({ id }) => readingOf(id, "down", at)));
  }
}

function flapping(report: Report): void {
  const confirm = { failures: 1, successes: 1 };
  const grouping = { ...policyOf().grouping, waitMs: 30 * SECOND, gatherMs: 30 * SECOND };
  for (const minutes of [1, 10]) {
    const world = watched([monitorOf("api/answers", { confirm })], policyOf({ grouping }));
    for (let at = 0; at < 24 * HOUR; at += minutes * MINUTE) {
      world.until(at);
      world.read(readingOf("api/answers", (at / MINUTE / minutes) % 2 === 0 ? "down" : "up", at));
    }
    world.until(24 * HOUR);
    const { length } = world.messages;
    report(
      `24 h of flapping every ${minutes} min: ${length} messages, as Alertmanager (group_wait 30 s, group_interval 5 m)`,
    );
  }
}
