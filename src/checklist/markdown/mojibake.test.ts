import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { repairMojibake } from "./mojibake.ts";

const ENCODINGS = ["windows-1252", "windows-1254", "macintosh"] as const;

function misread(text: string, encoding: string): string {
  return new TextDecoder(encoding).decode(new TextEncoder().encode(text));
}

const WORDS = [
  "✅ Sécurité — prêt",
  "🚀 Überprüfung für Größe",
  "☐ 生产环境 → 部署",
  "“quoted” … ’s",
  "⚠️ naïve café",
  "Привет ½",
  "체크리스트 및 빌드",
  "배포 전 데이터",
  "شهادة صالحة",
  "גיבוי מסד",
];

describe("repairMojibake", () => {
  it.each(ENCODINGS)("gives back what %s made unreadable", (encoding) => {
    for (const text of WORDS) {
      const repair = repairMojibake(`plain ${misread(text, encoding)} plain`);
      expect(repair.text).toBe(`plain ${text} plain`);
      expect(repair.repaired).toBeGreaterThan(0);
    }
  });

  it("undoes it as often as it was done", () => {
    const twice = misread(misread("✅ → é", "windows-1252"), "windows-1252");
    expect(repairMojibake(twice)).toMatchObject({ text: "✅ → é", misreadAs: "windows-1252" });
  });

  it("leaves what was never misread", () => {
    const texts = [
      ...WORDS,
      "„Weiß“ – „Spaß“… und «café»…",
      "Größe ÄÖÜ ß, ÅÄÖ, ÇĞİŞ, ñ¿¡, Łódź",
      "a – b — c … “d” ‘e’ • f ™ © ® € £ §",
      "Ελληνικά, עברית, العربية, 日本語",
    ];
    for (const text of texts)
      expect(repairMojibake(text)).toEqual({ text, misreadAs: undefined, repaired: 0 });
  });

  it("keeps lines where they are, whatever the text", () => {
    const ends = (text: string) => text.match(/\r\n|\r|\n/g);
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        const repair = repairMojibake(text);
        expect(ends(repair.text)).toEqual(ends(text));
        expect(repairMojibake(repair.text).repaired).toBe(0);
      }),
    );
  });
});
