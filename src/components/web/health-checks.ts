import { excerpt, listed } from "../../facts/http/advice.ts";
import { defineCheck } from "../../model/check.ts";
import { fail, notApplicable, type Outcome, pass, undeclared, warn } from "../../model/outcome.ts";
import type { Sibling } from "../../model/subject.ts";
import { ways } from "../../model/ways.ts";
import { type Probe, SLOW_MS, webHealth } from "./health.ts";

export const healthAlive = defineCheck({
  id: "process.health.alive",
  title: "The health path says that the process is alive",
  consequence: "A dead instance goes on getting requests, or a living one is killed.",
  severity: "blocker",
  phase: "staging",
  freshFor: "1h",
  every: "1m",
  asks: ways(`
    health check endpoint | /health returns 200 | liveness probe | health endpoint responds | health check
    health endpoint accessible | health checks pass | application is healthy | endpoint /health returns ok
    health endpoint working | health endpoint | health endpoint returns 200 | health checks configured
    health check passes | health checks passing | health check working | health check configured
    /health endpoint | /health returns OK | healthcheck endpoint implemented | verify health endpoint
    API health check | health check endpoints responding | curl health endpoint | service health verified
    application health | liveness checks | backend healthy | /up returns 200
    health endpoint returns ok | health check returns 200 | health endpoint responds with 200
    healthz returns 200 | service healthy | health status ok | health check green | health route responds
    actuator health returns UP | status endpoint returns ok | ping endpoint responds | GET /health
    /health responds | server running | application running | application running correctly | application up
    server up | health endpoint reachable from outside
    health endpoint checked after deployment | curl localhost health
    server running, health endpoint answers | /up endpoint responds
    frontend health check | backend health check
    test the health endpoint | test /health | curl /health | /health | visit /health
    /health returns HTTP 200 | health URL opens | app starts successfully
    application starts without errors | server starts successfully | health checks running
    all health checks green | API health OK
    liveness endpoint | liveness endpoint for Kubernetes | liveness
    health probe answers | health URL returns 200 | heartbeat endpoint
    ping endpoint | /ping answers | app reports healthy | /up answers
    app pool started | backend up and running | service is running
    verify that the service is running | app service is running | verify service is running
    system health check | service status active and running | API healthy
    backend starts without errors | backend starts up | docker ps shows healthy
    all containers are running | containers running
  `),
  source: "Kubernetes: liveness, readiness and startup probes",
  needs: { probes: webHealth },
  run: ({ probes: { health } }, { component }) =>
    fault(health, { component, option: "health", what: "while the process is alive" }) ??
    onTime(health, component),
});

export const healthReady = defineCheck({
  id: "process.health.ready",
  title: "The readiness path says that requests can be served",
  consequence: "Traffic is sent to an instance that cannot reach its database.",
  severity: "blocker",
  phase: "staging",
  freshFor: "1h",
  every: "1m",
  asks: ways(`
    readiness probe | /ready returns 200 | readiness endpoint | app ready | readiness check
    readiness endpoint configured | /health/ready returns ok | readiness endpoint returns 200
    GET /readyz ok | readyz | readiness
    readiness configured | readiness check defined | readiness returns 200 | instance reports ready
    readiness endpoint OK after deployment
    readyz ok after deployment | readiness probe passes | readiness probe green | readiness answers 200
    readiness answers | /readyz returns 200 | /readyz answers 200 | ready fails when the database is down
    readiness passes | deployment readiness passes | services ready after restart
    services restarted successfully
  `),
  source: "Kubernetes: liveness, readiness and startup probes",
  needs: { probes: webHealth },
  run: ({ probes: { health, ready } }, { component }) =>
    ready
      ? (fault(ready, { component, option: "ready", what: "while it can serve" }) ?? onTime(ready, component))
      : undeclared(
          `no readiness path is declared, and ${health.path} is asked in its place: components.${component}.ready names one`,
        ),
});

function fault(
  probe: Probe,
  { component, option, what }: { component: string; option: string; what: string },
): Outcome | undefined {
  const { path, status, location } = probe;
  const measured = { status, tookMs: Math.round(probe.tookMs) };
  const expected = `GET ${path} answers 2xx ${what}`;
  const found = `${status}${location ? ` to ${location}` : ""}`;
  const name = `components.${component}.${option}`;
  if (status >= 300 && status < 400)
    return fail(`${path} redirects: a login page would count as healthy`, {
      expected,
      found,
      fix: `let ${component} answer ${path} itself, before any redirect and login`,
      measured,
    });
  if (status === 404)
    return fail(`there is no ${path}`, {
      expected,
      found,
      fix: `add a route for ${path} to ${component}, or name the right path in ${name}`,
      measured,
    });
  if (status < 200 || status >= 300)
    return fail(`${path} answers ${status}`, {
      expected,
      found: `${found} ${excerpt(probe.text)}`.trim(),
      fix: `see the log of ${component}; what ${path} names as down comes first`,
      measured,
    });
  if (probe.isHtml)
    return fail(`${path} answers a page, as every path does`, {
      expected: `${expected}, as text or JSON`,
      found: "HTML, most likely the fallback of a front end",
      fix: `add a route for ${path} to ${component} before its fallback, or name the right path in ${name}`,
      measured,
    });
  return undefined;
}

function onTime({ path, status, tookMs }: Probe, component: string): Outcome {
  const measured = { status, tookMs: Math.round(tookMs) };
  if (tookMs <= SLOW_MS) return pass(`${path} answers ${status} in ${measured.tookMs} ms`, measured);
  return warn(`${path} is slow`, {
    expected: `an answer within ${SLOW_MS} ms`,
    found: `${measured.tookMs} ms`,
    fix: `let ${component} answer ${path} from memory; watch dependencies in the background`,
    measured,
  });
}

/** Kinds whose loss should make an instance say that it is not ready, and the words for them in an answer. */
const DEPENDENCIES: Readonly<Record<string, RegExp>> = {
  postgres: /postgres|database|\bdb\b|\bsql\b|\bpg\b/i,
  redis: /redis|cache|queue/i,
};

export const healthHonest = defineCheck({
  id: "process.health.honest",
  title: "Being alive and being ready are two questions, and ready tells about its dependencies",
  consequence:
    "When the database is down, every instance is restarted again and again, or none is taken out of use.",
  severity: "blocker",
  phase: "staging",
  freshFor: "1d",
  every: "1h",
  asks: ways(`
    health check includes database | liveness and readiness are separate endpoints
    liveness and readiness differ | deep health check | health check covers database and Redis
    health check verifies dependencies | health check verifies database
    health check tests database connection | health endpoint checks dependencies
    health response includes database status | health endpoint reports database connectivity
    health check reports dependencies | dependencies reported in health check
    health endpoint for the app and the database | health endpoint for the database
    separate liveness and readiness probes | readiness checks the database and Redis
    liveness and readiness groups | health check contains database and Redis
    separate probes for liveness and readiness | readiness and liveness separate
    health check covers dependencies | readiness reports dependencies | readiness names its dependencies
    health endpoint reports the state of dependencies | health reports each dependency
    health checks the database | deep readiness check | health check pings the database
    AddHealthChecks for database
    health indicators for database and Redis | Spring Actuator liveness and readiness groups
    probes enabled for liveness and readiness | health check also tests the database
    health check tests Postgres and Redis | health check tests dependencies
    health reports database and cache status | health shows the status of database and cache
    health check verifies database connectivity | health check confirms the database connection
  `),
  source: "Google SRE book; mercari production readiness",
  needs: { probes: webHealth },
  run: ({ probes: { health, ready } }, { component, siblings }) => {
    const wanted = siblings.filter(({ kind }) => kind in DEPENDENCIES);
    const names = wanted.map(({ name }) => name);
    const told = `{"status":"ok"${names.map((name) => `,"${name}":"ok"`).join("")}}, 503 when one is down`;
    const fix = `let ${component} answer ${health.path} without asking anything, and ready with what it depends on: ${told}`;
    if (!ready || health.path === ready.path) {
      if (names.length === 0)
        return undeclared(`no dependency of ${component} is declared that being ready could wait for`);
      const both = {
        expected: `a path for alive, and another for ready that tells about ${listed(names)}`,
        found: `${health.path} for both`,
        fix: `${fix}; then name it in components.${component}.ready`,
      };
      // Nobody claimed anything yet; who names the same path twice says that it tells the two apart.
      return ready
        ? fail("one path answers both questions", both)
        : warn(`no readiness path is declared: ${health.path} answers both questions`, both);
    }
    if (ready.status === 404 || ready.isHtml)
      return notApplicable(`there is no ${ready.path}: process.health.ready tells`);
    const unnamed = wanted.filter((sibling) => !isNamed(sibling, ready.text));
    // A bare 200 may be as truthful as one that names all it asked: from here nobody can tell the two apart.
    if (unnamed.length > 0)
      return warn(`${ready.path} does not tell about ${listed(unnamed.map(({ name }) => name))}`, {
        expected: `an answer that names ${listed(names)}, or a drill that shows it failing with them`,
        found: excerpt(ready.text) || "an empty answer",
        fix: `${fix}; where it does so without saying their names, \`gonogo drill database\` shows it`,
        findings: unnamed.map(({ name }) => name),
      });
    return pass(
      names.length > 0
        ? `${ready.path} tells about ${listed(names)}, ${health.path} does not depend on it`
        : `${health.path} and ${ready.path} are two answers; no dependency is declared`,
    );
  },
});

function isNamed({ name, kind }: Sibling, text: string): boolean {
  return text.toLowerCase().includes(name.toLowerCase()) || (DEPENDENCIES[kind]?.test(text) ?? false);
}
