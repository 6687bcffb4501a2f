import { DOINGS, killBackups } from "../test/faults/backup-kills.ts";

export const title = "SIGKILL at random moments of backup, upload, proof, restore and prune";

const KILLS = Number(process.env.BENCH_KILLS ?? 50);

export async function run(report: (line: string) => void): Promise<void> {
  const totals = new Map<string, number>(DOINGS.map((doing) => [doing, 0]));
  const troubles: string[] = [];
  let completed = 0;
  // A run that was faster than the one before it completes instead: then one more is killed.
  for (let missing = KILLS; missing > 0 && troubles.length === 0; ) {
    const round = await killBackups(missing);
    for (const [doing, count] of Object.entries(round.killed)) {
      totals.set(doing, (totals.get(doing) ?? 0) + count);
      missing -= count;
    }
    completed += round.completed;
    troubles.push(...round.troubles);
  }
  const sum = [...totals.values()].reduce((all, each) => all + each, 0);
  const each = [...totals].map(([doing, count]) => `${doing} ${count}`).join(", ");
  report(`${sum} runs killed (${each}), ${completed} in between and after were left alone and completed`);
  report(
    troubles.length === 0
      ? "no half backup was ever listed, the last good one stood, nothing was left behind"
      : troubles.join("\n  "),
  );
  if (troubles.length > 0) process.exitCode = 1;
}
