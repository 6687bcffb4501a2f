import { Script } from "node:vm";
import { expect, it } from "vitest";
import { inParentheses } from "../scripts/compiled-at-once.ts";

const LONG = `return [${"1, ".repeat(2_000)}];`;

/** What V8 keeps of a script that was compiled and has not run. */
function keptOf(code: string): number {
  return new Script(code).createCachedData().length;
}

it.each([
  ["a declared function", `function long() { ${LONG} }`],
  ["one within another", `const outer = () => { const long = () => { ${LONG} }; return long; };`],
  ["one that is handed over", `[].map(function long() { ${LONG} });`],
])("%s is compiled with its module", (_, code) => {
  expect(keptOf(inParentheses(code))).toBeGreaterThan(keptOf(code) + LONG.length / 4);
});

it("calls what is declared further down, and leaves methods, getters and constructors as they are", async () => {
  const code = `
    import { sep } from "node:path";
    const early = later() + sep.length;
    export async function* counting() { yield early; }
    function later(add = (one) => one + 1) { return add(40); }
    export class Box {
      held = () => early;
      constructor() { this.own = 1; }
      get twice() { return this.held() * 2; }
      both() { return [this.own, this.twice]; }
    }
    export const objects = { plain() { return later(); }, get got() { return 2; }, arrow: () => 3 };
    export default function named() { return early; }
  `;
  const module = await import(`data:text/javascript,${encodeURIComponent(inParentheses(code))}`);
  expect(module.default()).toBe(42);
  expect(new module.Box().both()).toEqual([1, 84]);
  expect([module.objects.plain(), module.objects.got, module.objects.arrow()]).toEqual([41, 2, 3]);
  for await (const count of module.counting()) expect(count).toBe(42);
});
