import type { Item } from "./item.ts";
import type { Judgement, Judging, VerdictInput } from "./judgement.ts";
import { isSamePerson, type SignOff } from "./sign-off.ts";

/** Those for a line that have been given by now, the newest first. */
export function signOffsOf(item: Item, { signOffs, environment, now }: VerdictInput): readonly SignOff[] {
  return signOffs
    .filter((each) => each.item === item.id && each.environment === environment.name && each.at <= now.at)
    .toSorted((a, b) => b.at - a.at);
}

export function judgeSignOffs(item: Item, input: Judging): Judgement {
  const unsigned = (reason: string): Judgement => ({ state: "unsigned", reason, blocks: true });
  if (item.obstacle !== undefined) return unsigned(item.obstacle);
  const mine = signOffsOf(item, input);
  const refusals = mine.map((each) => refusal(each, item, input));
  const valid = mine.find((_, index) => refusals[index] === undefined);
  if (valid) return { state: "go", reason: `signed by ${valid.by}`, blocks: false };
  return unsigned(`${refusals[0] ?? "nobody has signed"}${insteadOf(item)}`);
}

/** Whoever meant a check to answer has to learn why a person is asked. */
function insteadOf({ undeclared = [] }: Item): string {
  if (undeclared.length === 0) return "";
  return `; no declared component has ${undeclared.join(", ")}: sign it, or declare one that has (\`gonogo import\` proposes it)`;
}

/** Why a sign-off does not count; undefined when it does. */
function refusal(signOff: SignOff, item: Item, { now, timing }: Judging): string | undefined {
  const { by, at, until, subject, doneBy, commit } = signOff;
  const rules = item.answeredBy.by === "person" ? item.answeredBy.rules : undefined;
  const day = new Date(at).toISOString().slice(0, 10);
  if (now.at >= until) return "the sign-off has expired";
  if (subject !== undefined && item.subject !== undefined && subject !== item.subject) {
    return `what ${by} signed on ${day} has changed since`;
  }
  // Code that is to be deployed is signed before it is a release, so it is the code that counts.
  if (rules?.perRelease && now.commit !== undefined && commit !== now.commit) {
    return `${by} signed other code on ${day} than that of ${now.release}`;
  }
  if (rules?.approverDiffers && (doneBy === undefined || isSamePerson(doneBy, by))) {
    return `${by} signed alone; somebody else than who did it has to sign`;
  }
  if (timing?.notBefore === undefined || at >= timing.notBefore) return undefined;
  return timing.everyMs === undefined
    ? `${by} signed on ${day}, before it was due`
    : `due again: ${by} signed on ${day}`;
}
