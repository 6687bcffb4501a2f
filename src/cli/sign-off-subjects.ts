import { createHash } from "node:crypto";
import path from "node:path";
import type { Files } from "../model/doors.ts";
import type { Item } from "../model/item.ts";
import type { Launch } from "../model/launch.ts";

const LARGEST_BYTES = 50 * 1_048_576;

/**
 * Lines that people answer, each with what a sign-off of it is about: its words, where they stand, the page it names and
 * its document as it is now, and who has to sign. A document that is not there, is empty or cannot be read leaves nothing to sign.
 */
export async function withSubjects(items: readonly Item[], launch: Launch, files: Files): Promise<Item[]> {
  return await Promise.all(
    items.map(async (item): Promise<Item> => {
      if (item.answeredBy.by !== "person") return item;
      const rules = {
        ...(launch.people?.approverDiffers && { approverDiffers: true }),
        ...item.answeredBy.rules,
      };
      const answeredBy = { by: "person" as const, ...(Object.keys(rules).length > 0 && { rules }) };
      const { file, link, approver } = rules;
      const document = file === undefined ? undefined : await look(path.join(launch.directory, file), files);
      if (typeof document === "object")
        return { ...item, answeredBy, obstacle: `${file} ${document.missing}` };
      const { above = [], below = [] } = item.surroundings ?? {};
      const asked = [file, link, approver, document].map((each) => each ?? null);
      const about = JSON.stringify([item.text, above, below, ...asked]);
      return { ...item, answeredBy, subject: createHash("sha256").update(about).digest("hex").slice(0, 16) };
    }),
  );
}

/** Hash of a document, or why there is none. */
async function look(file: string, files: Files): Promise<string | { missing: string }> {
  const found = await files.stat(file);
  if (!found) return { missing: "is not there" };
  if (found.isDirectory) return { missing: "is a directory, not a document" };
  if (!found.isFile) return { missing: "is a pipe or a device, not a document" };
  if (found.sizeBytes > LARGEST_BYTES) return { missing: "is too large to be read as a document" };
  const bytes = await files.readBytes(file, { maxBytes: LARGEST_BYTES });
  if (!bytes || Buffer.from(bytes).toString("latin1").trim() === "") return { missing: "is empty" };
  return createHash("sha256").update(bytes).digest("hex");
}
