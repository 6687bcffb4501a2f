import { expect, it } from "vitest";
import { publishedKinds } from "../../test/fixtures/published-kinds.ts";
import { importChecklist } from "./import-checklist.ts";
import { knownKinds } from "./known-kinds.ts";
import { SETTING_HOLDERS } from "./setting-holders.ts";

const kinds = publishedKinds();

it("are the checks that hold a quality, and the first one is in every launch", () => {
  const checks = [...kinds.values()].flatMap((kind) => kind.checks);
  const holding = new Set(checks.flatMap(({ id, figures }) => (figures?.quality ? [id] : [])));
  expect(new Set<string>(SETTING_HOLDERS)).toEqual(holding);
  expect(kinds.get("variables")?.checks.map(({ id }) => id)).toContain(SETTING_HOLDERS[0]);
});

it.each([
  [
    "CORS_ORIGINS is not `*`",
    /^http\.cors\.[a-z-]+ \(variable=CORS_ORIGINS, quality=no-wildcard\), config\.env\.declared-present$/,
  ],
  ["`DEBUG_TOKEN` is not set", /^config\.env\.declared-present \(variable=DEBUG_TOKEN, quality=unset\)$/],
  [
    "Debug mode is off in production (`FLASK_DEBUG` is not set)",
    /^config\.debug\.off \(variable=FLASK_DEBUG, quality=unset\), config\.env\.declared-present$/,
  ],
  [
    "Debug off (`FLASK_DEBUG=0`)",
    /^config\.debug\.off \(variable=FLASK_DEBUG, value=0\), config\.env\.declared-present$/,
  ],
  [
    "SIGNING_SECRET is long and random",
    /^config\.env\.secret-strength \(variable=SIGNING_SECRET, quality=strong\)$/,
  ],
  [
    "CORS_ORIGINS lists our domains",
    /^http\.cors\.[a-z-]+(?:, http\.cors\.[a-z-]+)* \(variable=CORS_ORIGINS\)$/,
  ],
  ["Strong `JWT_SECRET` on every laptop", /^(?!.*declared-present, )/],
])("stand behind a line that wants a value to be like something: %s", (line, comment) => {
  const { text } = importChecklist({
    text: `- [ ] ${line}\n`,
    kinds: knownKinds(kinds.values()),
    launch: undefined,
    repair: false,
  });
  expect(/<!-- gonogo: (.*) -->/.exec(text)?.[1]).toMatch(comment);
});
