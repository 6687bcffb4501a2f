import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { startPostgres } from "../test/fixtures/postgres.ts";
import { mb, seconds, warmUp, work } from "./backup/start-work.ts";

export const title =
  "a backup, a restore and a proof of one large table and of rows that are large themselves";

const MEGABYTES = Number(process.env.BENCH_MEGABYTES ?? 5_120);
/** Of each such row; a server writes none whose text is longer than 1 GB, and a byte is two characters of it. */
const ROW_MEGABYTES = (process.env.BENCH_ROW_MEGABYTES ?? "1,2,5,20,50,100,200").split(",").map(Number);
const LINE_BYTES = 65_536;

/** Of random bytes, which nothing makes smaller; needs five times MEGABYTES of disk for a while. */
export async function run(report: (line: string) => void): Promise<void> {
  const project = mkdtempSync(path.join(tmpdir(), "gonogo-bench-backup-"));
  chmodSync(project, 0o755);
  await using server = await startPostgres({
    settings: { shared_buffers: "256MB", max_wal_size: "2GB", wal_level: "minimal", max_wal_senders: "0" },
  });
  try {
    const random = (bytes: string): string => `pg_read_binary_file('/dev/urandom', 0, ${bytes})`;
    await server.admin(`
      create table line (id bigint primary key, body bytea not null);
      alter table line alter body set storage external;
      create table recording (id bigint primary key, body bytea not null, words text not null);
      alter table recording alter body set storage external, alter words set storage external`);
    for (let done = 0; done < MEGABYTES; done += 256) {
      const [from, to] = [done, Math.min(done + 256, MEGABYTES)].map(
        (each) => (each * 1_048_576) / LINE_BYTES,
      );
      await server.admin(
        `insert into line select n, ${random(String(LINE_BYTES))} from generate_series(${from} + 1, ${to}) n`,
      );
    }
    for (const [id, size] of ROW_MEGABYTES.entries())
      await server.admin(
        `insert into recording select ${id}, ${random(`${size} * 1048576`)}, repeat(E'"it''s" \\\\ ünd\\n', 1000)`,
      );
    await server.admin("vacuum analyze");
    const [size] = await server.admin(
      "select pg_table_size('line')::float8 as line, pg_table_size('recording')::float8 as recording",
    );
    report(
      `${mb(Number(size?.line))} in rows of ${LINE_BYTES / 1_024} KB, ${mb(Number(size?.recording))} in rows of ${ROW_MEGABYTES.join(", ")} MB`,
    );
    const source = { SOURCE_URL: server.adminUrl.reveal() };
    warmUp(project, source);
    const tell = (what: string, { tookMs, peakMb }: ReturnType<typeof work>): void =>
      report(`${what} ${seconds(tookMs)}, at most ${Math.round(peakMb)} MB of memory`);
    const backup = work(project, "back-up", source);
    tell("backup", backup);
    report(`  ${mb(backup.storedBytes)} stored`);
    const copy = await server.database("copy");
    tell("restore", work(project, "restore", { ...source, COPY_URL: copy.adminUrl.reveal() }));
    await server.admin('drop database "copy"');
    tell("proof", work(project, "prove", source));
  } finally {
    rmSync(project, { recursive: true, force: true });
  }
}
