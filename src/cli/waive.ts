import { UserError } from "../model/errors.ts";
import { findingsOf } from "../model/finding.ts";
import { DEFAULT_PEOPLE_POLICY } from "../model/people-policy.ts";
import { utc } from "../model/phase-times.ts";
import { type CommandModule, declareEnvironment, declareFormat, examples, text } from "./command.ts";
import { show } from "./format.ts";
import { lengthOption, untilOption, withinLongest } from "./length-option.ts";
import { folded, harmless } from "./output/plain-text.ts";
import { headOf } from "./records.ts";
import { type OpenScene, openScene } from "./scene.ts";

export const waiveCommand: CommandModule = {
  completes: { finding: "findings" },
  declare(command) {
    declareFormat(declareEnvironment(command))
      .argument("<finding>", "fingerprint of a finding, as `gonogo check` shows it")
      .requiredOption("--reason <text>", "why it is acceptable")
      .option(
        "--until <time>",
        "to the end of that day (UTC), or to that moment: 2026-12-31, 2026-12-31T18:00Z",
      )
      .option("--for <duration>", "how long, instead of --until")
      .option("--by <name>", "who accepts it (default: user@host)");
    examples(command, [
      ['gonogo waive 3f2a91c07b55 --reason "table of 40 rows" --until 2026-12-31', "accept one finding"],
      ['gonogo waive 3f2a91c07b55 --reason "fix is in review" --for 3d --env production', "for three days"],
    ]);
  },
  async run(world, given) {
    const finding = given.args[0] ?? "";
    if (!/^[0-9a-f]{12}$/.test(finding)) {
      throw new UserError(`"${finding}" is not a finding's fingerprint`, {
        fix: "twelve digits, as `gonogo check` shows",
      });
    }
    const reason = text(given, "reason") ?? "";
    if (reason.trim() === "") throw new UserError("a waiver needs a reason", { fix: '--reason "..."' });
    const isUntil = text(given, "until") !== undefined;
    if (isUntil === (text(given, "for") !== undefined)) {
      throw new UserError("a waiver ends: say when", { fix: "either --until 2026-12-31 or --for 30d" });
    }
    const at = world.doors.clock.now();
    const lasts = isUntil ? untilOption(given, at) : lengthOption(given, "for");
    await using scene = await openScene(world, given);
    withinLongest(lasts, (scene.launch.people ?? DEFAULT_PEOPLE_POLICY).longestWaiverMs, "a waiver");
    const found = await expectFinding(finding, scene);
    const by = text(given, "by") ?? world.who;
    const { name } = scene.environment;
    await scene.store.people.waive({ environment: name, finding, by, at, until: at + lasts, reason });
    await show(world, given, {
      record: {
        ...headOf(scene),
        kind: "waive",
        ...{ finding, about: found, by, at, until: at + lasts, reason },
      },
      text: () =>
        folded(
          `${harmless(`${found} accepted by ${by}`)} for ${name}, until ${utc(at + lasts)}\n` +
            `The check still runs, and the report says what the verdict would have been.\nNext: gonogo status --env ${name}\n`,
          world.output,
        ),
    });
    return 0;
  },
};

/** What the fingerprint is of. A waiver of nothing would look like one of something. */
async function expectFinding(
  fingerprint: string,
  { store, environment, target, items }: OpenScene,
): Promise<string> {
  const { live } = await target.status(AbortSignal.timeout(5_000));
  const rows = await store.evidence.latest(environment.name, live);
  const said = items.flatMap(({ line, contradictions = [] }) =>
    contradictions.map(({ fingerprint: each, what, says }) => ({
      fingerprint: each,
      words: `line ${line} of the checklist, ${what}: ${says}`,
    })),
  );
  const seen = rows.flatMap(({ component, check, outcome }) =>
    outcome.status === "fail" || outcome.status === "warn"
      ? findingsOf(component, check, outcome).map((each) => ({
          fingerprint: each.fingerprint,
          words: `${component}/${check}${each.name === "" ? "" : ` ${each.name}`}`,
        }))
      : [],
  );
  const open = [...said, ...seen];
  const found = open.find((each) => each.fingerprint === fingerprint);
  if (found) return found.words;
  const listed = open.slice(0, 5).map((each) => `${each.fingerprint} ${each.words}`);
  throw new UserError(`${environment.name} has no finding ${fingerprint}`, {
    fix: listed.length > 0 ? `one of: ${listed.join(", ")}` : "gonogo check shows the findings there are",
  });
}
