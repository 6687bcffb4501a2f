import { listed } from "../../facts/http/advice.ts";
import { defineCheck } from "../../model/check.ts";
import { msOf } from "../../model/duration.ts";
import { DoesNotApply, defineFact, NotObserved } from "../../model/fact.ts";
import { fail, pass, warn } from "../../model/outcome.ts";
import { quantity } from "../../model/quantity.ts";
import type { InstanceStatus, StopRecord } from "../../model/runtime.ts";
import { ways } from "../../model/ways.ts";
import type { WebOptions } from "./options.ts";

export interface InstanceEnd {
  readonly instance: string;
  readonly release: string;
  readonly code: number | null;
  readonly signal: string | null;
  /** When it was told to; false where the target does not say. */
  readonly wasReady: boolean;
}

export interface Stops {
  readonly list: readonly InstanceEnd[];
  /** Of the very code that is looked at; else of the release that ended last. */
  readonly isOfThisCode: boolean;
}

/**
 * How instances of this component ended when they were stopped, as the target recorded it. One that was not ready had
 * nothing to finish: it was given up, perhaps because of the very thing that keeps it from ending.
 */
const webStops = defineFact<Stops, WebOptions>({
  id: "web.stops",
  access: "read",
  reach: "application",
  async collect({ subject }) {
    const { runtime, environment, component, release } = subject;
    if (!runtime) throw new NotObserved(`nothing is deployed in ${environment.name} yet`);
    const { stops = [] } = runtime;
    const kept = stops.filter(({ process, wasReady = true }) => process === component && wasReady);
    const own = kept.filter(({ commit }) => commit === release?.commit);
    const latest = (own.length > 0 ? own : kept).at(-1)?.release;
    const list = [
      ...kept.filter((each) => each.release === latest).map(fromRecord),
      ...(runtime.stops ? [] : runtime.instances)
        .filter(({ process, state }) => process === component && state === "stopped")
        .flatMap(stopOf),
    ];
    if (list.length === 0)
      throw new DoesNotApply(
        "no instance that was ready has been stopped yet; a drill or the next deploy tells",
      );
    return { list, isOfThisCode: kept.length === 0 || own.length > 0 };
  },
});

function fromRecord({ process, index, release, code, signal, wasReady = false }: StopRecord): InstanceEnd {
  return { instance: `${process}.${index}`, release, code, signal, wasReady };
}

function stopOf({ process, index, release, lastExit }: InstanceStatus): InstanceEnd[] {
  if (!lastExit) return [];
  const { code, signal } = lastExit;
  return [{ instance: `${process}.${index}`, release, code, signal, wasReady: false }];
}

export const gracefulShutdown = defineCheck({
  id: "process.graceful-shutdown",
  title: "Instances end by themselves when they are told to stop",
  consequence: "Every deploy cuts requests in the middle, and what they had begun is left half done.",
  severity: "blocker",
  phase: "staging",
  freshFor: "7d",
  asks: ways(`
    graceful shutdown | SIGTERM handled | graceful shutdown implemented | graceful shutdown handling
    SIGTERM handling | graceful restarts | SIGTERM | server.shutdown graceful | server.shutdown=graceful
    http.Server.Shutdown | Server.Shutdown on SIGTERM | app exits cleanly
    processes end cleanly on stop | clean shutdown | shutdown hook | shutdown handler
    process terminates cleanly on SIGTERM
    stops within the grace period | containers stop without being killed | SIGTERM trapped
    IHostApplicationLifetime | handles SIGTERM gracefully | SIGTERM handled gracefully
    server shuts down gracefully | SIGTERM lets requests finish | preStop hook
    in-flight requests finish | running requests finish before shutdown | requests drained on deploy
    in-flight requests finish before the instance stops
  `),
  source: "The Twelve-Factor App, disposability; mercari production readiness",
  needs: { stops: webStops },
  run: ({ stops: { list: stops, isOfThisCode } }, { component, options }) => {
    const names = (those: readonly InstanceEnd[]): string =>
      listed(those.map(({ instance, release }) => `${instance} of ${release}`));
    const killed = stops.filter(({ signal }) => signal === "SIGKILL");
    const fix = `in ${component} on SIGTERM: stop accepting, finish what is in flight, close the pools, exit 0; all within ${options.stopGrace}`;
    const measured = { stops: stops.length, killed: killed.length };
    if (killed.length > 0) {
      const trouble = {
        expected: `exit 0 within ${options.stopGrace} (${msOf(options.stopGrace)} ms) of SIGTERM`,
        found: `SIGKILL for ${names(killed)}${killed.every(({ wasReady }) => wasReady) ? ", which had been ready" : ""}`,
        fix,
        measured,
      };
      // What another release did must not keep out the one that mends it.
      return isOfThisCode
        ? fail(`${killed.length} of ${stops.length} instances had to be killed`, trouble)
        : warn(
            `${killed.length} of ${stops.length} instances of an earlier release had to be killed`,
            trouble,
          );
    }
    const cut = stops.filter(({ signal }) => signal !== null);
    const runner = RUNNER.exec(options.start)?.[1];
    if (cut.length > 0)
      return warn(
        runner === undefined
          ? "instances die of the signal instead of ending"
          : `${runner} dies of the signal, so how instances end cannot be seen`,
        {
          expected: "exit 0 after SIGTERM",
          found: `ended by ${listed(cut.map(({ signal }) => signal ?? ""))}: ${names(cut)}`,
          fix:
            runner === undefined
              ? fix
              : `in components.${component} start the program itself, not "${options.start}": ${runner} ends before what it started; start: "node ...", as the script has it`,
          measured,
        },
      );
    const failed = stops.filter(({ code }) => code !== 0 && code !== 143);
    if (failed.length > 0)
      return warn("instances end with an error when they are stopped", {
        expected: "exit 0",
        found: failed.map(({ instance, code }) => `${instance}: exit ${code}`).join(", "),
        fix,
        measured,
      });
    return pass(
      quantity(stops.length, "stopped instance ended by itself", "stopped instances ended by themselves"),
      measured,
    );
  },
});

/** A package manager is gone at the signal, while what it started still ends. */
const RUNNER = /^(npm|npx|pnpm|yarn|bun)\s/;
