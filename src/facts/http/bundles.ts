import { DoesNotApply, defineFact, type FactContext } from "../../model/fact.ts";
import type { HttpOptions } from "./options.ts";
import { httpPages } from "./pages.ts";

/** What every visitor's browser gets. The texts stay in memory: they are searched, never stored. */
export interface Bundles {
  readonly files: readonly { readonly name: string; readonly text: string }[];
  /** Too big or too many to be searched. */
  readonly skipped: number;
}

const TEXT_NAME = /\.(m?js|css|html?|json|map|txt|svg|xml|webmanifest)$/i;
const MAX_FILE_BYTES = 8 * 1_048_576;
const MAX_TOTAL_BYTES = 64 * 1_048_576;
const MAX_FILES = 5_000;

/** A site's built files; of a web component, what its pages and their assets were seen to contain. */
export const httpBundles = defineFact<Bundles, HttpOptions & { readonly directory?: string }>({
  id: "http.bundles",
  access: "read",
  reach: "application",
  timeoutMs: 45_000,
  async collect(context) {
    const { directory } = context.subject.options;
    if (directory !== undefined) return readBuilt(context, `${context.subject.directory}/${directory}`);
    const { list } = await context.get(httpPages);
    const sent = list.filter(({ status, text }) => status < 500 && text !== "");
    return { files: sent.map(({ label, text }) => ({ name: label, text })), skipped: 0 };
  },
});

async function readBuilt(
  { doors: { files }, signal }: Pick<FactContext<never>, "doors" | "signal">,
  root: string,
): Promise<Bundles> {
  const found: { name: string; text: string }[] = [];
  const queue = [""];
  let [bytes, entries, skipped] = [0, 0, 0];
  if (!(await files.stat(root))?.isDirectory) throw new DoesNotApply(`${root} is not built yet`);
  for (const folder of queue) {
    for (const entry of await files.list(`${root}/${folder}`)) {
      signal.throwIfAborted();
      const name = `${folder}${entry}`;
      const stat = await files.stat(`${root}/${name}`);
      if (stat?.isDirectory) {
        queue.push(`${name}/`);
        continue;
      }
      if (!stat || !TEXT_NAME.test(name)) continue;
      entries += 1;
      bytes += stat.sizeBytes;
      if (stat.sizeBytes > MAX_FILE_BYTES || bytes > MAX_TOTAL_BYTES || entries > MAX_FILES) {
        skipped += 1;
        continue;
      }
      const text = await files.read(`${root}/${name}`, { maxBytes: MAX_FILE_BYTES });
      if (text !== undefined) found.push({ name, text });
    }
  }
  return { files: found, skipped };
}
