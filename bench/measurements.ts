import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { DatabaseSync } from "node:sqlite";
import { KEPT_MS } from "../src/store/measurements/kept.ts";
import type { Resolution } from "../src/store/measurements/measurement-store.ts";
import { STEP_MS } from "../src/store/measurements/measurement-store.ts";
import { inTransaction, openPartitions } from "../src/store/measurements/partitions.ts";
import { insertReading, READINGS } from "../src/store/measurements/reading-table.ts";
import { addSum, emptySum, SUMS } from "../src/store/measurements/sum-table.ts";
import { openFiles } from "../src/system/files.ts";

export const title = "the size of a year of 500 monitors at 20 s, and what removing a day of it takes";

const MONITORS = 500;
const EVERY_MS = 20_000;
const DAY_MS = 86_400_000;
const NOW = Date.UTC(2026, 10, 21, 8);
/** The longest a file may outlast what it holds: its own length. */
const FILE_MS = { reading: 3_600_000, minute: DAY_MS, hour: 31 * DAY_MS, day: 366 * DAY_MS } as const;
type Report = (line: string) => void;

export async function run(report: Report): Promise<void> {
  const directory = await mkdtemp(path.join(tmpdir(), "bench-measurements-"));
  try {
    let total = await writeReadings(directory, report);
    for (const step of ["minute", "hour", "day"] as const) total += await writeSums(directory, step, report);
    report(`a year of ${MONITORS} monitors at 20 s: ${mb(total)} (under 1,024 MB)`);
    await compareRemoval(directory, report);
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

/** As many as are ever there at once: what is kept and the file that is only just too young to go. */
async function writeReadings(directory: string, report: Report): Promise<number> {
  const files = openFiles();
  const partitions = openPartitions(directory, READINGS, files);
  let rows = 0;
  for (let from = NOW - KEPT_MS.reading - FILE_MS.reading; from < NOW; from += FILE_MS.reading) {
    const partition = await partitions.at(from);
    await inTransaction(partition, () => {
      for (let at = from; at < from + FILE_MS.reading; at += EVERY_MS) {
        for (let number = 1; number <= MONITORS; number++, rows++) {
          const value = 20 + ((number * 7 + at / EVERY_MS) % 400) / 3;
          const state = rows % 5_000 === 0 ? ("down" as const) : ("up" as const);
          const detail = "/health answered 503";
          insertReading(partition, number, {
            monitor: "",
            at: at + number,
            state,
            tookMs: value,
            value,
            release: "r123",
            detail,
          });
        }
      }
    });
  }
  partitions.close();
  return await reportSize(report, { directory, name: READINGS.name, rows });
}

async function writeSums(directory: string, step: Resolution, report: Report): Promise<number> {
  const partitions = openPartitions(directory, SUMS[step], openFiles());
  let rows = 0;
  const lengthMs = Math.min(KEPT_MS[step], 366 * DAY_MS) + (step === "day" ? 0 : FILE_MS[step]);
  const first = NOW - lengthMs - ((NOW - lengthMs) % DAY_MS);
  for (let from = first; from < NOW; from += DAY_MS) {
    const partition = await partitions.at(from);
    await inTransaction(partition, () => {
      for (let number = 1; number <= MONITORS; number++) {
        for (let at = from; at < from + DAY_MS; at += STEP_MS[step], rows++) {
          const up = STEP_MS[step] / EVERY_MS;
          const total = up * (20 + ((number * 7 + at / STEP_MS[step]) % 400) / 3);
          addSum(partition, number, {
            ...emptySum(at),
            up,
            valued: up,
            total,
            least: 11.3,
            most: 151.7,
            release: "r123",
          });
        }
      }
    });
  }
  partitions.close();
  return await reportSize(report, { directory, name: SUMS[step].name, rows });
}

async function reportSize(
  report: Report,
  { directory, name, rows }: { directory: string; name: string; rows: number },
): Promise<number> {
  const files = openFiles();
  let bytes = 0;
  for (const file of await files.list(`${directory}/${name}`)) {
    bytes += (await files.stat(`${directory}/${name}/${file}`))?.sizeBytes ?? 0;
  }
  report(`${name}: ${rows} rows, ${mb(bytes)}, ${(bytes / rows).toFixed(0)} B a row`);
  return bytes;
}

/** A day of minutes, as one file and as rows of a table that holds five such days. */
async function compareRemoval(directory: string, report: Report): Promise<void> {
  const files = openFiles();
  const names = (await files.list(`${directory}/minute`)).filter((name) => name.endsWith(".db")).sort();
  const [oldest = "", ...others] = names;
  const all = new DatabaseSync(`${directory}/all.db`);
  all.exec("pragma auto_vacuum = incremental; pragma journal_mode = wal; pragma synchronous = normal");
  for (const [index, name] of [oldest, ...others].entries()) {
    all.exec(`attach '${directory}/minute/${name}' as part`);
    if (index === 0)
      all.exec(
        "create table sum as select * from part.sum where 0; create unique index sum_key on sum (monitor, at)",
      );
    all.exec("insert into sum select * from part.sum; detach part");
  }
  const border = Date.parse(`${oldest.slice(0, 10)}T00:00Z`) + DAY_MS;
  const deleting = timed(() => all.exec(`delete from sum where at < ${border}; pragma incremental_vacuum`));
  all.close();
  const partitions = openPartitions(directory, SUMS.minute, files);
  const from = performance.now();
  await partitions.dropBefore(border);
  const dropping = performance.now() - from;
  partitions.close();
  report(
    `removing the oldest day of minutes: ${dropping.toFixed(0)} ms as a file, ` +
      `${deleting.toFixed(0)} ms as rows with the space given back, all of it standing still; ratio ${(deleting / dropping).toFixed(0)}`,
  );
}

function timed(work: () => void): number {
  const from = performance.now();
  work();
  return performance.now() - from;
}

function mb(bytes: number): string {
  return `${(bytes / 1_048_576).toFixed(0)} MB`;
}
