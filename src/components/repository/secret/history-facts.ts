import { DoesNotApply, defineFact } from "../../../model/fact.ts";
import { isAmong, type RepositoryOptions } from "../options.ts";
import { NO_TEXT, secretScan } from "./facts.ts";
import { addedBy, type Place, pastOf } from "./history.ts";
import { recallScanned, rememberScanned } from "./history-memory.ts";
import { type KnownValue, tellingValues, valuesIn } from "./known-values.ts";
import { loadScanner, type SecretFinding } from "./scan.ts";

export interface HistoryFinding extends SecretFinding {
  readonly commit: string;
}

export interface HistoryScan {
  /** Without what stands in the code today: that is told of the code. */
  readonly findings: readonly HistoryFinding[];
  readonly commits: number;
  /** Commits that were left out, for want of time or because they added too much. */
  readonly unread: number;
  readonly isShallow: boolean;
}

const AT_ONCE = 25;
const LONGEST_MS = 25_000;

/** The newest commits of the project's folder. What was searched once is not searched again by its form. */
export const historyScan = defineFact<HistoryScan, RepositoryOptions>({
  id: "repository.history-scan",
  access: "read",
  reach: "source",
  timeoutMs: 60_000,
  async collect({ subject, doors, signal, get }) {
    const { directory, options } = subject;
    if (options.secrets.history === 0)
      throw new DoesNotApply("secrets.history is 0: the past is not searched");
    const place: Place = { doors, directory, signal };
    const past = await pastOf(place, options.secrets.history);
    if (!past) throw new DoesNotApply("git keeps no past of this folder");
    const today = new Set((await get(secretScan)).findings.map(({ file, rule }) => `${file}: ${rule}`));
    const { found, unread } = await search(place, past.commits, tellingValues(subject.variables));
    return {
      findings: found.filter(
        ({ file, rule }) => !today.has(`${file}: ${rule}`) && !isAmong(file, options.secrets.ignore),
      ),
      commits: past.commits.length - unread,
      unread,
      isShallow: past.isShallow,
    };
  },
});

async function search(
  place: Place,
  commits: readonly string[],
  known: readonly KnownValue[],
): Promise<{ found: HistoryFinding[]; unread: number }> {
  const { doors, directory, signal } = place;
  const until = doors.clock.monotonicMs() + LONGEST_MS;
  const memory = await recallScanned(doors, directory);
  const scan = await loadScanner();
  const found: HistoryFinding[] = [];
  let unread = commits.length;
  for (let from = 0; from < commits.length && doors.clock.monotonicMs() < until; from += AT_ONCE) {
    for (const [commit, files] of await addedBy(place, commits.slice(from, from + AT_ONCE))) {
      signal.throwIfAborted();
      const texts = files.filter(({ path }) => !NO_TEXT.test(path));
      const byForm = memory.commits[commit] ?? (await scanAll(texts, scan));
      memory.commits[commit] = byForm;
      const byValue = texts.flatMap((file) => valuesIn(file, known));
      found.push(...[...byForm, ...byValue].map((each) => ({ ...each, commit })));
      unread -= 1;
    }
  }
  await rememberScanned(doors, directory, memory);
  return { found, unread };
}

async function scanAll(
  files: readonly { readonly path: string; readonly text: string }[],
  scan: Awaited<ReturnType<typeof loadScanner>>,
): Promise<SecretFinding[]> {
  const found: SecretFinding[] = [];
  for (const file of files) found.push(...(await scan(file)));
  return found;
}
