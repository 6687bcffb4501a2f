import { expect } from "vitest";
import { subjectFor } from "../../../test/fixtures/subject.ts";
import { ask } from "../../assess/ask.ts";
import { createObserver } from "../../facts/observer.ts";
import type { AnyCheck } from "../../model/check.ts";
import type { Outcome } from "../../model/outcome.ts";
import type { Stage } from "../../model/phase.ts";
import type { Sibling, Subject } from "../../model/subject.ts";
import type { Variable } from "../../model/variable.ts";
import { openDoors } from "../../system/doors.ts";
import { repositoryOptions } from "./options.ts";

/** Asks one check about a real folder; no outcome may hold the word that stands for a secret. */
export async function answerAbout(
  check: AnyCheck,
  directory: string,
  given: {
    readonly options?: object;
    readonly stage?: Stage;
    readonly secrets?: Readonly<Record<string, string>>;
    readonly siblings?: readonly Sibling[];
  } = {},
): Promise<Outcome> {
  await using doors = openDoors();
  const stage = given.stage ?? "staging";
  const secrets = given.secrets ?? {};
  const declared = Object.keys(secrets).map(
    (name): Variable => ({
      name,
      declaredBy: "launch",
      is: { type: "string" },
      required: true,
      secret: true,
      description: "",
    }),
  );
  const subject = subjectFor({
    options: repositoryOptions.parse(given.options ?? {}),
    directory,
    siblings: given.siblings ?? [],
    environment: { name: stage, stage, allows: ["read"] },
    variables: secrets,
    declared,
  });
  const { outcome } = await ask(createObserver(doors), subject as Subject, check);
  expect(JSON.stringify(outcome)).not.toMatch(/canary/i);
  return outcome;
}
