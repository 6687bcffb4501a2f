import type { Item } from "./item.ts";
import type { Judgement, VerdictInput } from "./judgement.ts";
import { waiverFor } from "./sign-off.ts";

/** A line that says otherwise than the declaration is not GO, whatever its checks saw of what is declared. */
export function heldToDeclaration<Judged extends Judgement>(
  item: Item,
  judged: Judged,
  { waivers, environment, now }: VerdictInput,
): Judged {
  const { contradictions = [] } = item;
  if (contradictions.length === 0) return judged;
  const open = contradictions.filter(
    ({ fingerprint }) => !waiverFor(fingerprint, waivers, { environment: environment.name, at: now.at }),
  );
  const [first] = open;
  if (!first) return judged.state === "go" ? { ...judged, state: "waived" } : judged;
  const { what, says, declares, where } = first;
  const more = open.length > 1 ? `, and ${open.length - 1} more` : "";
  const reason = `the list says ${says}, the declaration ${declares} (${where}): ${what}${more}`;
  return { ...judged, state: "failing", reason, blocks: true };
}
