import { parseEnv } from "node:util";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { dotenvProblems, readDotenv } from "./dotenv.ts";

function valuesOf(text: string): Record<string, string> {
  return Object.fromEntries(readDotenv(text).entries.map(({ name, value }) => [name, value]));
}

describe("values", () => {
  test("mean what they mean everywhere, each with its line", () => {
    const text = [
      "# comment",
      "PLAIN=one # a comment",
      "",
      "export EXPORTED=two",
      'DOUBLE="a\\nb # no comment"',
      "SINGLE='a\\nb'",
      'BACK=`it\'s "so"`',
      'KEY="-----BEGIN',
      "MIIE=",
      '-----END"',
      "EMPTY=",
      "EQUALS=a=b=c",
    ].join("\n");
    expect(readDotenv(text)).toEqual({
      problems: [],
      entries: [
        { name: "PLAIN", value: "one", line: 2 },
        { name: "EXPORTED", value: "two", line: 4 },
        { name: "DOUBLE", value: "a\nb # no comment", line: 5 },
        { name: "SINGLE", value: "a\\nb", line: 6 },
        { name: "BACK", value: 'it\'s "so"', line: 7 },
        { name: "KEY", value: "-----BEGIN\nMIIE=\n-----END", line: 8 },
        { name: "EMPTY", value: "", line: 11 },
        { name: "EQUALS", value: "a=b=c", line: 12 },
      ],
    });
  });

  test("are those of Node's own parser for any well-formed file", () => {
    const name = fc.stringMatching(/^[A-Z][A-Z0-9_]{0,8}$/);
    const plain = fc.stringMatching(/^[A-Za-z0-9:/.,@?&%+-]{0,20}$/);
    const quoted = fc
      .tuple(fc.constantFrom('"', "'", "`"), fc.stringMatching(/^[A-Za-z0-9 #=\n\\$]{0,20}$/))
      .filter(([, text]) => !text.endsWith("\\"))
      .map(([quote, text]) => quote + text + quote);
    const line = fc.oneof(
      fc
        .tuple(fc.constantFrom("", "export "), name, fc.oneof(plain, quoted))
        // Node takes "export A" for the name when nothing follows.
        .filter(([word, , value]) => word === "" || value !== "")
        .map(([word, key, value]) => `${word}${key}=${value}`),
      fc.constantFrom("", "# a = 'comment", "   "),
    );
    fc.assert(
      fc.property(fc.array(line), fc.constantFrom("\n", "\r\n"), (lines, ending) => {
        const text = lines.join("\n");
        expect(valuesOf(text.replaceAll("\n", ending))).toEqual({ ...parseEnv(text) });
      }),
    );
  });

  test("a byte order mark is no part of the first name", () => {
    expect(valuesOf("\uFEFFFIRST=1\r\nSECOND=2\r\n")).toEqual({ FIRST: "1", SECOND: "2" });
  });
});

describe("problems", () => {
  test.each([
    ["\uFEFFA=1", [1, "byte-order-mark"]],
    ["A=1\nB=2\r\nC=3\r\n", [2, "carriage-return"]],
    ["A=1\njust words", [2, "no-assignment"]],
    ["1A=1", [1, "bad-name"]],
    ["=value", [1, "bad-name"]],
    ["A =1", [1, "space-around-equals"]],
    ["A= 1", [1, "space-around-equals"]],
    ['A="never\nB=2', [1, "unclosed-quote"]],
    ["A=1 \nB=2", [1, "trailing-space"]],
    ["A=1\nB=2\nA=3", [3, "duplicate"]],
    ["A=1\nB=\u0000", [2, "not-text"]],
  ] as const)("%j", (text, [line, rule]) => {
    expect(dotenvProblems(text).map((each) => [each.line, each.rule])).toEqual([[line, rule]]);
  });

  test("a duplicate names the line that has no effect, and the last one counts", () => {
    expect(dotenvProblems("API_URL=1\nAPI_URL=2")[0]?.says).toBe(
      "API_URL is set again; line 1 has no effect",
    );
    expect(valuesOf("A=1\nA=2")).toEqual({ A: "2" });
  });

  test("a key that lost its quotes is not told as a name", () => {
    const told = dotenvProblems("KEY=-----BEGIN\nMIIEvQIBADANBgkqhkiG9w==\nMIIEvQIBADANBgkqhkiG9w==\nA+/B==");
    expect(told.length).toBeGreaterThan(0);
    expect(JSON.stringify(told)).not.toContain("MIIE");
  });
});

describe("any text at all", () => {
  const canary = "canary4711canary";
  const noise = fc.string({ unit: "binary", maxLength: 200 });
  const shaped = fc
    .array(
      fc.oneof(
        fc.constantFrom("A", "=", '"', "'", "`", "\n", "\r\n", " ", "#", "export ", "\\", canary),
        noise,
      ),
    )
    .map((parts) => parts.join(""));

  test("never throws, and every line told is one of the file", () => {
    fc.assert(
      fc.property(fc.oneof(noise, shaped), (text) => {
        const { entries, problems } = readDotenv(text);
        const count = text.split("\n").length;
        for (const { line } of [...entries, ...problems]) {
          expect(line).toBeGreaterThanOrEqual(1);
          expect(line).toBeLessThanOrEqual(count);
        }
      }),
    );
  });

  test("no problem repeats a value", () => {
    const value = fc.constantFrom(
      `"${canary}`,
      canary,
      ` ${canary} `,
      `'${canary}\n${canary}`,
      `${canary}\u0000`,
    );
    const line = fc.tuple(fc.constantFrom("A", "1A", "A ", "", "export"), fc.constantFrom("=", " = "), value);
    fc.assert(
      fc.property(fc.array(line), (lines) => {
        const text = lines.map((parts) => parts.join("")).join("\n");
        expect(JSON.stringify(dotenvProblems(text))).not.toContain(canary);
      }),
    );
  });

  test.each([
    ["spaces", " ".repeat(5_000_000)],
    ["one value", `A=${"x".repeat(10_000_000)}`],
    ["spaces inside", `A=${" ".repeat(5_000_000)}x${" ".repeat(5_000_000)}x`],
    ["many names", Array.from({ length: 200_000 }, (_, index) => `A${index % 1_000}=1`).join("\n")],
  ])("megabytes of %s are read in one pass", (_, text) => {
    expect(readDotenv(text).entries.length).toBeLessThanOrEqual(200_000);
  });
});
