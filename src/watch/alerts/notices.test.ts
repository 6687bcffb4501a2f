import { expect, it } from "vitest";
import { MINUTE, monitorOf, policyOf, readingOf, watched } from "../../../test/fixtures/watched.ts";
import { facts, nextFacts } from "../../notify/framing.ts";
import { adviceFor } from "../probes/advice.ts";

const confirm = { failures: 1, successes: 1 };
const release = { release: "r7", commit: "a1b2c3d4e5", liveSince: 30_000 };
const URL = "https://watch.soulseer.example/ops";

/** What the first message says of one failing monitor. */
function told(given: { watchUrl?: string; fix?: string; own?: string; severity?: "P1" | "P3" } = {}) {
  const { watchUrl, fix, own, severity = "P1" } = given;
  const monitor = monitorOf("api/http.health", { confirm, severity, ...(own !== undefined && { fix: own }) });
  const turn = watched([monitor], policyOf(), watchUrl);
  turn.evaluator.notice({
    muting: { silences: [], deploy: undefined, isStopped: false },
    live: release,
    incidents: [],
  });
  const down = readingOf(monitor.id, "down", MINUTE);
  turn.read(fix === undefined ? down : { ...down, fix });
  turn.until(2 * MINUTE);
  turn.read(readingOf(monitor.id, "up", 2 * MINUTE));
  turn.until(10 * MINUTE);
  const [first, last] = [turn.messages[0]?.notice, turn.messages.at(-1)?.notice];
  return {
    first,
    last,
    facts: Object.fromEntries(first?.facts ?? []),
    end: Object.fromEntries(last?.facts ?? []),
  };
}

it("leads to the incident and the status page below the declared address", () => {
  const { first, last, facts: said } = told({ watchUrl: URL });
  expect(first).toMatchObject({ link: `${URL}/incidents/i1`, statusPage: `${URL}/status` });
  expect(last).toMatchObject({ kind: "resolved", link: `${URL}/incidents/i1` });
  expect(said.look).toBe("gonogo incidents show i1 --env production");
});

it("says that there is no link where no address is declared, and what to type instead", () => {
  const { first, facts: said } = told();
  expect(first?.link).toBeUndefined();
  expect(said.look).toBe(
    "gonogo incidents show i1 --env production (no link: declare environments.production.watchUrl)",
  );
});

it("holds the check's own fix, or its monitor's, and the commands that fit", () => {
  expect(told({ fix: "create index x on y (z)", own: "look there" }).facts.fix).toBe(
    "create index x on y (z)",
  );
  const { facts: said, end } = told({ own: "look there" });
  expect(said).toMatchObject({
    fix: "look there",
    "go back": "gonogo rollback --env production",
    acknowledge: "gonogo incidents ack i1 --env production",
  });
  expect(end.review).toBe("gonogo incidents post-mortem i1 --env production");
  expect(end).not.toHaveProperty("acknowledge");
  expect(told({ severity: "P3" }).end).not.toHaveProperty("review");
});

it("asks nobody to acknowledge what somebody has", () => {
  const turn = watched([monitorOf("api/x", { confirm })]);
  turn.read(readingOf("api/x", "down", 0));
  const [incident] = turn.state.incidents.values();
  const head = { launch: "soulseer", environment: "production", watchUrl: URL };
  const labels = (acknowledgedAt: number | undefined) =>
    incident ? facts(nextFacts(head, { ...incident, acknowledgedAt })).map(([label]) => label) : [];
  expect([labels(undefined), labels(5)]).toEqual([["acknowledge", "look"], ["look"]]);
});

it("knows where to begin with each light question, in the user's own names", () => {
  const at = { name: "queue", component: "api", environment: "production" };
  const said = [
    adviceFor({ type: "http", at: "/health", accept: "2xx" }, at),
    adviceFor({ type: "postgres", variable: "DATABASE_URL" }, at),
    adviceFor({ type: "dns", name: "a.example", record: "A", expect: "192.0.2.1" }, at),
    adviceFor({ type: "figure", variable: "DATABASE_URL", sql: "select 1", unit: "" }, at),
  ];
  expect(said.join("\n")).toMatch(
    /gonogo logs api --env production[\s\S]*psql "\$DATABASE_URL"[\s\S]*A of a\.example to 192\.0\.2\.1[\s\S]*figures\.queue/,
  );
});
