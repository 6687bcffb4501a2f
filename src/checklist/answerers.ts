import type { AnyComponentKind } from "../model/component.ts";
import type { Launch } from "../model/launch.ts";
import type { Answerer } from "./ask-index.ts";
import { DRILLS, TRIED } from "./drill-asks.ts";

/** Everything that can answer a line: the checks of these kinds, each once, and the drills. */
export function answerersOf(kinds: Iterable<Pick<AnyComponentKind, "kind" | "checks">>): Answerer[] {
  const answerers = new Map<string, Answerer>();
  for (const { kind, checks } of kinds) {
    for (const { id, title, asks } of checks) {
      const known = answerers.get(id);
      answerers.set(id, {
        id,
        kinds: [...(known?.kinds ?? []), kind],
        title,
        asks: known ? [...new Set([...known.asks, ...asks])] : asks,
        ...(id.endsWith("drill") && { saysOneOf: TRIED }),
      });
    }
  }
  return [...answerers.values(), ...DRILLS];
}

/** What single components answer by their own declaration: their id is "component/check". */
export function declaredAnswerersOf({ components }: Pick<Launch, "components">): Answerer[] {
  return components.flatMap(({ name, kind, options }) =>
    (kind.answers?.(options) ?? []).map(({ check, asks }) => ({
      id: `${name}/${check}`,
      kinds: [kind.kind],
      title: name.replaceAll("-", " "),
      asks,
    })),
  );
}
