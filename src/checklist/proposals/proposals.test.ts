import { describe, expect, it } from "vitest";
import { publishedKinds, publishedKnownKinds } from "../../../test/fixtures/published-kinds.ts";
import type { Launch } from "../../model/launch.ts";
import { importChecklist } from "../import-checklist.ts";

const KINDS = publishedKnownKinds();
const HOST = publishedKinds().get("host");
const NOTHING = {
  promises: { availability: undefined, latency: {}, errors: undefined, rollbackMs: undefined },
  // As every launch has it, whether or not its declaration says a word on it.
  components: [{ name: "host", kind: HOST, options: HOST?.options.parse({}) }],
  variables: [{ name: "STRIPE_WEBHOOK_SECRET", is: { type: "string" } }],
  environments: [],
  deploy: { rollbackOn: [{ on: "availability", below: 0.99, overMs: 1 }] },
  alerts: { thresholds: [] },
} as unknown as Launch;

function proposed(markdown: string, launch: Launch = NOTHING): [lines: readonly number[], add: string][] {
  const { proposals } = importChecklist({ text: markdown, kinds: KINDS, launch, repair: false });
  return proposals.map(({ lines, add, why }) => [lines, add ?? why]);
}

describe("what the declaration lacks", () => {
  it("names components by what lines speak of or are bound to, with what lines say of them", () => {
    const list = [
      "- [ ] Enable Redis persistence (AOF + RDB)",
      "- [ ] Stripe webhook endpoint at `/stripe/webhook/`",
      "## Stripe events",
      "- [ ] `checkout.session.completed`",
      "- [ ] `invoice.paid` arrives from Stripe",
      "- [ ] Run PostgreSQL migrations (`heroku run python manage.py migrate`)",
      "- [ ] SPF and DKIM configured",
    ].join("\n");
    const found = proposed(list).map(([, add]) => add);
    expect(found).toContain("cache: redis(),");
    expect(found).toContain(
      'payments: stripe({ webhook: "/stripe/webhook/", events: ["checkout.session.completed", "invoice.paid"] }),',
    );
    expect(found).toContain('db: postgres({ migrate: "python manage.py migrate" }),');
    expect(found).toContain('mail: mail({ domain: "..." }),');
  });

  it("leaves lists to be filled in as lists", () => {
    const found = proposed("- [ ] Smoke test of checkout and login passes\n").map(([, add]) => add);
    expect(found).toEqual(['scenario: scenario({ steps: ["..."] }),']);
  });

  it("proposes only kinds that exist, and says plainly where there is none", () => {
    const list = "- [ ] FFmpeg installed\n- [ ] Sentry DSN\n- [ ] Pages of MongoDB backed up to S3\n";
    for (const [, told] of proposed(list)) {
      const kind = /^"?[\w-]+"?: ([a-z]+)\(/.exec(told)?.[1];
      expect(kind === undefined ? /no component for/.test(told) : KINDS.has(kind)).toBe(true);
    }
    const withBinary = new Map([...KINDS, ["binary", { ...KINDS.get("redis"), kind: "binary" } as never]]);
    const { proposals } = importChecklist({
      text: list,
      kinds: withBinary,
      launch: undefined,
      repair: false,
    });
    expect(proposals[0]).toMatchObject({ add: 'ffmpeg: binary("ffmpeg"),', why: "line 1 speaks of FFmpeg" });
  });

  it("has people alerted from where the list wants it, where the declaration does so later", () => {
    const list = [
      "## Alerts to configure",
      "- [ ] CPU usage > 80%",
      "- [ ] Memory usage > 85%",
      "- [ ] Memory usage > 95%",
      "- [ ] Disk space < 10%",
      "## Performance",
      "- [ ] CPU usage < 70%",
    ].join("\n");
    expect(proposed(list)).toEqual([[[2, 3], 'host: host({ alertAbove: { memory: "85%", cpu: "80%" } }),']]);
    const host = {
      name: "machine",
      kind: HOST,
      options: { alertAbove: { cpu: "75%", memory: "90%" } },
    };
    const launch = { ...NOTHING, components: [host] } as unknown as Launch;
    expect(proposed(list, launch)).toEqual([[[3], 'machine: host({ alertAbove: { memory: "85%" } }),']]);
    const { proposals } = importChecklist({ text: list, kinds: KINDS, launch, repair: false });
    expect(proposals[0]?.why).toBe("line 3: when to be alerted; change it in the machine there is");
  });

  it("makes thresholds of what the list wants to be told of, the strictest, where there are none", () => {
    const list = [
      "## Alerts to configure",
      "- [ ] Error rate > 5%",
      "- [ ] Error rate above 2% <!-- gonogo: slo.errors.met -->",
      "- [ ] Response time p99 > 3s <!-- gonogo: slo.latency.met -->",
      "## Rollback triggers",
    ].join("\n");
    expect(proposed(list)).toEqual([
      [[2, 3], '{ errors: "2%" },'],
      [[4], '{ p99: "3s" },'],
    ]);
    const alerts = {
      thresholds: [
        { of: "errors", above: 0.03, overMs: 300_000 },
        { of: "p95", aboveMs: 2_000, overMs: 300_000 },
      ],
    };
    const launch = { ...NOTHING, alerts } as unknown as Launch;
    expect(proposed(list, launch)).toEqual([]);
    const { contradictions } = importChecklist({ text: list, kinds: KINDS, launch, repair: false });
    expect(contradictions).toMatchObject([
      { line: 3, says: "2%", declares: "3%", where: "alerts.thresholds" },
      // One request in fifty may take ten seconds before the 95th percentile tells anybody.
      { line: 4, says: "p99 > 3s", declares: "p95 2s", where: "alerts.thresholds" },
    ]);
  });

  it("makes promises of success metrics, one for each time", () => {
    const list =
      "- [ ] Response times < 500ms\n## Success criteria\n### Week 1\n- [ ] 99.9% uptime\n### Month 1\n- [ ] 99.95% uptime\n- [ ] <1% error rate\n";
    expect(proposed(list)).toEqual([
      [[4, 6], 'availability: { "7d": "99.9%", "30d": "99.95%" },'],
      [[1], 'latency: { p95: "500ms" },'],
      [[7], 'errors: "1%",'],
    ]);
  });

  it("makes rollback triggers of those that the declaration does not have", () => {
    const list = "## Rollback triggers\n- [ ] Error rate >5%\n- [ ] Uptime <99% (2+ hours downtime)\n";
    expect(proposed(list)).toEqual([[[2], '{ errors: "5%" },']]);
    const slow =
      "- [ ] p99 response time > 3s\n- [ ] 99th percentile of answers above 5 seconds <!-- gonogo: slo.latency.met -->\n- [ ] Slow queries > 2s <!-- gonogo: postgres.query.slow -->\n";
    expect(proposed(`## Rollback triggers\n${slow}`)).toEqual([
      [[4], "db: postgres(),"],
      [[2], '{ p99: "3s" },'],
      [[3], '{ p99: "5s" },'],
      [[4], '{ check: "postgres.query.slow" },'],
    ]);
    const other = { ...NOTHING, deploy: { rollbackOn: [{ on: "errors", above: 0.1 }] } } as unknown as Launch;
    const { contradictions } = importChecklist({ text: list, kinds: KINDS, launch: other, repair: false });
    expect(contradictions).toMatchObject([
      { line: 2, says: ">5%", declares: "10%", where: "deploy.rollbackOn" },
      { line: 3, says: "<99%", declares: "nothing", where: "deploy.rollbackOn" },
    ]);
  });

  it("goes back for what a release can break, not for whatever a line is about", () => {
    const bound = (line: string, id: string) =>
      proposed(`## Rollback triggers\n- [ ] ${line} <!-- gonogo: ${id} -->\n`).filter(([, add]) =>
        add.startsWith("{ "),
      );
    expect(bound("❌ robots.txt present", "seo.robots")).toEqual([]);
    expect(bound("Certificate expired", "tls.certificate.expiry")).toEqual([]);
    expect(bound("Tests red", "repo.test.green")).toEqual([]);
    expect(bound("Coverage below 80%", "repo.test.coverage")).toEqual([]);
    expect(bound("Nobody can pay", "payment.mode.live, process.health.ready")).toEqual([
      [[2], '{ check: "process.health.ready" },'],
    ]);
    expect(bound("Jobs pile up", "jobs.queue.backlog")).toEqual([[[2], '{ check: "jobs.queue.backlog" },']]);
    // No declaration takes the promise's check for a trigger; the figure it does.
    expect(bound("Response time > 3s", "slo.latency.met")).toEqual([[[2], '{ p95: "3s" },']]);
    expect(bound("Over 20% of pages have broken links", "link.broken")).toEqual([
      [[2], '{ check: "link.broken" },'],
    ]);
  });

  it("names variables, and one that may be meant by another name", () => {
    const list = "- [ ] `API_URL` and `STRIPE_WEBHOOK_SIGNING_SECRET` set\n- [ ] `NODE_ENV=production`\n";
    const { proposals } = importChecklist({ text: list, kinds: KINDS, launch: NOTHING, repair: false });
    const variables = proposals.filter(({ under }) => under === "variables");
    expect(variables.map(({ add }) => add)).toEqual([
      'API_URL: { type: "url" },',
      'STRIPE_WEBHOOK_SIGNING_SECRET: { type: "string" },',
    ]);
    expect(variables[1]?.why).toContain("or is STRIPE_WEBHOOK_SECRET meant");
  });
});
