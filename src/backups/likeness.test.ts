import { expect, it } from "vitest";
import { localeOf } from "./likeness.ts";

const C = { collate: "C", ctype: "C", provider: null, locale: null, rules: null };

// What a server of this machine's version says is in restore-live.test.ts.
it.each([
  ["before 15", C, "lc_collate 'C' lc_ctype 'C'"],
  ["libc", { ...C, provider: "c" }, "lc_collate 'C' lc_ctype 'C' locale_provider libc"],
  [
    "ICU with rules, from 16 on",
    { ...C, provider: "i", locale: "de", rules: "&V << w <<< W" },
    "lc_collate 'C' lc_ctype 'C' locale_provider icu icu_locale 'de' icu_rules '&V << w <<< W'",
  ],
  [
    "built in, from 17 on",
    { ...C, provider: "b", locale: "C.UTF-8" },
    "lc_collate 'C' lc_ctype 'C' locale_provider builtin builtin_locale 'C.UTF-8'",
  ],
])("a database is made with its locale provider: %s", (_, look, statement) => {
  expect(localeOf(look)).toBe(statement);
});
