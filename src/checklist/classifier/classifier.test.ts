import { expect, it } from "vitest";
import { createReader } from "../binder/binding-line.ts";
import { bagOf } from "./bag.ts";
import { createClassifier, PERSON } from "./classifier.ts";
import { train } from "./train.ts";
import { countedRow, trainingLines } from "./training-lines.ts";

const read = createReader();
const IDS = ["backup.recent", "tests.green"];
const WRITTEN = `# a comment
Launch > Database\tBackups run every night\tbackup.recent
Launch > Database\tNightly backup configured\tbackup.recent ~tests.green
Launch > Code\tAll unit tests pass\ttests.green
Launch > Code\tTests are green\ttests.green
Launch > Team\tTeam told about backups\tperson
Launch > Team\tSupport team informed\t? unknown.check
`;

/** What is learned from six lines takes many looks at them. */
const TIMES = 100;

function learned(files = { written: WRITTEN, counted: "" }) {
  const lines = Array.from({ length: TIMES }, () => trainingLines(files, read, new Set(IDS))).flat();
  return { lines, classify: createClassifier(train([...IDS, PERSON], lines)) };
}

const line = (text: string, ...path: string[]) => read({ text, path });

it("tells what lines in such words ask for, and by which of them", () => {
  const shares = learned().classify(line("A backup every night", "Database"));
  expect(shares.of("backup.recent")).toBeGreaterThan(0.6);
  expect(shares.of("tests.green")).toBeLessThan(0.2);
  expect(shares.reasonsFor("backup.recent")).toContain("night");
  const all = [...IDS, PERSON].reduce((sum, id) => sum + (shares.of(id) ?? 0), 0);
  expect(all).toBeCloseTo(1);
});

it("knows whom to ask from what stands above", () => {
  const { classify } = learned();
  const below = (heading: string) => classify(line("Backup", heading)).of(PERSON) ?? 0;
  expect(below("Team")).toBeGreaterThan(below("Database"));
});

it("tells what is likely enough, unless a person is likelier", () => {
  const { classify } = learned();
  expect(classify(line("A backup every night", "Database")).likely(0.6)).toEqual(["backup.recent"]);
  expect(classify(line("A backup every night", "Database")).likely(0.999)).toEqual([]);
  expect(classify(line("Team told", "Team")).likely(0)).toEqual([]);
});

it("learns what words say together, where each alone says nothing", () => {
  const written = [
    ...["Invoice logo\tbackup.recent", "Kitchen lamp\tbackup.recent"],
    ...["Invoice lamp\tperson", "Kitchen logo\tperson"],
  ];
  const { classify } = learned({ written: written.map((row) => `\t${row}`).join("\n"), counted: "" });
  const share = (text: string) => classify(line(text)).of("backup.recent");
  expect(share("Logo of the invoice")).toBeGreaterThan(0.7);
  expect(share("Lamp of the kitchen")).toBeGreaterThan(0.7);
  expect(share("Lamp of the invoice")).toBeLessThan(0.3);
  expect(share("Logo of the kitchen")).toBeLessThan(0.3);
});

it("tells nothing of a check that no line was labelled with", () => {
  const shares = learned().classify(line("Backups"));
  expect(shares.of("other.check")).toBeUndefined();
  expect(shares.reasonsFor("other.check")).toEqual([]);
});

it("learns the same each time", () => {
  const [one, other] = [learned().lines, learned().lines].map((lines) => train([...IDS, PERSON], lines));
  expect(one).toEqual(other);
});

it("learns from a bag what it learns from the line", () => {
  const rows = WRITTEN.split("\n").filter((row) => row.includes("\t"));
  const counted = rows
    .map((row) => row.split("\t"))
    .map(([above = "", text = "", label = ""]) =>
      countedRow(bagOf(read({ text, path: above.split(" > ") })), label),
    )
    .join("\n");
  expect(counted).not.toContain("Backups run every night");
  const { classify } = learned({ written: "", counted });
  for (const text of ["All tests pass", "A nightly backup", "Support team"])
    for (const id of IDS)
      expect(classify(line(text)).of(id)).toBeCloseTo(learned().classify(line(text)).of(id) ?? -1, 1);
});

it("shares a label among what is right, and with a person where it begins with a question mark", () => {
  const labels = ["a b ~c", "? a", "person", "gone.check"].map((label) => `X\tline\t${label}`).join("\n");
  const lines = trainingLines({ written: labels, counted: "" }, read, new Set(["a", "b", "c"]));
  expect(lines.map(({ classes }) => Object.fromEntries(classes))).toEqual([
    { a: 0.5, b: 0.5 },
    { a: 0.5, person: 0.5 },
    { person: 1 },
    { person: 1 },
  ]);
});
