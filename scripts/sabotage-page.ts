import { LASTING, PASSING } from "../test/sabotage/rounds.ts";
import type { Round, Sabotage, Turns } from "../test/sabotage/sabotage.ts";

/** What was broken in SoulSeer, and what turns by it: the data of test/sabotage, for people. */
export function sabotagePage(): string {
  const rounds = [...PASSING, ...LASTING];
  const all = rounds.flatMap(({ sabotages, afterwards = [] }) => [...sabotages, ...afterwards]);
  const blocking = all.filter(({ turns }) => Object.values(turns).includes("failing"));
  return `# Sabotage

\`test/sabotage\` breaks a copy of \`examples/soulseer\` in ${all.length} ways, ${blocking.length} of which make it NO-GO. Each turns
the answers beside it, with every due line of \`LAUNCH.md\` that rests on them, and nothing else on the board: the test
fails when a line is missing and when there is one too many. Those of one section are seen in one look.

${rounds.map(section).join("\n")}`;
}

const LOOKS = {
  check: "Seen by `gonogo check` of what runs.",
  production: "Seen by `gonogo check --env production`, before anything runs there.",
  deploy: "Seen by `gonogo deploy`, which must not bring it out.",
} as const;

function section({ name, look, sabotages, afterwards = [] }: Round): string {
  const rows = [
    ...sabotages.map((each) => row(each, "")),
    ...afterwards.map((each) => row(each, " (seen when it is tried again)")),
  ];
  return `## In ${name}\n\n${LOOKS[look]}\n\n| what was done | what turns |\n|---|---|\n${rows.join("\n")}\n`;
}

function row({ name, turns }: Sabotage, when: string): string {
  return `| ${name}${when} | ${told(turns)} |`;
}

/** Those that stand in one state together: one fault may leave twenty questions unanswered. */
function told(turns: Turns): string {
  const states = Map.groupBy(Object.entries(turns), ([, state]) => state);
  return [...states]
    .map(([state, entries]) => `${state}: ${entries.map(([key]) => `\`${checkOf(key)}\``).join(", ")}`)
    .join("; ");
}

function checkOf(key: string): string {
  return key.slice(key.indexOf("/") + 1);
}
