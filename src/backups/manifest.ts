import { createHash } from "node:crypto";
import { z } from "zod";
import type { BackupManifest, BackupProblem, BackupProof } from "../model/backup.ts";
import type { Clock, Random } from "../model/doors.ts";
import { jsonIn } from "../model/json.ts";

export const MANIFEST = "manifest.json";
export const PROOF = "proof.json";
/** Raised whenever what was written before can no longer be restored. */
export const FORMAT = 2;

const object = z.object({
  name: z.string().regex(/^[\w.-]+$/, "no path"),
  holds: z.enum([
    "structure",
    "data",
    "rows of a table",
    "contents",
    "files",
    "list of files",
    "rdb",
    "sqlite",
  ]),
  sizeBytes: z.int().min(0),
  plainBytes: z.int().min(0),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
});
const base = { component: z.string(), takenAt: z.number(), objects: z.array(object) };
const part = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("postgres"),
    ...base,
    database: z.string(),
    serverVersion: z.string(),
    serverMajor: z.int(),
    nextTransaction: z.string(),
  }),
  z.object({
    kind: z.literal("files"),
    ...base,
    directory: z.string(),
    files: z.number(),
    sizeBytes: z.number(),
  }),
  z.object({
    kind: z.literal("redis"),
    ...base,
    serverVersion: z.string(),
    serverMajor: z.int(),
    usedBytes: z.number(),
  }),
  z.object({ kind: z.literal("store"), ...base, evidenceRows: z.number() }),
]);
const ID = /^b\d{8}T\d{6}Z-[0-9a-f]{4}$/;
const manifest = z.object({
  version: z.union([z.literal(1), z.literal(FORMAT)]),
  id: z.string().regex(ID),
  launch: z.string(),
  environment: z.string(),
  release: z.string().nullable(),
  reason: z.enum(["schedule", "by hand", "before a migration", "with a deploy", "before a restore"]),
  startedAt: z.number(),
  finishedAt: z.number(),
  tools: z.record(z.string(), z.string()),
  recipients: z.array(z.string()),
  parts: z.array(part),
});
const problem = z.object({
  kind: z.enum([
    "missing object",
    "corrupt",
    "truncated",
    "wrong key",
    "wrong version",
    "missing extension",
    "cannot be restored",
    "rows differ",
    "rule missing",
    "sequence behind",
    "invariant broken",
    "files differ",
    "keys differ",
    "evidence differs",
    "no room",
    "unreachable",
  ]),
  what: z.string(),
});
const proof = z.object({
  version: z.literal(1),
  backup: z.string(),
  manifest: z.string(),
  provenAt: z.number(),
  verdict: z.enum(["proven", "failed", "unproven"]),
  problems: z.array(problem),
  restoreMs: z.number(),
  compareMs: z.number(),
  tables: z.number(),
  rows: z.number(),
  sampledRows: z.number(),
  files: z.number(),
  keys: z.number(),
  evidenceRows: z.number(),
  serverVersion: z.string().nullable(),
});

/** Undefined when the text is no manifest of this version: what lies there is no backup. */
export function parseManifest(text: string): BackupManifest | undefined {
  const parsed = manifest.safeParse(jsonIn(text));
  if (!parsed.success) return undefined;
  return { ...parsed.data, release: parsed.data.release ?? undefined };
}

/** Why this Gonogo cannot restore it, though nothing of it may be damaged. */
export function olderFormat({ version }: BackupManifest): BackupProblem | undefined {
  if (version === FORMAT) return undefined;
  const what = `it was made by an older version of Gonogo, in format ${version}; this one restores format ${FORMAT}`;
  return { kind: "wrong version", what };
}

export function parseProof(text: string): BackupProof | undefined {
  const parsed = proof.safeParse(jsonIn(text));
  if (!parsed.success) return undefined;
  return { ...parsed.data, serverVersion: parsed.data.serverVersion ?? undefined };
}

/** What a manifest is made of and nothing else: what a part knows besides lies sealed. */
export function manifestText(value: BackupManifest): string {
  const known = manifest.parse({ ...value, release: value.release ?? null });
  return `${JSON.stringify(known, null, 1)}\n`;
}

export function proofText(value: BackupProof): string {
  return `${JSON.stringify({ ...value, serverVersion: value.serverVersion ?? null }, null, 1)}\n`;
}

export function sha256Of(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

/** "b20261121T073000Z-4f2a": sorts by time, and two machines do not meet. */
export function newBackupId({ clock, random }: { clock: Clock; random: Random }): string {
  return `b${new Date(clock.now()).toISOString().replace(/\.\d+|[-:]/g, "")}-${random.hex(2)}`;
}

export function isBackupId(text: string): boolean {
  return ID.test(text);
}
