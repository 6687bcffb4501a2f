import { formatDuration, spellDuration } from "../model/duration.ts";
import type { Component } from "../model/launch.ts";
import type { JudgedAlerts, JudgedThreshold, JudgedTrigger } from "./alerts-schema.ts";
import { nearest, type UnplacedMistake } from "./mistakes.ts";

/** Names in routes, escalation and maintenance that nothing in the declaration has. */
export function findAlertMistakes(
  alerts: JudgedAlerts | undefined,
  components: readonly string[],
): UnplacedMistake[] {
  if (!alerts) return [];
  const channels = Object.keys(alerts.channels);
  const at = (section: string, index: number, key: string) => ["alerts", section, index, key];
  return [
    ...alerts.routes.flatMap((route, index) => [
      ...unknownNames(route.to, { known: channels, path: at("routes", index, "to"), word: "channel" }),
      ...unknownNames(route.components ?? [], {
        known: components,
        path: at("routes", index, "components"),
        word: "component",
      }),
    ]),
    ...alerts.escalation.flatMap((step, index) =>
      unknownNames(step.to, { known: channels, path: at("escalation", index, "to"), word: "channel" }),
    ),
    ...alerts.maintenance.flatMap((window, index) =>
      unknownNames(window.components ?? [], {
        known: components,
        path: at("maintenance", index, "components"),
        word: "component",
      }),
    ),
    ...findUnorderedSteps(alerts),
    ...findSameThresholds(alerts),
  ];
}

function findUnorderedSteps({ escalation, acknowledge }: JudgedAlerts): UnplacedMistake[] {
  return escalation.flatMap(({ after }, index) => {
    const earliest = index === 0 ? acknowledge : (escalation[index - 1]?.after ?? 0);
    if (after >= earliest) return [];
    return [
      {
        path: ["alerts", "escalation", index, "after"],
        expected: `at least the ${formatDuration(earliest)} ${index === 0 ? "of acknowledge" : "of the step before"}`,
        found: formatDuration(after),
        fix: "put the steps in order: each later than the one before",
      },
    ];
  });
}

/** Each would be a monitor of the same name, and one trouble an incident by chance of the other. */
function findSameThresholds({ thresholds }: JudgedAlerts): UnplacedMistake[] {
  const texts = thresholds.map(thresholdText);
  return texts.flatMap((text, index) => {
    const first = texts.indexOf(text);
    if (first === index) return [];
    return [
      {
        path: ["alerts", "thresholds", index],
        expected: "each threshold once",
        found: `${text}, which is thresholds[${first}] already`,
        fix: "remove one of the two, or give it another figure or another over",
      },
    ];
  });
}

function thresholdText({ over, errors, ...percentiles }: JudgedThreshold): string {
  const time = `over: "${spellDuration(over)}"`;
  if (errors !== undefined) return `{ errors: "${Number((errors * 100).toPrecision(12))}%", ${time} }`;
  const [name, limit] = Object.entries(percentiles).find(([, each]) => each !== undefined) ?? ["p95", 0];
  return `{ ${name}: "${spellDuration(limit ?? 0)}", ${time} }`;
}

/** Rollback triggers on checks or components there are not. */
export function findTriggerMistakes(
  triggers: readonly JudgedTrigger[],
  components: readonly Component[],
): UnplacedMistake[] {
  const names = components.map(({ name }) => name);
  return triggers.flatMap((trigger, index) => {
    const path = ["deploy", "rollbackOn", index];
    const component = "component" in trigger ? trigger.component : undefined;
    const wrong = unknownNames(component === undefined ? [] : [component], {
      known: names,
      path: [...path, "component"],
      word: "component",
    });
    if (wrong.length > 0 || !("check" in trigger)) return wrong;
    const asked = components.filter(({ name }) => component === undefined || component === name);
    const checks = asked.flatMap(({ kind }) => kind.checks.map((each) => each.id));
    return unknownNames([trigger.check], { known: checks, path: [...path, "check"], word: "check" });
  });
}

/** A pace for a check that no component asks. */
export function findPaceMistakes(
  paces: Readonly<Record<string, unknown>>,
  components: readonly Component[],
): UnplacedMistake[] {
  const known = components.flatMap(({ kind }) => kind.checks.flatMap(({ id, every }) => (every ? [id] : [])));
  return Object.keys(paces).flatMap((id) =>
    unknownNames([id], { known, path: ["watch", "every", id], word: "check that is watched" }),
  );
}

function unknownNames(
  given: readonly string[],
  { known, path, word }: { known: readonly string[]; path: readonly PropertyKey[]; word: string },
): UnplacedMistake[] {
  return given
    .filter((name) => !known.includes(name))
    .map((name) => {
      const near = nearest(name, known);
      const some = known.length > 12 ? `one of the ${known.length} there are` : known.join(", ") || "none";
      return {
        path,
        expected: `names of declared ${word}s: ${some}`,
        found: `the unknown ${word} "${name}"`,
        didYouMean: near,
        fix: near === undefined ? `declare ${name}, or remove it` : `write "${near}"`,
      };
    });
}
