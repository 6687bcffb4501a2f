import type { AnswerRecord, CheckRecord } from "./contracts/check.ts";

type Labels = Readonly<Record<string, string>>;
interface Sample {
  readonly labels: Labels;
  readonly value: number;
}

/** Prometheus's text format 0.0.4, as its textfile collector reads it. Units are seconds. */
export function prometheus(record: CheckRecord): string {
  const launch: Labels = { launch: record.launch, environment: record.environment };
  const labelsOf = ({ component, check }: AnswerRecord): Labels => ({ ...launch, component, check });
  const perAnswer = (value: (answer: AnswerRecord) => number | null): Sample[] =>
    record.answers.flatMap((answer) => {
      const each = value(answer);
      return each === null ? [] : [{ labels: labelsOf(answer), value: each }];
    });
  return [
    ...gauge("gonogo_go", "1 when the verdict is GO", [{ labels: launch, value: Number(record.go) }]),
    ...gauge("gonogo_go_without_waivers", "1 when it would be GO without waivers", [
      { labels: launch, value: Number(record.goWithoutWaivers) },
    ]),
    ...gauge("gonogo_assessed_timestamp_seconds", "When the verdict was given", [
      { labels: launch, value: record.at / 1_000 },
    ]),
    ...gauge(
      "gonogo_check_state",
      "1 for the state each check is in",
      record.answers.map((each) => ({
        labels: { ...labelsOf(each), severity: each.severity, state: each.state },
        value: 1,
      })),
    ),
    ...gauge(
      "gonogo_check_blocks",
      "1 when the check makes it NO-GO",
      perAnswer((each) => Number(each.blocks)),
    ),
    ...gauge(
      "gonogo_check_fresh_until_timestamp_seconds",
      "Until when the evidence counts",
      perAnswer((each) => (each.freshUntil === null ? null : each.freshUntil / 1_000)),
    ),
    ...gauge(
      "gonogo_check_duration_seconds",
      "How long the slowest fact of the check took",
      perAnswer((each) => (each.facts.length === 0 ? null : slowestMs(each) / 1_000)),
    ),
    ...gauge(
      "gonogo_check_measured",
      "Figures the check has measured",
      record.answers.flatMap((each) =>
        figuresOf(each).map(([name, value]) => ({ labels: { ...labelsOf(each), name }, value })),
      ),
    ),
    ...gauge(
      "gonogo_item_state",
      "1 for the state each line of the checklist is in",
      record.items
        .filter((item) => item.line !== null)
        .map((item) => ({ labels: { ...launch, item: item.id, state: item.state }, value: 1 })),
    ),
    "",
  ].join("\n");
}

function slowestMs(answer: AnswerRecord): number {
  return Math.max(...answer.facts.map((fact) => fact.tookMs));
}

function figuresOf({ outcome }: AnswerRecord): [string, number][] {
  if (!outcome || !("measured" in outcome) || !outcome.measured) return [];
  return Object.entries(outcome.measured).flatMap(([name, value]): [string, number][] =>
    typeof value === "number" || typeof value === "boolean" ? [[name, Number(value)]] : [],
  );
}

function gauge(name: string, help: string, samples: readonly Sample[]): string[] {
  if (samples.length === 0) return [];
  return [
    `# HELP ${name} ${help}`,
    `# TYPE ${name} gauge`,
    ...samples.map(({ labels, value }) => `${name}{${labelText(labels)}} ${value}`),
  ];
}

function labelText(labels: Labels): string {
  return Object.entries(labels)
    .map(([name, value]) => `${name}="${escaped(value)}"`)
    .join(",");
}

function escaped(value: string): string {
  return value.toWellFormed().replaceAll("\\", "\\\\").replaceAll("\n", "\\n").replaceAll('"', '\\"');
}
