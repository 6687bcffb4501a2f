import type { Launch } from "../model/launch.ts";
import type { Answerer } from "./binder/answerer.ts";
import { DRILLS, TRIED } from "./drill-asks.ts";
import type { KnownKind } from "./known-kinds.ts";

/** Everything that can answer a line: the checks of these kinds, each once, and the drills. */
export function answerersOf(kinds: Iterable<Pick<KnownKind, "kind" | "checks">>): Answerer[] {
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

/** What is answered by the declaration's own words; "component/check" is that component's answer alone. */
export function declaredAnswerersOf({
  components,
  answers = {},
}: Pick<Launch, "components" | "answers">): Answerer[] {
  const own = components.flatMap(({ name, kind, options }) =>
    (kind.answers?.(options) ?? []).map(({ check, asks }) => ({
      id: `${name}/${check}`,
      kinds: [kind.kind],
      title: name.replaceAll("-", " "),
      asks,
      isDeclared: true,
    })),
  );
  return [
    ...own,
    ...Object.entries(answers).map(([id, asks]) => ({ id, kinds: [], title: "", asks, isDeclared: true })),
  ];
}
