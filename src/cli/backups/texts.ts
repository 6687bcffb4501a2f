import { timeText } from "../../backups/point-in-time/reach.ts";
import { quoteIdentifier } from "../../components/postgres/identifiers.ts";
import { formatDuration } from "../../model/duration.ts";
import { quantity } from "../../model/quantity.ts";
import { formatSize } from "../../model/size.ts";
import { folded } from "../output/plain-text.ts";
import { reachLines } from "../reach-lines.ts";
import { joined } from "../texts.ts";
import type { BackupEntry, BackupRecord, BackupsRecord, PruneRecord, RestoreRecord } from "./records.ts";

export function backupText({ backup, launch, environment }: BackupRecord, now: number): string {
  const head = `${launch} · ${environment}`;
  if (!backup)
    return joined([head, "  made, and still to be brought away", `Next: gonogo backup --env ${environment}`]);
  return joined([
    `${head} · ${backup.id}`,
    ...entryLines(backup, now).slice(1),
    `Next: ${nextAfter(backup, environment)}`,
  ]);
}

function nextAfter({ proof, id }: BackupEntry, environment: string): string {
  if (proof?.verdict === "proven") return `gonogo restore --list --env ${environment}`;
  return proof
    ? `mend what is named above, then gonogo backups verify ${id} --env ${environment}`
    : `gonogo backups verify ${id} --env ${environment}: until it was restored and compared it counts for nothing`;
}

export function backupsText(
  { backups, unreachable, launch, environment, pointInTime = [] }: BackupsRecord,
  now: number,
): string {
  const lines = backups.flatMap((each) => entryLines(each, now));
  if (lines.length === 0) lines.push("  none yet");
  lines.push(...reachLines(pointInTime));
  const away = unreachable.map(
    ({ destination, reason }) => `  ✗ ${destination} cannot be reached: ${reason}`,
  );
  const newest = backups[0];
  const next =
    newest === undefined
      ? `gonogo backup --env ${environment}`
      : newest.proof?.verdict === "proven"
        ? `gonogo restore ${newest.id} ${howToRestore(newest)} --env ${environment}`
        : `gonogo backups verify ${newest.id} --env ${environment}`;
  return joined([`${launch} · ${environment}`, ...lines, ...away, `Next: ${next}`]);
}

function entryLines(entry: BackupEntry, now: number): string[] {
  const { proof, damage } = entry;
  const isGood = proof?.verdict === "proven" && damage.length === 0;
  const release = entry.release ? ` of ${entry.release}` : "";
  return [
    `  ${isGood ? "✓" : proof?.verdict === "failed" || damage.length > 0 ? "✗" : "?"} ${entry.id}  ${ago(now - entry.startedAt)}${release}, ${entry.reason}, in ${entry.destination}`,
    `    ${formatSize(entry.storedBytes)} (${formatSize(entry.plainBytes)} before) in ${formatDuration(entry.tookMs)}, to ${entry.place}`,
    ...entry.parts.map(
      (part) => `      ${part.component}: ${part.holds}; ${formatSize(part.storedBytes)} stored`,
    ),
    `    ${proofWords(entry, now)}`,
    ...[...damage, ...(proof?.problems ?? [])].map(({ kind, what }) => `    ${kind}: ${what}`),
  ];
}

function howToRestore({ parts }: BackupEntry): string {
  if (parts.some(({ kind }) => kind === "postgres")) return "--beside";
  return `--component ${parts[0]?.component} --into ...`;
}

function proofWords({ proof }: BackupEntry, now: number): string {
  if (!proof) return "never restored: nobody knows whether it is one";
  const when = ago(now - proof.provenAt);
  if (proof.verdict === "unproven") return `could not be told ${when}`;
  if (proof.verdict === "failed") return `restored and compared ${when}: it is not good`;
  const compared = [
    proof.tables > 0 &&
      `${quantity(proof.tables, "table")}, ${quantity(proof.rows, "row")}, ${proof.sampledRows} of them by checksum`,
    proof.files > 0 && `${quantity(proof.files, "file")} by checksum`,
    proof.keys > 0 && quantity(proof.keys, "key"),
    proof.evidenceRows > 0 && `${quantity(proof.evidenceRows, "row")} of evidence`,
  ].filter((each) => each !== false);
  return `restored and compared ${when}, RTO ${formatDuration(proof.restoreMs + proof.compareMs)}: ${compared.join("; ")}`;
}

export function pruneText({ destinations, dryRun, launch, environment }: PruneRecord): string {
  const lines = destinations.flatMap(({ destination, kept, removed, leftovers }) => [
    `  ${destination}: ${kept.length} kept, ${removed.length} ${dryRun ? "would be removed" : "removed"}${leftovers.length > 0 ? `, ${quantity(leftovers.length, "leftover")} too` : ""}`,
    ...kept.map(({ id, why }) => `    ${id}  ${why.join(", ")}`),
    ...removed.map((id) => `    ${id}  ${dryRun ? "would go" : "gone"}`),
  ]);
  const next = dryRun ? `gonogo backups prune --env ${environment}` : `gonogo backups --env ${environment}`;
  return joined([`${launch} · ${environment}`, ...lines, `Next: ${next}`]);
}

/**
 * `isBeside`: into a new database on the live one's server, which nothing but a statement removes. Folded but for the
 * line that is to be pasted.
 */
export function restoreText(
  { launch, environment, ...record }: RestoreRecord,
  { isBeside, columns }: { readonly isBeside: boolean; readonly columns: number },
): string {
  const { backup, at, into, aside, freshBackup, connection, problems, tookMs } = record;
  const what = at === undefined ? backup : `the database as of ${timeText(at)}, from ${backup},`;
  const lines = [`  ${what} restored into ${into} in ${formatDuration(tookMs)}`];
  const source = at === undefined ? "what was backed up" : "the server that was recovered";
  if (problems.length === 0) lines.push(`  it agrees with ${source}`);
  else lines.push(...problems.map(({ kind, what }) => `  ✗ ${kind}: ${what}`));
  if (freshBackup) lines.push(`  what was live before is in the backup ${freshBackup}`);
  if (aside) lines.push(`  and in the database ${aside}, until you drop it as its owner: ${dropping(aside)}`);
  const afterwards = isBeside
    ? `when you are done, as its owner: ${dropping(into)}`
    : "remove it when you are done";
  const next = aside ? `gonogo check --env ${environment}` : `look at ${into}; ${afterwards}`;
  const before = folded(joined([`${launch} · ${environment}`, ...lines]), { columns });
  const after = folded(joined([`Next: ${next}`]), { columns });
  if (!connection) return `${before}${after}`;
  const { address, password, psql } = connection;
  const told = folded(joined([`  ${aside ?? into} is at ${address}`, `  its password is ${password}`]), {
    columns,
  });
  return `${before}${told}${joined([`    ${psql}`])}${after}`;
}

function dropping(database: string): string {
  return `drop database ${quoteIdentifier(database)};`;
}

function ago(ms: number): string {
  return ms < 1_000 ? "just now" : `${formatDuration(ms)} ago`;
}
