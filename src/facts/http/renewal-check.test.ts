import { X509Certificate } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createAuthority, type TestAuthority } from "../../../test/fixtures/certificates.ts";
import { HOSTNAME, openWebApp } from "../../../test/fixtures/web-app.ts";
import { answersOf, checkWithId, webSubject } from "../../../test/fixtures/web-subject.ts";
import type { CertificateRenewal, HostStatus } from "../../model/host.ts";
import type { Outcome } from "../../model/outcome.ts";
import type { Subject } from "../../model/subject.ts";
import { openDoors } from "../../system/doors.ts";

const DAY_MS = 86_400_000;
const FILE = "/etc/letsencrypt/live/shop.example/fullchain.pem";

const doors = openDoors();
let authority: TestAuthority;
beforeAll(async () => {
  authority = await createAuthority();
});
afterAll(() => doors[Symbol.asyncDispose]());

interface Machine {
  readonly renewal?: Partial<CertificateRenewal>;
  /** It has lasted this long, and lasts that long. */
  readonly sinceDays?: number;
  readonly untilDays?: number;
  readonly given?: Partial<Subject<never>>;
}

/** What is said of a real door with such a certificate, on a machine that tells this of its renewal. */
async function answer({
  renewal,
  sinceDays = 10,
  untilDays = 80,
  given,
}: Machine): Promise<Outcome | undefined> {
  const certificate = await authority.issue({ names: [HOSTNAME], fromDays: -sinceDays, untilDays });
  const notAfter = Date.parse(new X509Certificate(certificate.cert).validTo);
  await using app = await openWebApp(certificate, {});
  const told = renewal && { by: "certbot" as const, file: FILE, notAfter, ...renewal };
  const target = {
    logs: async () => [],
    host: async () => ({ ...(told && { renewal: told }) }) as HostStatus,
  };
  const subject = webSubject({ app, ca: authority.ca, given: { target, ...given } });
  return (await answersOf(doors, subject, [checkWithId("tls.certificate.renewal")]))[
    "tls.certificate.renewal"
  ];
}

describe("tls.certificate.renewal", () => {
  it("passes where certbot or the edge is set to renew it", async () => {
    expect(await answer({ renewal: {} })).toMatchObject({
      status: "pass",
      summary: expect.stringMatching(/^certbot is set to renew it; (?:79|80) d left$/),
    });
    expect(await answer({ renewal: { by: "edge" } })).toMatchObject({
      status: "pass",
      summary: expect.stringContaining("the edge renews it by itself"),
    });
  });

  it.each<[string, Machine, string]>([
    [
      "an attempt failed",
      { renewal: { failure: "certbot.service ended with exit-code" } },
      "the last attempt",
    ],
    ["nothing starts it", { renewal: { obstacle: "no timer is active" } }, "nobody is going to renew"],
    ["it is late", { renewal: {}, sinceDays: 75, untilDays: 15 }, "should have been renewed by now"],
    [
      "it is late, whoever it is",
      { renewal: { unseen: "a crontab" }, sinceDays: 75, untilDays: 15 },
      "should have been renewed by now",
    ],
  ])("fails where %s", async (_how, machine, summary) => {
    expect(await answer(machine)).toMatchObject({
      status: "fail",
      summary: expect.stringContaining(summary),
    });
  });

  it("cannot tell of another program, another certificate, an agent of before, or before the first deploy", async () => {
    for (const [machine, reason] of [
      [{ renewal: { by: undefined } }, "no renewal file of certbot names"],
      [{ renewal: { unseen: "root's crontab cannot be read" } }, "root's crontab"],
      [{ renewal: { notAfter: Date.now() + 20 * DAY_MS } }, "shows another certificate"],
      [{}, "the agent there is of before"],
      [{ renewal: {}, given: { runtime: undefined } }, "nothing is deployed"],
    ] as const)
      expect(await answer(machine)).toMatchObject({
        status: "unknown",
        reason: expect.stringContaining(reason),
      });
  });

  it("does not apply where nobody may look at the machine", async () => {
    const target = { logs: async () => [], host: async () => undefined };
    expect((await answer({ given: { target } }))?.status).toBe("not applicable");
  });
});
