import type { Import } from "../../checklist/import-checklist.ts";
import type { DoubtsRecord } from "./contracts/import.ts";

/** Lines that may ask for more than their checks show, in the documented shape. */
export function doubtsRecord({ lines, answerers }: Import, file: string): DoubtsRecord {
  const titleOf = new Map(answerers.map(({ id, title }) => [id, title]));
  return {
    version: 1,
    kind: "doubts",
    file,
    lines: lines.flatMap(({ item, binding, doubt }) => {
      if (!doubt || binding?.by !== "checks") return [];
      const ids = binding.checks.map(({ component, check }) => (component ? `${component}/${check}` : check));
      return [
        {
          line: item.line,
          id: item.id,
          text: item.text,
          path: item.path,
          checks: ids.map((id) => ({ id, title: titleOf.get(id) ?? id })),
          open: doubt.open,
        },
      ];
    }),
  };
}
