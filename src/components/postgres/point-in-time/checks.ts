import type { PointInTimeSeen } from "../../../model/backup.ts";
import { defineCheck } from "../../../model/check.ts";
import { formatDuration } from "../../../model/duration.ts";
import { fail, type Outcome, pass, unknown, warn } from "../../../model/outcome.ts";
import { quantity } from "../../../model/quantity.ts";
import { formatSize } from "../../../model/size.ts";
import { ways } from "../../../model/ways.ts";
import { type Archiver, type Recovery, recovery } from "./facts.ts";

type By<Who extends Recovery["by"]> = Extract<Recovery, { by: Who }>;

export const backupPointInTime = defineCheck({
  id: "postgres.backup.point-in-time",
  title: "The database can be brought back to any second of the declared window",
  consequence: "What one wrong statement takes is gone, with everything written since the last backup.",
  severity: "blocker",
  phase: "staging",
  freshFor: "1h",
  every: "5m",
  asks: ways(`
    point-in-time recovery | point-in-time recovery enabled | PITR enabled | PITR configured | WAL archiving
    WAL archiving enabled | continuous archiving of the write-ahead log
    restore the database to a point in time | Point-in-time restore | Continuous archiving | WAL-G
    archive_command succeeds | WAL archive works | continuous WAL backup
    restore to any point in the last week | WAL archived to object storage
  `),
  source: "https://www.postgresql.org/docs/current/continuous-archiving.html",
  needs: { recovery },
  run: ({ recovery: found }, { component, environment }): Outcome => {
    switch (found.by) {
      case "nobody":
        return warn(`${component} can be brought back to its last backup only`, {
          expected: "recovery to any second",
          found: "not declared",
          fix: "postgres({ backup: { pointInTime: true } })",
        });
      case "gonogo":
        return judgeOwn(found, { component, environment: environment.name });
      case "provider":
        return judgeProvider(found);
      case "others":
        return judgeOthers(found);
    }
  },
});

/** Later than this many times as often as it is declared, it is late. */
const PATIENCE = 3;
const GRACE_MS = 60_000;

function judgeOwn(
  { now, seen, archiver }: By<"gonogo">,
  at: { readonly component: string; readonly environment: string },
): Outcome {
  const serve = `gonogo serve --env ${at.environment}, and see what it says`;
  if (archiver?.mode === "off") {
    return fail(`the server of ${at.component} was started before this was declared`, {
      expected: "archive_mode on",
      found: "off",
      fix: `gonogo deploy --env ${at.environment} starts it anew`,
    });
  }
  if (archiver?.failing) {
    return fail(`the server cannot hand over ${archiver.failing}`, {
      expected: "every finished segment handed over",
      found: `${archiver.failures} failures, the last of ${archiver.failing}`,
      fix: `look at the room on its disk and at gonogo logs ${at.component} --env ${at.environment}`,
      measured: { failures: archiver.failures },
    });
  }
  const places = seen.places.filter(({ unreachable }) => unreachable === undefined);
  const away = seen.places.filter(({ unreachable }) => unreachable !== undefined);
  if (places.length === 0) return unknown(away.map(awayWords).join("; "));
  const [least] = places.toSorted((a, b) => untilOf(a) - untilOf(b));
  const stretches = least?.stretches ?? [];
  const last = stretches.at(-1);
  if (!least || !last) {
    return fail(
      `there is no copy of the server of ${at.component} in ${least?.name} that a recovery could begin with`,
      {
        expected: "a copy, and what was written since",
        found: "none",
        fix: `gonogo backup --env ${at.environment}`,
      },
    );
  }
  // Nothing was written since everything was last brought away: then nothing is missing.
  const isUnchanged = archiver !== undefined && archiver.transactions === seen.transactions;
  const lagMs = isUnchanged ? 0 : Math.max(0, now - last.until);
  const reachMs = now - last.from;
  const { segments, bytes } = seen.waiting;
  const measured = {
    lagMs,
    reachMs,
    copies: least.copies,
    lastSegment: least.lastSegment ?? null,
    waitingSegments: segments,
    archiverFailures: archiver?.failures ?? null,
  };
  const waits =
    segments > 0
      ? `, ${quantity(segments, "segment")} (${formatSize(bytes)}) ${segments === 1 ? "waits" : "wait"} on this machine`
      : "";
  if (lagMs > seen.everyMs * PATIENCE + GRACE_MS) {
    return fail(`what was written in the last ${formatDuration(lagMs)} is on this machine only${waits}`, {
      expected: `brought away every ${formatDuration(seen.everyMs)}`,
      found: `the last that lies in ${least.name} is ${least.lastSegment}`,
      fix: serve,
      measured,
    });
  }
  if (away.length > 0) {
    return warn(away.map(awayWords).join("; "), {
      expected: "every destination answers",
      found: away.map(awayWords).join("; "),
      fix: `mend its address or its credentials; ${serve}`,
      findings: away.map(({ name }) => name),
      measured,
    });
  }
  const earlier = stretches.at(-2);
  if (earlier) {
    const gap = `${timeOf(earlier.until)} to ${timeOf(last.from)}`;
    return warn(`no time from ${gap} can be had: what was written then is not in ${least.name}`, {
      expected: "one stretch without a gap",
      found: `a gap, ${gap}`,
      fix: "see why it was not brought away; the gap leaves the window with time",
      measured,
    });
  }
  const since = isUnchanged ? "nothing was written since" : `the last ${formatDuration(lagMs)} still to come`;
  return pass(
    `to any second of the last ${formatDuration(reachMs)}, ${since}; ${quantity(least.copies, "copy", "copies")}, last segment ${least.lastSegment}${waits}`,
    measured,
  );
}

function untilOf({ stretches }: PointInTimeSeen["places"][number]): number {
  return stretches.at(-1)?.until ?? 0;
}

function awayWords({ name, unreachable }: PointInTimeSeen["places"][number]): string {
  return `${name} cannot be reached: ${unreachable}`;
}

function judgeProvider({ provider, answer, declared }: By<"provider">): Outcome {
  const { name, place, asks } = provider;
  const expected = `recovery to a time, ${formatDuration(declared.windowMs)} back`;
  if (!answer) {
    // A named person who has looked accepts this one finding until a date.
    return fail(`${name} runs the database, and nobody has seen whether recovery to a time is on`, {
      expected,
      found: asks ? "no token to ask with" : `${name} tells it to people only`,
      fix: `${asks ? `declare pointInTime: { provider: { token: "${TOKENS[asks]}" } }, or ` : ""}look there (${place}), then gonogo waive with what was seen as the reason`,
      findings: [`not seen: ${name}`],
    });
  }
  if ("silent" in answer) return unknown(`${name} did not tell: ${answer.silent}`);
  const { isOn, reachMs, lagMs } = answer;
  const measured = { reachMs: reachMs ?? null, lagMs: lagMs ?? null };
  if (!isOn)
    return fail(`${name} keeps daily backups only`, { expected, found: "off", fix: `turn it on: ${place}` });
  if (asks === "neon" && reachMs !== undefined && reachMs < declared.windowMs) {
    return fail(`${name} goes back ${formatDuration(reachMs)} only`, {
      expected,
      found: formatDuration(reachMs),
      fix: `lengthen it: ${place}; or declare a shorter window`,
      measured,
    });
  }
  const reach = reachMs === undefined ? "" : `, ${formatDuration(reachMs)} back`;
  return pass(`${name} says that recovery to a time is on${reach}`, measured);
}

const TOKENS = { supabase: "SUPABASE_ACCESS_TOKEN", neon: "NEON_API_KEY" } as const;

/** A server that neither Gonogo nor a provider runs: it tells whether it hands over, and not to whom. */
function judgeOthers({ host, isHere, archiver }: By<"others">): Outcome {
  const measured = archiverFigures(archiver);
  if (archiver.mode === "off") {
    const own = isHere ? "leave the variable unset, and Gonogo runs a server that does; or " : "";
    return fail(`the server at ${host} hands over nothing of what it writes`, {
      expected: "archive_mode on, with an archive_command such as pgBackRest's or WAL-G's",
      found: "archive_mode off",
      fix: `${own}alter system set archive_mode = on, set archive_command, and start it anew`,
      measured,
    });
  }
  if (archiver.failing) {
    return fail(`the server at ${host} cannot hand over ${archiver.failing}`, {
      expected: "every finished segment handed over",
      found: `${archiver.failures} failures, the last of ${archiver.failing}`,
      fix: "see the server's log for what its archive_command says",
      measured,
    });
  }
  if (archiver.lastSegment === null) {
    return warn(`the server at ${host} is to hand over what it writes, and never has`, {
      expected: "a last archived segment",
      found: "none",
      fix: "select pg_switch_wal(), and look at pg_stat_archiver",
      measured,
    });
  }
  // It hands over, which is not yet a recovery: whoever keeps it has to show that.
  return warn(`the server at ${host} hands over what it writes; nobody here has seen a recovery from it`, {
    expected: "a recovery to a time, shown",
    found: `${archiver.lastSegment}, ${formatDuration(archiver.lastAgoMs ?? 0)} ago`,
    fix: "recover a copy to a time with the tool that keeps it, then gonogo waive with what was seen as the reason",
    findings: [`not seen: ${host}`],
    measured,
  });
}

function archiverFigures({ mode, lastSegment, lastAgoMs, failures }: Archiver) {
  return { archiveMode: mode, lastSegment, lastAgoMs, failures };
}

function timeOf(at: number): string {
  return new Date(at).toISOString().replace(/\.\d+Z$/, "Z");
}
