import { defineCheck } from "../../model/check.ts";
import { fail, pass, unknown } from "../../model/outcome.ts";
import { ways } from "../../model/ways.ts";
import { provokedError } from "./provoked-error.ts";

const BASE = { phase: "staging", freshFor: "1d", every: "6h", needs: { seen: provokedError } } as const;

export const trackingReceives = defineCheck({
  ...BASE,
  id: "errors.tracking.receives",
  title: "An error of the application arrives in the tracker, with its release and environment",
  consequence: "Errors happen and nobody learns of them, or nobody knows which release they are of.",
  severity: "blocker",
  asks: ways(`
    Sentry configured | error tracking set up | Sentry receiving errors | error monitoring configured
    test error appears in Sentry | Sentry DSN configured | error tracking | error tracking enabled
    error reporting works
    Sentry receives events | Exceptions reported | errors are reported to Sentry
    Sentry working | Sentry enabled
    Sentry integrated | Sentry set up | Sentry added | Sentry in place | error tracking live
    error tracking active | error tracking in place | error tracking tool integrated | error tracking added
    crash and error reporting configured | Sentry project set up | error tracking token configured
    test exception triggered in Sentry | error logging to Sentry | Sentry release and environment set
    unhandled errors captured | Sentry init called | uncaught exceptions reported
    error tracking integrated | SENTRY_DSN set | Sentry integration tested | error tracking in production
    Sentry captures a test error | errors show up in Sentry | error monitoring service integrated
    an exception thrown on purpose appears in Sentry | errors sent to Sentry
    test exception appears in Sentry | unhandled exceptions show up in Sentry
    release and environment set in Sentry | Sentry release stage configured | Sentry hooked up
    throw a test error
    Sentry environment and release
    test error sent to Sentry | send a test error to Sentry
    monitoring with Sentry operational
    error logging service integrated | error logging configured
    error logging added to API routes | errors logged to a tracking service
    unhandled promise rejections captured | unhandled rejections reported
    uncaught errors reported to the tracker
  `),
  source: "https://develop.sentry.dev/sdk/foundations/transport/envelopes/",
  run: ({ seen: { event, tookMs } }, { options, release }) => {
    const { within, provoke, dsnVariable, environmentTag } = options;
    if (!event)
      return fail("an error does not arrive", {
        expected: `the error of ${provoke} in ${options.project} within ${within}`,
        found: "no event that carries the request's id",
        fix: `mend ${dsnVariable}, and send the X-Request-Id of a failed request along as a tag of its event`,
      });
    if (event.release === undefined)
      return fail("events do not name their release", {
        expected: `the tag release${release ? ` = ${release.id}` : ""}`,
        found: "none",
        fix: "send GONOGO_RELEASE as the release of events (Sentry.init: release)",
      });
    if (release && event.release !== release.id && event.release !== release.commit)
      return fail("events name another release", {
        expected: `${release.id} or ${release.commit}`,
        found: event.release,
        fix: "send GONOGO_RELEASE as the release of events (Sentry.init: release)",
      });
    if (event.environment === undefined || (environmentTag ?? event.environment) !== event.environment)
      return fail("events do not name their environment", {
        expected: environmentTag ?? "an environment",
        found: event.environment ?? "none",
        fix: "send the environment with events (Sentry.init: environment)",
      });
    return pass(`an error of ${event.release} was there after ${Math.round(tookMs)} ms`, {
      tookMs: Math.round(tookMs),
    });
  },
});

export const trackingScrubbed = defineCheck({
  ...BASE,
  id: "errors.tracking.scrubbed",
  title: "Events hold no passwords, cookies or tokens",
  consequence: "Whoever reads the tracker can act as our users.",
  severity: "blocker",
  asks: ways(`
    no sensitive data in Sentry | error events are scrubbed
    Sentry data scrubbing enabled | beforeSend filters passwords
    Sentry scrubs passwords and tokens | sendDefaultPii false
    scrub fields password authorization cookie
    scrub sensitive fields in error tracking
    auth headers and cookies stripped from error reports | sensitive data filtered from events
    no passwords or tokens in Sentry | error tracker filters sensitive parameters | no cookies in events
    scrubbing on the server of the error tracker
    passwords filtered from events
  `),
  source: "https://docs.sentry.io/security-legal-pii/scrubbing/",
  run: ({ seen: { event } }) => {
    if (!event) return unknown("no event arrived to look into");
    const { leaks } = event;
    if (leaks.length === 0) return pass("none of three canaries was told");
    return fail("an event holds what nobody may read", {
      expected: "neither query, cookie nor token of the request",
      found: leaks.join(", "),
      fix: "leave query, cookies and headers out before events are sent (Sentry.init: sendDefaultPii: false, beforeSend)",
      findings: leaks,
    });
  },
});
