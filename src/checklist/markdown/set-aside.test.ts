import { expect, it } from "vitest";
import { importChecklist } from "../import-checklist.ts";
import { parseChecklist } from "./parse.ts";

it.each([
  "~~Redis configured~~",
  "~~**Redis** configured~~ (moved to spring)",
  "**~~Redis configured~~**",
  "<del>Redis configured</del>",
  "Redis configured (N/A)",
  "Redis configured (n/a: we have none)",
  "Redis configured — N/A",
  "N/A: Redis configured",
  "Redis eingerichtet (entfällt)",
])("nobody has to answer %s", (line) => {
  const [item] = parseChecklist(`- [ ] ${line}\n`).items;
  expect(item?.answeredBy).toMatchObject({ by: "nobody", why: expect.any(String) });
});

it.each([
  "Redis configured, ~~Memcached~~ removed",
  "~~Old~~ New way of signing in works",
  "No field shows N/A to users",
  "Redis configured (in /n/a)",
  "Applicable laws reviewed",
])("somebody has to answer %s", (line) => {
  expect(parseChecklist(`- [ ] ${line}\n`).items[0]?.answeredBy).toEqual({ by: "nobody" });
});

it("is kept by an import as it stands, with all that is below it, and holds nothing against the declaration", () => {
  const text =
    "- [ ] ~~Chat~~\n  - [ ] Redis persistence\n- [ ] Availability 99.9% (N/A)\n- [ ] ~~a~~ <!-- gonogo: sign-off -->\n";
  const { lines, text: written } = importChecklist({
    text,
    kinds: new Map(),
    launch: undefined,
    repair: false,
  });
  expect(written).toBe(text);
  expect(lines.map(({ item, how, binding }) => [item.text, how, binding?.by])).toEqual([
    ["Chat", "group", undefined],
    ["Redis persistence", "aside", "none"],
    ["Availability 99.9% (N/A)", "aside", "none"],
    ["a", "kept", "person"],
  ]);
});
