import { describe, expect, it } from "vitest";
import { partsOf } from "./parts.ts";

describe("a line that asks for several things", () => {
  it("is one line where it says one thing of several names, or goes on for ever", () => {
    expect(partsOf({ text: "MEDIA_ROOT and STATIC_ROOT are writable", path: [] })).toEqual([]);
    expect(partsOf({ text: "a, b, c, d, e, f, g, h, i", path: [] })).toEqual([]);
    expect(partsOf({ text: "Stripe: keys, webhooks (test, live)", path: ["Payments"] })).toEqual([
      { text: "keys", path: ["Payments", "Stripe"] },
      { text: "webhooks", path: ["Payments", "Stripe"] },
    ]);
  });
});
