import { defineCheck } from "../../model/check.ts";
import { notApplicable, pass, warn } from "../../model/outcome.ts";
import { ways } from "../../model/ways.ts";
import { caughtBy, clockChanges } from "./clock-change.ts";
import { today } from "./facts.ts";
import { DEFAULT_TIME_ZONE } from "./options.ts";
import { formatTime } from "./timing.ts";

export const cronDst = defineCheck({
  id: "cron.dst",
  title: "No run falls into the hour that clocks skip or repeat",
  consequence: "One night a year the job is left out, and on another it runs twice: two invoices, no backup.",
  severity: "warning",
  phase: "build",
  freshFor: "30d",
  asks: ways(`
    cron jobs handle daylight saving time | Daylight saving | DST changes
    cron not skipped or doubled at clock change | clock change does not affect jobs
    DST hour | jobs at daylight saving change
    no job in the hour the clock changes | summer time does not affect cron | summer and winter time switch
    schedule avoids 2 to 3 o'clock | daylight saving considered
  `),
  needs: { now: today },
  run({ now }, { options, component }) {
    const { cron, timeZone = DEFAULT_TIME_ZONE } = options;
    if (cron === undefined) return notApplicable("an interval knows no clock");
    const changes = clockChanges(timeZone, now);
    if (changes.length === 0) return pass(`the clocks of ${timeZone} do not change`);
    const caught = caughtBy(cron, changes);
    if (caught.length === 0) return pass(`${cron} runs outside the changes of ${timeZone}`);
    return warn(`${component} runs in an hour that ${timeZone} skips or repeats`, {
      expected: "a time outside the change of the clocks, or UTC",
      found: caught
        .map(({ kind, at, wallFrom, wallTo }) => {
          const clock = (wall: number): string => formatTime(wall).slice(11, 16);
          return `${cron} falls into ${clock(wallFrom)} to ${clock(wallTo)}, ${kind} on ${formatTime(at).slice(0, 10)}`;
        })
        .join("; "),
      fix: `components.${component}: schedule({ cron: "${cron}" }) without timeZone runs in UTC; or choose an hour after 04:00`,
      findings: [...new Set(caught.map(({ kind }) => kind))],
    });
  },
});
