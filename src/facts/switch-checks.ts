import { defineCheck } from "../model/check.ts";
import type { DowntimeRecord, SwitchSeen } from "../model/deploy.ts";
import { DoesNotApply, defineFact, NotObserved } from "../model/fact.ts";
import { fail, pass } from "../model/outcome.ts";
import { quantity } from "../model/quantity.ts";
import { ways } from "../model/ways.ts";

interface Measured extends SwitchSeen {
  readonly downtime: DowntimeRecord;
}

/** How the live release took over, as whoever deployed it asked the public address all the while. */
const takeover = defineFact<Measured, unknown>({
  id: "deploy.switch",
  access: "read",
  reach: "application",
  async collect({ subject: { runtime, environment, switched } }) {
    if (!runtime) throw new NotObserved(`nothing is deployed in ${environment.name} yet`);
    if (!switched) throw new NotObserved("nobody looked at earlier deploys");
    const seen = await switched();
    if (!seen) throw new DoesNotApply("no release has taken over from another yet; the next deploy tells");
    const { downtime } = seen;
    if (!downtime || downtime.requests === 0)
      throw new NotObserved(`nothing was asked while ${seen.deploy} switched; the next deploy tells`);
    return { ...seen, downtime };
  },
});

export const noRequestFailed = defineCheck({
  id: "deploy.switch.no-failed-request",
  title: "No request failed while a release took over from the one before",
  consequence: "Each deploy breaks off what users are doing, so deploys are put off until they are large.",
  severity: "warning",
  phase: "staging",
  freshFor: "30d",
  gates: "none",
  asks: ways(`
    zero-downtime deployment | deploy without downtime | zero downtime deploys | no downtime during deploys
    zero-downtime deployment strategy | zero-downtime deployment configured | zero-downtime deployment works
    zero-downtime deployment tested | zero-downtime deploy verified | deployment causes no downtime
    deploys cause no downtime | deployments without downtime | no downtime during deployment
    no failed requests during a deploy | deploys drop no requests | no requests dropped during deployment
    users notice nothing of a deploy | rolling deploys without downtime | rolling deployment without downtime
    blue-green deployment without downtime | blue/green deployment, zero downtime | deploy causes no errors for users
    no 5xx during deployments | seamless deployments | rolling updates without interruption
    Deployment ohne Downtime | Deployment ohne Ausfallzeit | Zero-Downtime-Deployment
    déploiement sans interruption | déploiement sans interruption de service | mise en production sans interruption
    despliegue sin tiempo de inactividad | despliegue sin interrupciones | implantação sem downtime | deploy sem downtime
    deploy senza downtime | deploy zonder downtime | деплой без простоя | 零停机部署 | 不停机部署 | 無停止デプロイ | 무중단 배포
  `),
  source: "https://sre.google/sre-book/release-engineering/",
  needs: { seen: takeover },
  run({ seen: { deploy, release, from, downtime } }) {
    const { requests, failed, worstMs, firstFailure } = downtime;
    const measured = { requests, failed, worstMs };
    const all = quantity(requests, "request");
    if (failed === 0)
      return pass(
        `${deploy}: ${release} took over from ${from}, none of ${all} failed, worst ${worstMs} ms`,
        measured,
      );
    return fail(`${failed} of ${all} failed while ${release} took over from ${from}`, {
      expected: "no failed request",
      found: firstFailure ?? `${failed} failed`,
      fix: "let the new release be ready before it says so on its health path, and the old one finish its requests after SIGTERM; then deploy again",
      findings: [release],
      measured,
    });
  },
});
