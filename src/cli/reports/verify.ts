import { createHash } from "node:crypto";
import path from "node:path";
import { UserError } from "../../model/errors.ts";
import { utc } from "../../model/phase-times.ts";
import { quantity } from "../../model/quantity.ts";
import type { World } from "../../wiring.ts";
import { type ExitCode, type Given, text } from "../command.ts";
import type { VerifyRecord } from "../output/contracts/report.ts";
import { folded } from "../output/plain-text.ts";
import { proofFor, readProof } from "../output/proof.ts";
import { type OpenScene, openScene } from "../scene.ts";
import { evidenceDirectory } from "../sign-evidence.ts";
import { chainRecord } from "./record.ts";

/** Recomputes both chains and the hashes of evidence files. 1 when anything is not as it was written. */
export async function verifyReport(world: World, given: Given): Promise<ExitCode> {
  const format = text(given, "format") ?? "text";
  if (format !== "text" && format !== "json")
    throw new UserError(`--verify has no format "${format}"`, { fix: "text or json" });
  const words = text(given, "anchor");
  if (words !== undefined) readProof(words);
  await using scene = await openScene(world, given);
  const { store } = scene;
  const evidence = await store.evidence.audit();
  const people = await store.people.audit();
  const attachments = await attachmentsOf(scene);
  const anchor = await heldProof(store, words);
  const record: VerifyRecord = {
    version: 1,
    kind: "verify",
    launch: scene.launch.name,
    at: scene.doors.clock.now(),
    intact:
      evidence.breaks.length + people.breaks.length === 0 &&
      attachments.every(({ state }) => state === "kept") &&
      anchor?.holds !== false &&
      anchor?.people?.holds !== false,
    chains: { evidence: chainRecord(evidence), people: chainRecord(people) },
    anchor,
    attachments,
  };
  world.output.write(
    format === "json"
      ? (await import("../output/json.ts")).json(record)
      : folded(verifyText(record), world.output),
  );
  return record.intact ? 0 : 1;
}

async function heldProof(
  store: OpenScene["store"],
  words: string | undefined,
): Promise<VerifyRecord["anchor"]> {
  if (words === undefined) return null;
  const { evidence, people } = readProof(words);
  return {
    ...evidence,
    holds: (await store.evidence.hashOf(evidence.row)) === evidence.hash,
    people: people ? { ...people, holds: (await store.people.hashOf(people.row)) === people.hash } : null,
  };
}

async function attachmentsOf({ launch, store, doors }: OpenScene): Promise<VerifyRecord["attachments"]> {
  const signOffs = (
    await Promise.all(launch.environments.map(({ name }) => store.people.signOffs(name)))
  ).flat();
  const found = signOffs.flatMap(({ item, attachment }) => (attachment ? [{ item, attachment }] : []));
  return await Promise.all(
    found.map(async ({ item, attachment: { name, sha256 } }) => {
      const file = path.join(evidenceDirectory(launch.directory), sha256);
      const bytes = await doors.files.readBytes(file, { maxBytes: 50 * 1_048_576 });
      const state = !bytes
        ? ("missing" as const)
        : createHash("sha256").update(bytes).digest("hex") === sha256
          ? ("kept" as const)
          : ("changed" as const);
      return { item, name, sha256, state };
    }),
  );
}

const CHANGES = {
  changed: "is not what was written, or the row before it is not",
  removed: "was removed",
  inserted: "was put in afterwards",
  hidden: "is the newest answer, but an older one is shown as that",
  "cut off": "is not the end that was written: rows after it were removed, or the end was changed",
} as const;

function verifyText({ intact, chains, anchor, attachments }: VerifyRecord): string {
  const told = (["evidence", "people"] as const).flatMap((name) =>
    chains[name].breaks.map(({ seq, change, row, before }) => {
      const who = row ? ` (${row.about}, ${row.environment}, ${utc(row.at)})` : "";
      const after = before ? `; before it: row ${before.seq} (${before.about}, ${utc(before.at)})` : "";
      return `  ${name === "people" ? "answer" : "evidence"} ${seq}${who} ${CHANGES[change]}${after}`;
    }),
  );
  const files = attachments
    .filter(({ state }) => state !== "kept")
    .map(
      ({ item, name, sha256, state }) =>
        `  ${name}, evidence of ${item}, is ${state} (.gonogo/evidence/${sha256})`,
    );
  const said = (what: string, { row, holds }: { row: number; holds: boolean }): string =>
    `  ${what} ${row} ${holds ? "is" : "is not"} the one that proof was given of`;
  const proof = anchor
    ? [said("evidence", anchor), ...(anchor.people ? [said("answer", anchor.people)] : [])]
    : [];
  const { evidence, people } = chains;
  return [
    intact ? "The evidence is as it was written." : "The evidence is NOT as it was written:",
    ...told,
    ...files,
    ...proof,
    `  evidence  ${quantity(evidence.rows, "row")}, head ${evidence.head}`,
    `  answers   ${quantity(people.rows, "row")}, head ${people.head}`,
    `  files     ${attachments.length} kept`,
    intact
      ? `Next: write down ${proofFor(chains)}; \`gonogo report --verify --anchor\` proves it later`
      : `Next: ${nextAfterBreak({ chains, attachments })}; do not trust what is named above`,
    "",
  ].join("\n");
}

function nextAfterBreak({ chains, attachments }: Pick<VerifyRecord, "chains" | "attachments">): string {
  const rows = chains.evidence.breaks.length + chains.people.breaks.length;
  const isFileAlone = rows === 0 && attachments.some(({ state }) => state !== "kept");
  return isFileAlone
    ? "bring back the files named above from a backup, or sign their lines again"
    : "restore .gonogo/gonogo.db from a backup, or check everything anew";
}
