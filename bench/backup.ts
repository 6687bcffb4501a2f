import { execFileSync } from "node:child_process";
import { chmodSync, mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { generateX25519Identity, identityToRecipient } from "age-encryption";
import { startPostgres } from "../test/fixtures/postgres.ts";
import { mb, seconds, type Work, warmUp, work } from "./backup/start-work.ts";

export const title = "a backup, a restore and a proof beside pg_dump, age and pg_restore by hand";

const MEGABYTES = Number(process.env.BENCH_MEGABYTES ?? 2_048);
const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 2);
/** Rows of the three tables for one megabyte of the database. */
const ROWS_PER_MB = { entry: 3_075, event: 1_815, wallet: 1_258 };

/** Both sides dump, seal and restore the same database on the same server, one after the other, in each round. */
export async function run(report: (line: string) => void): Promise<void> {
  const project = mkdtempSync(path.join(tmpdir(), "gonogo-bench-backup-"));
  chmodSync(project, 0o755);
  await using server = await startPostgres({
    settings: { shared_buffers: "256MB", max_wal_size: "8GB", wal_level: "minimal", max_wal_senders: "0" },
  });
  try {
    const megabytes = await fill(server);
    report(
      `${Math.round(megabytes)} MB in 3 tables, 4 indexes and a foreign key; pg_dump and pg_restore with 2 jobs on both sides`,
    );
    const recipient = await identityToRecipient(await generateX25519Identity());
    warmUp(project, { SOURCE_URL: server.adminUrl.reveal() });
    const ours: Work[] = [];
    const theirs: number[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      theirs.push(byHand(project, server.adminUrl.reveal(), recipient));
      ours.push(work(project, "back-up", { SOURCE_URL: server.adminUrl.reveal() }));
    }
    const bytes = statSync(path.join(project, "by-hand.age")).size;
    tell(
      report,
      "backup",
      ours.map(({ tookMs }) => tookMs),
      theirs,
      "pg_dump -Fd -j2, tar, age",
    );
    report(
      `  stored: ours ${mb(ours[0]?.storedBytes ?? 0)}, by hand ${mb(bytes)}; ours counted and hashed rows meanwhile`,
    );
    const restores: Work[] = [];
    const proofs: Work[] = [];
    const byPgRestore: number[] = [];
    const restoreOurs = async (name: string): Promise<void> => {
      const { adminUrl } = await server.database(name);
      restores.push(
        work(project, "restore", { SOURCE_URL: server.adminUrl.reveal(), COPY_URL: adminUrl.reveal() }),
      );
      await server.admin(`drop database "${name}"`);
    };
    const restoreTheirs = async (name: string): Promise<void> => {
      const { adminUrl } = await server.database(name);
      const args = ["-j2", "-d", adminUrl.reveal(), path.join(project, "dump")];
      byPgRestore.push(timed(() => execFileSync("pg_restore", args)));
      await server.admin(`drop database "${name}"`);
    };
    for (let round = 0; round < ROUNDS; round++) {
      // Whoever goes second finds what was read by the first still in memory, so they take turns at that.
      const turns = round % 2 === 0 ? [restoreOurs, restoreTheirs] : [restoreTheirs, restoreOurs];
      for (const [turn, restore] of turns.entries()) await restore(`copy_${round}_${turn}`);
      proofs.push(work(project, "prove", { SOURCE_URL: server.adminUrl.reveal() }));
    }
    const each = (times: readonly number[]): string => times.map(seconds).join(", ");
    report(
      `  every round: backup ${each(ours.map(({ tookMs }) => tookMs))} beside ${each(theirs)}; restore ${each(restores.map(({ tookMs }) => tookMs))} beside ${each(byPgRestore)}; proof ${each(proofs.map(({ tookMs }) => tookMs))}`,
    );
    tell(
      report,
      "restore",
      restores.map(({ tookMs }) => tookMs),
      byPgRestore,
      "pg_restore -j2 of the plain dump",
    );
    const alone = best(restores.map(({ tookMs }) => tookMs));
    const proof = best(proofs.map(({ tookMs }) => tookMs));
    report(`proof ${seconds(proof)}: ${(proof / alone).toFixed(2)}x the restore alone`);
    const peak = (of: readonly Work[]): string =>
      `${Math.round(Math.max(...of.map(({ peakMb }) => peakMb)))} MB`;
    report(
      `peak memory of our process: backup ${peak(ours)}, restore ${peak(restores)}, proof ${peak(proofs)}`,
    );
  } finally {
    rmSync(project, { recursive: true, force: true });
  }
}

async function fill(server: Awaited<ReturnType<typeof startPostgres>>): Promise<number> {
  const rows = (name: keyof typeof ROWS_PER_MB): number => ROWS_PER_MB[name] * MEGABYTES;
  await server.admin(`
    create table wallet (id bigint primary key, owner uuid not null, cents bigint not null, at timestamptz not null);
    insert into wallet select n, gen_random_uuid(), (random() * 1e6)::bigint, now() - n * interval '1 second' from generate_series(1, ${rows("wallet")}) n;
    create table entry (id bigint primary key, wallet bigint not null references wallet, cents bigint not null, note text, at timestamptz not null default now());
    insert into entry select n, 1 + n % ${rows("wallet")}, (random() * 1e4)::bigint, 'minute ' || n || ' of a session about ' || md5(n::text) from generate_series(1, ${rows("entry")}) n;
    create table event (id bigint primary key, body jsonb not null);
    insert into event select n, jsonb_build_object('kind', (array['opened','paid','ended'])[1 + n % 3], 'reader', md5((n % 1000)::text), 'session', gen_random_uuid(), 'seconds', n % 3600) from generate_series(1, ${rows("event")}) n;
    create index entry_wallet on entry (wallet); create index event_kind on event ((body ->> 'kind'));`);
  await server.admin("vacuum analyze");
  const [size] = await server.admin("select pg_database_size(current_database())::float8 / 1048576 as mb");
  return Number(size?.mb);
}

function byHand(project: string, url: string, recipient: string): number {
  rmSync(path.join(project, "dump"), { recursive: true, force: true });
  const line = `pg_dump -Fd -j2 -f dump "$1" && tar -cf - dump | age -r ${recipient} > by-hand.age`;
  return timed(() => execFileSync("/bin/sh", ["-ec", line, "sh", url], { cwd: project }));
}

function timed(work: () => unknown): number {
  const from = performance.now();
  work();
  return performance.now() - from;
}

/** The quickest round of each side, and the middle one of the ratios of rounds, which load of others moves less. */
function tell(
  report: (line: string) => void,
  what: string,
  ours: readonly number[],
  theirs: readonly number[],
  peer: string,
): void {
  const ratios = ours.map((took, round) => (theirs[round] ?? 0) / took).toSorted((a, b) => a - b);
  const middle = (ratios[(ratios.length - 1) >> 1] ?? 0) / 2 + (ratios[ratios.length >> 1] ?? 0) / 2;
  report(
    `${what} ${seconds(best(ours))}, ${peer} ${seconds(best(theirs))}: ${(best(theirs) / best(ours)).toFixed(2)}x its speed, by rounds ${middle.toFixed(2)}x (${ratios.map((each) => each.toFixed(2)).join(", ")})`,
  );
}

const best = (times: readonly number[]): number => Math.min(...times);
