import { formatDuration } from "../model/duration.ts";
import { OutsideError } from "../model/errors.ts";
import type { LoadPlan } from "../model/load-plan.ts";
import { fail, type Outcome, pass, warn } from "../model/outcome.ts";
import type { Promises } from "../model/promise.ts";
import { quantity } from "../model/quantity.ts";
import type { Drill, DrillContext } from "./drill.ts";
import { type LoadFigures, sendLoad } from "./load-run.ts";

/** Sends the declared load to the environment's own address and holds the answers against the promises. */
export const loadDrill: Drill = {
  name: "load",
  title: "Under the declared load answers come as fast and as rarely wrong as promised",
  consequence: "On the day everybody comes, nobody gets in.",
  freshFor: "30d",
  async unfit({ launch, environment }) {
    if (environment.stage === "production") return "load is for staging: production has users";
    return launch.load ? undefined : 'no load is declared: load: { users: 100, for: "60s", paths: ["/"] }';
  },
  disturbs: ({ launch, environment }) =>
    launch.load ? [`sends ${wordsOf(launch.load)} to ${environment.name}'s own address`] : [],
  hold,
};

function wordsOf({ users, arrivals, forMs, paths }: LoadPlan): string {
  const what =
    users === undefined
      ? `${quantity(arrivals ?? 0, "request")} a second`
      : `${quantity(users, "user")} at once`;
  return `${what} for ${formatDuration(forMs)} (${paths.join(", ")})`;
}

async function hold({ scene, signal, note }: DrillContext): Promise<Outcome> {
  const { launch, target, doors } = scene;
  const { address } = await target.status(signal);
  const { load } = launch;
  if (!address || !load) throw new OutsideError("the target gave no public address");
  note(`sending ${wordsOf(load)}`);
  return judgeLoad(await sendLoad({ doors, address, signal }, load), launch.promises, load);
}

/** Every figure is kept as evidence, whatever came of it. */
export function judgeLoad(figures: LoadFigures, promises: Promises, load: LoadPlan): Outcome {
  const { requests, failed, timedOut, refused, p50Ms, p95Ms, p99Ms, worstMs, tookMs, mostAtOnce } = figures;
  const measured = {
    load: wordsOf(load),
    users: load.users ?? null,
    arrivals: load.arrivals ?? null,
    requests,
    failed,
    timedOut,
    refused,
    p50Ms,
    p95Ms,
    p99Ms,
    worstMs,
    mostAtOnce,
    perSecond: Math.round((10_000 * requests) / Math.max(1, tookMs)) / 10,
  };
  const promised = promises.latency.p95Ms;
  const mostFailed = promises.errors ?? 0;
  const share = requests === 0 ? 1 : failed / requests;
  const said = `${quantity(requests, "request")}, ${failed} failed (${timedOut} without an answer in time), 95 % within ${p95Ms} ms`;
  if (requests > 0 && refused > requests / 2) {
    return fail(`a rate limit held the load back: ${refused} of ${requests}`, {
      expected: "answers",
      found: "429",
      fix: "declare paths or figures below the limit of one caller, or let the limit know this environment's load",
      measured,
    });
  }
  if (share > mostFailed || timedOut > 0) {
    return fail(said, {
      expected: `at most ${mostFailed * 100} % failed, none without an answer`,
      found: `${Math.round(share * 10_000) / 100} %, the first: ${figures.firstFailure}`,
      fix: "look at what was used up (gonogo status, pool of the database), then more instances or less work a request",
      measured,
    });
  }
  if (promised === undefined) {
    return warn(`${said}; nothing is promised to hold it against`, {
      expected: "a promise",
      found: "none",
      fix: 'promises: { latency: { p95: "500ms" } }',
      measured,
    });
  }
  if (p95Ms > promised) {
    return fail(said, {
      expected: `95 % within ${promised} ms`,
      found: `${p95Ms} ms`,
      fix: "more instances, or less work a request: gonogo check --only postgres.query.slow tells which queries take long",
      measured,
    });
  }
  return pass(said, measured);
}
