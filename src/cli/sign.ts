import { secretTexts } from "../assess/redaction.ts";
import { readSource } from "../deploy/source.ts";
import { UserError } from "../model/errors.ts";
import type { SignOffRules } from "../model/item.ts";
import { DEFAULT_PEOPLE_POLICY, type PeoplePolicy } from "../model/people-policy.ts";
import { utc } from "../model/phase-times.ts";
import { isSamePerson, visible } from "../model/sign-off.ts";
import { type CommandModule, declareEnvironment, declareFormat, examples, text } from "./command.ts";
import { show } from "./format.ts";
import { lengthOption, withinLongest } from "./length-option.ts";
import { folded, harmless } from "./output/plain-text.ts";
import { headOf } from "./records.ts";
import { type OpenScene, openScene } from "./scene.ts";
import { takeEvidence } from "./sign-evidence.ts";
import { signable } from "./signable.ts";

export const signCommand: CommandModule = {
  completes: { item: "items", "--evidence": "files" },
  declare(command) {
    declareFormat(declareEnvironment(command))
      .argument("<item>", "a line of the checklist that a person answers, by its id or number")
      .requiredOption(
        "--evidence <what>",
        "what it rests on: a file (hashed and kept), an address, a sentence",
      )
      .option("--by <name>", "who signs (default: user@host)")
      .option("--done-by <name>", "who did the work, where somebody else has to sign")
      .option("--for <duration>", "how long it stands (default: 30d, or what the line allows)");
    examples(command, [
      ['gonogo sign support-team-trained --by "Ada" --evidence "session of 12 May"', "a person's answer"],
      ['gonogo sign 41 --by Ada --evidence "call of 12 May"', "by the number of the line"],
      ["gonogo sign load-test-passed --by Ada --evidence k6-summary.txt --for 14d", "with a file, kept"],
      [
        "gonogo sign privacy-approved --by Ada --done-by Grace --evidence https://example.com/p",
        "two people",
      ],
    ]);
  },
  async run(world, given) {
    await using scene = await openScene(world, given);
    const { environment, launch, doors, store, target } = scene;
    const item = signable(scene.items, given.args[0] ?? "");
    const rules = item.answeredBy.by === "person" ? item.answeredBy.rules : undefined;
    const policy = launch.people ?? DEFAULT_PEOPLE_POLICY;
    const by = visible(text(given, "by") ?? world.who);
    const doneBy = nameIn(text(given, "doneBy"));
    expectApprover(by, { rules, policy, doneBy });
    const longestMs = Math.min(policy.longestSignOffMs, rules?.longestMs ?? Number.POSITIVE_INFINITY);
    const lasts =
      text(given, "for") === undefined ? Math.min(longestMs, DEFAULT_MS) : lengthOption(given, "for");
    withinLongest(lasts, longestMs, "a sign-off of this line");
    const { text: evidence, attachment } = await takeEvidence(text(given, "evidence") ?? "", {
      rules,
      places: {
        workingDirectory: world.workingDirectory,
        directory: launch.directory,
        secrets: await secretsOf(scene),
      },
      doors,
    });
    const at = doors.clock.now();
    const { live } = await target.status(world.signal);
    const source = rules?.perRelease ? await readSource(launch.directory, doors) : undefined;
    await store.people.sign({
      environment: environment.name,
      item: item.id,
      by,
      at,
      until: at + lasts,
      evidence,
      ...(doneBy !== undefined && { doneBy }),
      ...(item.subject !== undefined && { subject: item.subject }),
      ...(live !== undefined && { release: live }),
      ...(source && { commit: source.commit }),
      ...(attachment && { attachment }),
    });
    const kept = attachment ? `; ${attachment.name} kept, sha256 ${attachment.sha256.slice(0, 12)}` : "";
    await show(world, given, {
      record: {
        ...headOf(scene),
        kind: "sign",
        ...{ item: item.id, by, doneBy: doneBy ?? null, at, until: at + lasts, evidence },
        attachment: attachment ?? null,
        release: live ?? null,
      },
      text: () =>
        folded(
          `${item.id} signed by ${harmless(by)} for ${environment.name}, until ${utc(at + lasts)}${kept}\n` +
            `Next: gonogo check --env ${environment.name}\n`,
          world.output,
        ),
    });
    return 0;
  },
};

const DEFAULT_MS = 30 * 86_400_000;

/** Whoever signs need not be able to read the values: then only what looks like a credential is known for one. */
async function secretsOf(scene: OpenScene): Promise<readonly string[]> {
  return await scene.readVariables(new Map()).then(secretTexts, () => []);
}

/** Undefined: nobody was named. */
function nameIn(given: string | undefined): string | undefined {
  const name = given === undefined ? "" : visible(given);
  return name === "" ? undefined : name;
}

/** Throws UserError when this person may not sign. */
function expectApprover(
  by: string,
  {
    rules,
    policy,
    doneBy,
  }: { rules: SignOffRules | undefined; policy: PeoplePolicy; doneBy: string | undefined },
): void {
  if (by === "") throw new UserError("a sign-off needs a name", { fix: "--by NAME" });
  const approver = rules?.approver;
  if (approver !== undefined) {
    const names = policy.roles[approver] ?? [approver];
    if (!names.some((name) => isSamePerson(name, by))) {
      throw new UserError(`${by} may not sign this line: it asks for ${approver}`, {
        fix: `--by with one of: ${names.join(", ")}`,
      });
    }
  }
  if (!rules?.approverDiffers) return;
  if (doneBy === undefined) {
    throw new UserError("somebody else than who did the work has to sign: who did it?", {
      fix: "--done-by NAME",
    });
  }
  if (isSamePerson(doneBy, by)) {
    throw new UserError(`${by} did the work and cannot approve it`, { fix: "let somebody else sign" });
  }
}
