import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createLocator } from "./locate.ts";
import { syntaxErrorAt } from "./syntax-tree.ts";

function place(source: string, path: string): string | undefined {
  const keys = path === "" ? [] : path.split(".").map((key) => (/^\d+$/.test(key) ? Number(key) : key));
  const at = createLocator(source).locate(keys);
  return at && `${at.line}:${at.column}`;
}

describe("a path is found", () => {
  const source = `import { defineLaunch, web } from "gonogo";
const backup = { every: "1d" };
const shared = { db: postgres({ backup }), list: ["a", { b: 1 }] };
const base = { ...shared, name: "base" };
export default defineLaunch({
  ...base,
  name: "own",
  components: {
    api: web({
      start: "x",
      routes: ["/", { host: "a" }],
    }),
    "with space": web(options),
    db: shared.db,
    raw: { kind: "web", options: { start: "x" } },
    [computed]: web(),
  },
  more: [...a, "b"],
});`;

  test.each([
    ["", "5:16"],
    ["name", "7:3"],
    ["components", "8:3"],
    ["components.api", "9:5"],
    ["components.api.start", "10:7"],
    ["components.api.routes.1.host", "11:23"],
    ["components.with space", "13:5"],
    ["components.db", "14:5"],
    ["components.db.backup", "3:33"],
    ["components.db.backup.every", "2:18"],
    ["components.raw.start", "15:36"],
    ["list.1.b", "3:58"],
  ])("%s at %s", (path, expected) => {
    expect(place(source, path)).toBe(expected);
  });

  test.each([
    ["unknown", "5:16"],
    ["components.api.nothing.at.all", "9:5"],
    ["components.computed", "8:3"],
    ["components.with space.start", "13:5"],
    ["more.0", "18:3"],
    ["name.deeper", "7:3"],
  ])("or its nearest parent: %s at %s", (path, expected) => {
    expect(place(source, path)).toBe(expected);
  });

  test("through the ways a launch can be exported", () => {
    for (const text of [
      "const a = defineLaunch({\n x: 1 });\nexport default a;",
      "const a = defineLaunch({\n x: 1 });\nexport { a as default };",
      "export default await defineLaunch({\n x: 1 });",
      "const b = {\n x: 1 };\nexport default Object.freeze(defineLaunch(b));",
    ]) {
      expect(place(text, "x")).toBe("2:2");
    }
  });

  test("in circles and without an export there is no place, and no end either", () => {
    expect(place("const a = b; const b = a; export default a;", "x")).toBe("1:42");
    expect(place("const a = { ...a }; export default a;", "x")).toBe("1:36");
    expect(place("const a = 1;", "x")).toBeUndefined();
    expect(place("export default {,", "x")).toBeUndefined();
  });
});

test("names imported from a module, with their places", () => {
  const { imports, names } = createLocator(
    'import { a, b as c } from "gonogo";\nimport d, { e } from "other";\nimport * as f from "gonogo";\nconst g = 1;',
  );
  expect(imports).toEqual([
    { from: "gonogo", name: "a", at: { line: 1, column: 10 } },
    { from: "gonogo", name: "b", at: { line: 1, column: 13 } },
    { from: "other", name: "default", at: { line: 2, column: 8 } },
    { from: "other", name: "e", at: { line: 2, column: 13 } },
    { from: "gonogo", name: undefined, at: { line: 3, column: 20 } },
  ]);
  expect([...names.keys()]).toEqual(["a", "c", "d", "e", "f", "g"]);
});

test("where a text stops being JavaScript", () => {
  expect(syntaxErrorAt("const a = 1;\nconst b = ;")).toEqual({
    line: 2,
    column: 11,
    message: "Unexpected token",
  });
  expect(syntaxErrorAt("const a = 1;")).toBeUndefined();
});

describe("any declaration at all", () => {
  const key = fc.oneof(fc.stringMatching(/^[a-z]{1,5}$/), fc.string({ maxLength: 5 }));
  const { tree } = fc.letrec((tie) => ({
    tree: fc.oneof(
      { depthSize: "small" },
      fc.oneof(fc.integer(), fc.string({ maxLength: 5 }), fc.boolean()),
      fc.array(tie("tree"), { maxLength: 3 }),
      fc.dictionary(key, tie("tree"), { maxKeys: 4 }),
    ),
  }));

  function pathsOf(value: unknown, above: PropertyKey[] = []): PropertyKey[][] {
    if (typeof value !== "object" || value === null) return [above];
    const keys = Array.isArray(value) ? [...value.keys()] : Object.keys(value);
    return [
      above,
      ...keys.flatMap((each) => pathsOf((value as Record<PropertyKey, unknown>)[each], [...above, each])),
    ];
  }

  test("every path of written-out data is found on the line it stands on", () => {
    fc.assert(
      fc.property(tree, (value) => {
        const text = `export default f(\n${JSON.stringify(value, undefined, 1)});`;
        const { locate } = createLocator(text);
        const lines = text.split("\n");
        for (const path of pathsOf(value)) {
          const at = locate(path);
          const last = path.at(-1);
          const line = lines[(at?.line ?? 0) - 1] ?? "";
          if (typeof last === "string")
            expect(line.slice((at?.column ?? 0) - 1)).toContain(`${JSON.stringify(last)}:`);
        }
      }),
    );
  });

  test("never throws, whatever the source and the path", () => {
    const words = fc.constantFrom(
      "export default ",
      "{",
      "}",
      "(",
      ")",
      "[",
      "]",
      "a",
      ":",
      ",",
      "...",
      "const a=",
      ";",
      "await ",
      ".",
      "`",
      '"',
    );
    const source = fc.oneof(
      fc.string(),
      fc.array(words).map((parts) => parts.join("")),
    );
    const path = fc.array(fc.oneof(fc.string(), fc.integer()));
    fc.assert(
      fc.property(source, path, (text, keys) => {
        const { locate, textAt } = createLocator(text);
        locate(keys);
        textAt(keys);
        syntaxErrorAt(text);
      }),
    );
  });
});
