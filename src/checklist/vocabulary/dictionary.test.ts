import { describe, expect, it } from "vitest";
import { dictionary } from "./dictionary.ts";

describe("the dictionary", () => {
  // A word that stands in any English phrase is never translated: "en github" among them would cost Spanish its "en".
  it("takes no small word of another language for English", () => {
    const small =
      "en em dans sur les des pour con para por com nel della auf mit und der die von het een voor met och för";
    const { english } = dictionary();
    expect(small.split(" ").filter((word) => english.has(word))).toEqual([]);
  });
});
