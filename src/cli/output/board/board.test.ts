import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { AT, checkCalled, launchOf, personItem, recordOf } from "../../../../test/fixtures/check-record.ts";
import { sampleRecord } from "../../../../test/fixtures/sample-check-record.ts";
import { findingFingerprint } from "../../../model/finding.ts";
import { fail, notApplicable, type Outcome, pass, unknown, warn } from "../../../model/outcome.ts";
import type { CheckRecord } from "../contracts/check.ts";
import { widthOf } from "../plain-text.ts";
import { board } from "./board.ts";

const plain = { columns: 100, colour: false };

function linesOf(record: CheckRecord, options = plain): string[] {
  return board(record, options).split("\n");
}

const trouble = { expected: "a", found: "b", fix: "c" };

describe("the board", () => {
  it("shows one of everything", () => {
    expect(board(sampleRecord(), plain)).toMatchSnapshot();
  });

  it("fits a narrow terminal", () => {
    expect(board(sampleRecord(), { columns: 60, colour: false })).toMatchSnapshot();
  });

  it("loses no word on a terminal of 40 columns", () => {
    const name = "payments-of-the-european-shop";
    const launch = launchOf({ [name]: [checkCalled("stripe.one")] });
    const long = recordOf({ launch, outcomes: { [`${name}/stripe.one`]: fail("no answer", trouble) } });
    for (const record of [sampleRecord(), long]) {
      const words = (columns: number) => board(record, { columns, colour: false }).split(/\s+/).join(" ");
      expect(words(40)).toBe(words(Number.POSITIVE_INFINITY));
    }
    expect(linesOf(long, { columns: 40, colour: false })).toContain(`  ${name}`);
  });

  it("has the same words in colour", () => {
    const coloured = board(sampleRecord(), { columns: 100, colour: true });
    expect(coloured).toContain("\u001b[31m✗\u001b[39m");
    expect(coloured).toContain("\u001b[32mGO\u001b[39m");
    // biome-ignore lint/suspicious/noControlCharactersInRegex: colours are control characters
    expect(coloured.replace(/\u001b\[\d+m/g, "")).toBe(board(sampleRecord(), plain));
    expect(board(sampleRecord(), plain)).not.toContain("\u001b");
  });

  it("says that nothing is deployed, and who is GO", () => {
    const launch = launchOf({ api: [checkCalled("web.one")] });
    const lines = linesOf(recordOf({ launch, outcomes: { "api/web.one": pass("fine") } }));
    expect(lines).toEqual([
      "soulseer · staging · nothing deployed",
      "",
      "  api          1/1  GO",
      "",
      "GO · 1 check in 2.1 s",
      "Next: `gonogo plan --env staging` shows what a deploy would change",
      "",
    ]);
  });

  it("tells what was asked for by name though it is due later, and what it waits for", () => {
    const later = (id: string) => checkCalled(id, { phase: "production", severity: "warning" });
    const told = (outcome: Outcome, release?: { id: string; commit: string; createdAt: number }) =>
      linesOf(
        recordOf({
          launch: launchOf({ watch: [later("status.page.answers")] }),
          outcomes: { "watch/status.page.answers": outcome },
          ...(release && { release: { ...release, configuration: "c1" } }),
        }),
      );
    const release = { id: "r2", commit: "0a1b2c3d".repeat(5), createdAt: AT };
    const again = "`gonogo check --env staging --only status.page.answers`";
    const fix = "gonogo serve --env staging, kept up by systemd";
    const silent = told(fail("the status page does not answer", { ...trouble, fix }), release);
    expect(silent).toContain("  watch        0/1  not due yet: production");
    expect(silent).toContain("    ! status.page.answers  the status page does not answer");
    expect(silent).toContain(`        Fix: ${fix}`);
    expect(silent.slice(-3)).toEqual([
      "NO-GO · nothing of it is due yet · 1 check in 2.1 s",
      `Next: \`gonogo serve --env staging\`, then ${again}`,
      "",
    ]);
    const unseen = told(unknown("nothing is deployed in staging yet", "watch.seen"));
    expect(unseen).toContain(
      "    ? status.page.answers  not evaluated: watch.seen: nothing is deployed in staging yet",
    );
    expect(unseen.at(-2)).toBe(
      "Next: `gonogo plan --env staging`, then `gonogo deploy --env staging`: then it can be seen",
    );
    const moot = told(notApplicable("no page is declared"), release);
    expect(moot).toContain("    - status.page.answers  does not apply: no page is declared");
    expect(moot.at(-2)).toBe("Next: `gonogo check --env staging` asks all that is due");
  });

  it("names the tree that was not committed", () => {
    const launch = launchOf({ api: [checkCalled("web.one")] });
    const release = {
      id: "r2",
      commit: `tree:${"0a1b2c3d".repeat(5)}`,
      createdAt: AT - 3_000,
      configuration: "c1",
    };
    const [heading] = linesOf(recordOf({ launch, release, outcomes: { "api/web.one": pass("fine") } }));
    expect(heading).toBe("soulseer · staging · release r2 (tree:0a1b2c3, 3.0 s ago)");
  });

  it("tells a cause that several components feel once, before everything else", () => {
    const launch = launchOf({
      api: [checkCalled("web.one"), checkCalled("web.two"), checkCalled("web.three")],
      billing: [checkCalled("worker.one")],
    });
    const reason = "nothing is deployed yet";
    const lines = linesOf(
      recordOf({
        launch,
        outcomes: {
          "api/web.one": unknown(reason, "web.page"),
          "api/web.two": unknown(reason, "web.page"),
          "api/web.three": unknown("no answer within 10000 ms", "web.slow"),
          "billing/worker.one": unknown(reason, "worker.heartbeat"),
        },
      }),
    );
    expect(lines.slice(2, 9)).toEqual([
      "  ? 3 lines not evaluated: nothing is deployed yet",
      "      api (2), billing (1)",
      "",
      "  api          0/3  NO-GO",
      "    ? web.three  not evaluated: web.slow: no answer within 10000 ms",
      "  billing      0/1  NO-GO",
      "",
    ]);
  });

  it("names only the findings that nobody has accepted", () => {
    const launch = launchOf({ api: [checkCalled("web.one")] });
    const finding = findingFingerprint("api", "web.one", "first");
    const lines = linesOf(
      recordOf({
        launch,
        outcomes: { "api/web.one": fail("two are open", { ...trouble, findings: ["first", "second"] }) },
        waivers: [{ environment: "staging", finding, by: "Ada", at: AT - 1, until: AT + 1, reason: "small" }],
      }),
    );
    expect(lines[4]).toBe("        second");
    expect(lines.join("\n")).not.toContain("first");
  });

  it("says of a component to which nothing applies just that", () => {
    const launch = launchOf({ api: [checkCalled("web.one")], mail: [checkCalled("mail.one")] });
    const outcomes = { "api/web.one": pass("fine"), "mail/mail.one": notApplicable("no mail is sent") };
    expect(linesOf(recordOf({ launch, outcomes }))).toContain("  mail         0/0  nothing applies");
  });

  it("fits in its width and stays harmless, whatever comes from outside", () => {
    const anyText = fc.string({ unit: "binary", maxLength: 2_000 });
    // Lines that come indented, and code and quotes, are to be pasted: they are not wrapped.
    const text = anyText.map((each) => each.replace(/(?<=[\r\n]|^)[ \t]+/g, ""));
    const outcome: fc.Arbitrary<Outcome> = fc.oneof(
      fc
        .record({
          summary: text,
          expected: text,
          found: text,
          fix: text,
          findings: fc.array(text, { maxLength: 15 }),
        })
        .map(({ summary, ...rest }) => fail(summary, rest)),
      fc
        .record({ summary: text, found: text })
        .map(({ summary, found }) => warn(summary, { ...trouble, found })),
      fc.tuple(text, text).map(([reason, cause]) => unknown(reason, cause)),
      text.map(notApplicable),
      text.map((summary) => pass(summary)),
    );
    const launch = launchOf(
      {
        "a-component-with-quite-a-long-name": [checkCalled("web.one")],
        b: [checkCalled("b.two", { severity: "info" })],
      },
      { checklist: "LAUNCH.md" },
    );
    fc.assert(
      fc.property(outcome, outcome, text, fc.integer({ min: 40, max: 200 }), (one, two, said, columns) => {
        const record = recordOf({
          launch,
          outcomes: { "a-component-with-quite-a-long-name/web.one": one, "b/b.two": two },
          checklist: [
            personItem("line", { text: said, answeredBy: { by: "checks", checks: [{ check: "b.two" }] } }),
            personItem("unbound", { text: said, answeredBy: { by: "nobody" } }),
          ],
        });
        for (const line of linesOf(record, { columns, colour: false })) {
          if (!/["'`]/.test(line)) expect(widthOf(line)).toBeLessThanOrEqual(Math.min(100, columns));
          expect(line).not.toMatch(/[\p{Cc}\u202a-\u202e\u2066-\u2069]/u);
        }
      }),
      { numRuns: 200 },
    );
  });
});

function closing(given: Parameters<typeof recordOf>[0]): string[] {
  return linesOf(recordOf(given)).slice(-3, -1);
}

describe("the end of the board", () => {
  const launch = launchOf({
    api: [checkCalled("web.one"), checkCalled("web.two"), checkCalled("web.hint", { severity: "warning" })],
  });
  const fine = { "api/web.one": pass("fine"), "api/web.two": pass("fine"), "api/web.hint": pass("fine") };

  it("counts several blockers and sends to all of them", () => {
    const outcomes = { ...fine, "api/web.one": fail("no", trouble), "api/web.two": fail("no", trouble) };
    expect(closing({ launch, outcomes })).toEqual([
      "NO-GO · 2 blockers · 3 checks in 2.1 s",
      "Next: fix the 2 blockers above, then `gonogo check --env staging`",
    ]);
  });

  it("sends to what could not be seen", () => {
    const outcomes = { ...fine, "api/web.two": unknown("refused", "web.page") };
    expect(closing({ launch, outcomes })).toEqual([
      "NO-GO · 1 not evaluated · 3 checks in 2.1 s",
      "Next: mend web.page, then `gonogo check --env staging --only api`",
    ]);
  });

  it("sends to the command that a reason names, and tells a drill apart from a line nobody answers", () => {
    const outcomes = { ...fine, "api/web.two": unknown("nobody has watched: gonogo serve", "watch.seen") };
    expect(closing({ launch, outcomes })[1]).toBe(
      "Next: `gonogo serve --env staging`, then `gonogo check --env staging --only api`",
    );
    const checklist = [personItem("back", { answeredBy: { by: "drill", drill: "drill.restore" } })];
    const lines = linesOf(recordOf({ launch, outcomes: fine, checklist }));
    expect(lines.join("\n")).toMatch(
      /drills +0\/1 +NO-GO\n.*the drill has not been held, and staging does not allow drills: declare\n/,
    );
    expect(lines.slice(-4, -1)).toEqual([
      "NO-GO · 1 drill not held · 3 checks in 2.1 s",
      'Next: declare environments.staging: { allows: ["read", "active", "drill"] }, then',
      "`gonogo drill restore --env staging`, then `gonogo check --env staging`",
    ]);
  });

  it("is GO with a warning", () => {
    const outcomes = { ...fine, "api/web.hint": unknown("refused", "web.page") };
    expect(closing({ launch, outcomes })[0]).toBe("GO · 1 not evaluated · 3 checks in 2.1 s");
    const weak = { ...fine, "api/web.hint": warn("weak", trouble) };
    expect(closing({ launch, outcomes: weak })[0]).toBe("GO · 1 warning · 3 checks in 2.1 s");
  });

  it("says what was not asked, and how to ask", () => {
    expect(closing({ launch, outcomes: { "api/web.one": pass("fine") } })).toEqual([
      "NO-GO · 2 not checked · 1 check in 2.1 s",
      "Next: `gonogo check --env staging` asks again",
    ]);
  });

  it("says once of a list that nobody imported who binds its lines, before any deploy is asked for", () => {
    const checklist = ["Redis answers", "Backups are restored"].map((text, at) =>
      personItem(`line-${at}`, { text, line: at + 1, answeredBy: { by: "nobody" } }),
    );
    const outcomes = { ...fine, "api/web.two": unknown("nothing is deployed in staging yet", "web.page") };
    const awaited = launchOf(
      { api: [checkCalled("web.one"), checkCalled("web.two"), checkCalled("web.hint")] },
      { checklist: "docs/LAUNCH.md" },
    );
    const lines = linesOf(recordOf({ launch: awaited, outcomes, checklist }));
    expect(
      lines.slice(
        lines.findIndex((each) => each.includes("unbound")),
        -5,
      ),
    ).toEqual([
      "  unbound      0/2  NO-GO",
      "    ? 2 lines: bound to no check, drill or person",
      "      line 1 Redis answers",
      "      line 2 Backups are restored",
    ]);
    expect(lines.at(-2)).toBe(
      "Next: `gonogo import docs/LAUNCH.md` binds 2 lines, then `gonogo check --env staging`",
    );
  });

  it("sends a person to sign when only that is missing", () => {
    const checklist = [personItem("team-trained")];
    expect(closing({ launch, outcomes: fine, checklist })).toEqual([
      "NO-GO · 1 sign-off · 3 checks in 2.1 s",
      'Next: `gonogo sign team-trained --env staging --evidence "..."`',
    ]);
  });

  it("says that it is GO only by waivers", () => {
    const record = recordOf({ launch, outcomes: { ...fine, "api/web.one": fail("no", trouble) } });
    const finding = record.answers[0]?.findings[0]?.fingerprint ?? "";
    const waiver = { environment: "staging", finding, by: "Ada", at: AT - 1, until: AT + 1, reason: "small" };
    const outcomes = { ...fine, "api/web.one": fail("no", trouble) };
    expect(closing({ launch, outcomes, waivers: [waiver] })[0]).toBe(
      "GO · NO-GO without waivers, 1 waiver · 3 checks in 2.1 s",
    );
  });

  it("does not take nothing for GO", () => {
    expect(closing({ launch: launchOf({}), outcomes: {} })).toEqual([
      "NO-GO · nothing was answered · 0 checks in 2.1 s",
      "Next: give the launch components or a checklist, then `gonogo check --env staging`",
    ]);
  });

  it("takes the next step from whoever knows better", () => {
    const lines = linesOf(recordOf({ launch, outcomes: fine }), {
      ...plain,
      next: "open https://x.test",
    } as never);
    expect(lines.at(-2)).toBe("Next: open https://x.test");
  });
});
