import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { defineCheck } from "../model/check.ts";
import { defineComponent } from "../model/component.ts";
import type { Launch } from "../model/launch.ts";
import { pass } from "../model/outcome.ts";
import { importChecklist } from "./import-checklist.ts";
import { type KnownKinds, knownKinds } from "./known-kinds.ts";
import { splitLines } from "./markdown/text-lines.ts";

const KINDS = kindsOf({
  redis: { "redis.persistence.matches-use": ["Redis persistence", "AOF enabled"] },
  web: { "http.header.hsts": ["HSTS enabled"], "limit.rate.api": ["rate limiting enabled"] },
});

function kindsOf(asks: Record<string, Record<string, string[]>>): KnownKinds {
  return knownKinds(
    Object.entries(asks).map(
      ([kind, checks]) =>
        defineComponent({
          kind,
          summary: "",
          options: z.strictObject({}),
          variables: () => [],
          checks: Object.entries(checks).map(([id, words]) =>
            defineCheck({
              id,
              title: id,
              consequence: "It breaks.",
              severity: "blocker",
              phase: "staging",
              freshFor: "1h",
              asks: words,
              needs: {},
              run: () => pass("it is so"),
            }),
          ),
        }).definition,
    ),
  );
}

/** Declares hardly anything: whatever a list says is held against it, and much is proposed. */
const LAUNCH = {
  promises: { availability: 0.999, latency: { p95Ms: 500 }, errors: undefined, rollbackMs: undefined },
  components: [],
  variables: [],
  environments: [],
  deploy: { rollbackOn: [{ on: "errors", above: 0.1 }] },
  alerts: { thresholds: [] },
} as unknown as Launch;

function imported(text: string, { repair = false, launch }: { repair?: boolean; launch?: Launch } = {}) {
  return importChecklist({ text, kinds: KINDS, launch, repair });
}

const MARK = / <!-- gonogo: [^\n\r]*? -->/;

describe("importChecklist", () => {
  it("names who answers behind each line, and leaves bound lines and groups alone", () => {
    const text =
      "\uFEFF- [x] **Security**:\r\n  - [ ] HSTS enabled\r\n  - [ ] Rate limiting enabled <!-- gonogo: sign-off (approver=ada) -->\r- [ ] Team trained  \n\n| Task | Done |\n|---|---|\n| Redis persistence | ☐ |";
    const done = imported(text);
    expect(done.text).toBe(
      "\uFEFF- [x] **Security**:\r\n  - [ ] HSTS enabled <!-- gonogo: http.header.hsts -->\r\n  - [ ] Rate limiting enabled <!-- gonogo: sign-off (approver=ada) -->\r- [ ] Team trained <!-- gonogo: sign-off -->  \n\n| Task | Done |\n|---|---|\n| Redis persistence <!-- gonogo: redis.persistence.matches-use --> | ☐ |",
    );
    expect(done.lines.map(({ how }) => how)).toEqual(["group", "bound", "kept", "bound", "bound"]);
    expect(imported(done.text).text).toBe(done.text);
  });

  it.each([
    ["Runbook docs/runbook.md is read", "sign-off (file=docs/runbook.md)"],
    ["The workflow .github/workflows/ci.yml is read", "sign-off (file=.github/workflows/ci.yml)"],
    ["render.yaml is configured", "sign-off"],
    ["Delete readme.md and `/xmlrpc.php`", "sign-off (path=/xmlrpc.php)"],
  ])("asks a signature for a file that can be there: %s", (line, binding) => {
    expect(imported(`- [ ] ${line}\n`).text).toBe(`- [ ] ${line} <!-- gonogo: ${binding} -->\n`);
  });

  it("writes before a backslash that breaks the line, and behind a code span that goes on below", () => {
    const text = "- [ ] Team trained\\\n- [ ] Team\\\n  trained\n- [ ] Team has `a\n  b` read\n";
    expect(imported(text)).toMatchObject({
      refused: [],
      text: "- [ ] Team trained <!-- gonogo: sign-off -->\\\n- [ ] Team <!-- gonogo: sign-off -->\\\n  trained\n- [ ] Team has `a\n  b` read <!-- gonogo: sign-off -->\n",
    });
  });

  it.each([
    ["`curl -u admin:hunter2secret https://a.example/x` answers", "sign-off (url=https://a.example/x) -->"],
    ["`psql postgres://admin:hunter2secret@db.example/app -c 'select 1'` answers", "sign-off -->"],
    ["`STRIPE_KEY=sk_live_CANARY39HqLyjWDarjtT1` set", "sign-off (variable=STRIPE_KEY) -->"],
    ["`curl -u admin:<password> https://a.example/x`", 'url=https://a.example/x, run="curl -u'],
    ["`psql postgres://user:password@db.example/app`", "sign-off (run="],
  ])("writes no secret a second time: %s", (line, binding) => {
    expect(imported(`- [ ] ${line}\n`).text).toContain(binding);
  });

  it("repairs what was encoded twice only when asked to", () => {
    const misread = "- [ ] HSTS enabled â†’ âœ…\n";
    expect(imported(misread).text).toBe("- [ ] HSTS enabled â†’ âœ… <!-- gonogo: http.header.hsts -->\n");
    expect(imported(misread, { repair: true }).text).toBe(
      "- [ ] HSTS enabled → ✅ <!-- gonogo: http.header.hsts -->\n",
    );
  });

  it("writes nothing where a comment is not understood", () => {
    const text = "- [ ] HSTS enabled\n- [ ] a <!-- gonogo: http.header.htst -->\n";
    const { text: written, problems } = imported(text);
    expect(written).toBe(text);
    expect(problems).toEqual([
      { line: 2, what: expect.stringMatching(/did you mean http\.header\.hsts/), stops: true },
    ]);
  });

  it("says which line cannot take a comment, and binds the others", () => {
    const text = "- [ ] HSTS enabled <!-- never closed\n- [ ] Rate limiting enabled\n";
    const done = imported(text);
    expect(done.refused).toEqual([1]);
    expect(splitLines(done.text)[0]?.text).toBe("- [ ] HSTS enabled <!-- never closed");
    expect(splitLines(done.text)[1]?.text).toContain("limit.rate.api");
  });

  it("refuses more lines than anybody reads", () => {
    expect(() => imported("- [ ] a\n".repeat(100_000))).toThrow("the checklist has 100000 lines to answer");
  });

  it("touches nothing outside its marks, never throws, and changes nothing the second time", () => {
    const piece = fc.constantFrom(
      ...'- [ ] HSTS enabled|- [x] a|# H|## T-24 hours|## [ ] g|### ☐ h ##|\n|\r\n|\r|  |    |\t|```|~~~|> |1. |* |**|`|<!--|-->|<!-- gonogo: |sign-off|none|\\|(|)|"|🙂|âœ…|\uFEFF|\u2028|$&|$1|---|: |@|&lt;|<b>|[ ](x)|- |\u0085|='.split(
        "|",
      ),
      "|",
      "99.99 % uptime ",
      "error rate > 5 % ",
      "`API_KEY=/x` ",
      "Redis and Stripe, ",
      "## Rollback triggers\n",
      "| a | ☐ |\n",
      "|---|---|\n",
      "| `a|b` | [x] |\n",
      ...">> - [ ] q~> > ~1) [ ] x~<div>~</div>\n~<details><summary>~<pre>~<script>~</script>~<?x~<![CDATA[~]]>~--!>~[^1]: ~- [ ] \0~\0~\v~\u202e~中文~- [ ] `~<!-- gonogo-ticked 2026-01-01 -->~\\\n".split(
        "~",
      ),
    );
    const markdown = fc.oneof(
      fc.array(piece, { maxLength: 60 }).map((pieces) => pieces.join("")),
      fc.string({ unit: "grapheme", maxLength: 200 }),
      fc.string({ unit: "binary", maxLength: 200 }),
    );
    fc.assert(
      fc.property(markdown, (text) => {
        const done = imported(text, { launch: LAUNCH });
        const [before, after] = [splitLines(text), splitLines(done.text)];
        expect(after.map(({ end }) => end)).toEqual(before.map(({ end }) => end));
        for (const [index, { text: line }] of after.entries()) {
          const original = before[index]?.text ?? "";
          if (line !== original) expect(withoutOneMark(line, original)).toBe(original);
        }
        expect(imported(done.text).text).toBe(done.text);
      }),
      { numRuns: 1_500 },
    );
  });
});

/** The line without the mark that makes the difference: one that stood there before stays. */
function withoutOneMark(line: string, original: string): string {
  for (let from = 0; from <= line.length; from++) {
    const match = MARK.exec(line.slice(from));
    if (!match) break;
    const at = from + match.index;
    const rest = line.slice(0, at) + line.slice(at + match[0].length);
    if (rest === original) return rest;
    from = at;
  }
  return line;
}
