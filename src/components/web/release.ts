import { excerpt, listed } from "../../facts/http/advice.ts";
import { httpConnection } from "../../facts/http/connection.ts";
import { headerValue } from "../../facts/http/headers.ts";
import { masked } from "../../facts/http/masking.ts";
import { requestsTo } from "../../facts/http/requests.ts";
import { defineCheck } from "../../model/check.ts";
import { defineFact, NotObserved } from "../../model/fact.ts";
import { fail, pass } from "../../model/outcome.ts";
import { quantity } from "../../model/quantity.ts";
import { ways } from "../../model/ways.ts";
import type { WebOptions } from "./options.ts";

export interface Claimed {
  readonly expected: { readonly id: string; readonly commit: string };
  /** What each answer said of its release; undefined when it said nothing. */
  readonly said: readonly (string | undefined)[];
}

const HEADER = "x-gonogo-release";

/** Asks the public address often enough to meet every instance which release it is. */
export const webReleaseAnswers = defineFact<Claimed, WebOptions>({
  id: "web.release-answers",
  access: "read",
  reach: "application",
  async collect(context) {
    const { release, environment, options } = context.subject;
    if (!release) throw new NotObserved(`nothing is deployed in ${environment.name} yet`);
    const address = await context.get(httpConnection);
    const asks = Array.from({ length: Math.min(20, options.instances * 2 + 1) }, () => ({
      path: options.health,
      fresh: true,
      maxBodyBytes: 4_096,
    }));
    const answers = await requestsTo(context, address).sendAll(asks);
    return {
      expected: { id: release.id, commit: release.commit },
      said: answers.map(
        ({ headerLines, body }) =>
          headerValue(headerLines, HEADER) ??
          inBody(masked(new TextDecoder().decode(body), context.subject.variables)),
      ),
    };
  },
});

/** A JSON answer that names its release, version, build or commit. */
function inBody(text: string): string | undefined {
  return /"(?:release|version|build|buildId|commit|sha|revision)"\s*:\s*"([^"]{1,80})"/.exec(text)?.[1];
}

export const versionExposed = defineCheck({
  id: "process.version.exposed",
  title: "The public address answers with the release that was deployed",
  consequence: "A deploy is called done while users still get the old version, or two at once.",
  severity: "blocker",
  phase: "staging",
  freshFor: "1h",
  every: "5m",
  asks: ways(`
    version endpoint | deployed version matches | running build equals the deployed commit
    correct version deployed | version number verified | correct version is live | verify deployed version
    deployed commit hash matches | running version equals the release
    version endpoint shows the new version | new version is live
    commit SHA exposed | Version number visible
    Deployed commit matches | git SHA shown in the health endpoint | build number in a response header
    delivered version visible | commit hash visible | running version shown | git SHA exposed
    version in a header | production runs the released commit
    deployed commit visible | version endpoint returns the commit | new version answers after deployment
    correct release is running in production | correct release running
    release that runs is the one deployed | deployed commit SHA confirmed | code deployed to production
    verify the deployment succeeded | image tag equals git commit
  `),
  needs: { claimed: webReleaseAnswers },
  run: ({ claimed: { expected, said } }, { component }) => {
    const told = [...new Set(said.flatMap((each) => each ?? []))];
    const trouble = {
      expected: `${HEADER}: ${expected.id} on every answer`,
      found: told.length > 0 ? listed(told.map((each) => excerpt(each, 40))) : "no release named",
      measured: { answers: said.length, releases: told.length },
    };
    const isExpected = (each: string): boolean =>
      each === expected.id ||
      each === expected.commit ||
      (each.length >= 7 && expected.commit.startsWith(each));
    if (told.length > 0 && told.every(isExpected) && !said.includes(undefined))
      return pass(`${quantity(said.length, "answer")}, all from ${expected.id}`, trouble.measured);
    if (told.length === 0)
      return fail("nothing tells which release answers", {
        ...trouble,
        fix: `let ${component} send ${HEADER}: ${expected.id}, or "release" in the answer of its health path`,
      });
    if (told.length === 1 && said.includes(undefined) && told.every(isExpected))
      return fail("some answers do not tell their release", {
        ...trouble,
        fix: `see why some answers do not come through the same door: gonogo status`,
      });
    return fail(told.length === 1 ? "another release answers" : "several releases answer at once", {
      ...trouble,
      fix: `see what runs with gonogo status, then deploy again or roll back`,
      findings: told.filter((each) => !isExpected(each)),
    });
  },
});
