import type { Candidate } from "./binder/score.ts";
import type { Binding, Parameters } from "./binding.ts";
import { parametersOf, saidBy } from "./line-figures.ts";
import type { ParsedItem } from "./markdown/parse.ts";
import { settingHolder } from "./setting-holders.ts";

/** What became of a line when its checklist was bound. */
export interface LineBinding {
  readonly item: ParsedItem;
  /** "kept": it was bound already, or says itself that nobody has to answer. "group": the lines below it answer. */
  readonly how: "kept" | "group" | "bound";
  /** As the file says it, or will; undefined for a group. */
  readonly binding: Binding | undefined;
  /** 0 to 1, of the surest that answers it; undefined unless it is bound now, and to something. */
  readonly confidence?: number | undefined;
}

/** Who answers each line: the checks or the drill it asks for, else a person. A line bound before is left alone. */
export function bindChecklist(
  items: readonly ParsedItem[],
  chosenFor: (open: ParsedItem) => readonly Candidate[],
): LineBinding[] {
  return items.map((item): LineBinding => {
    if (item.binding) return { item, how: "kept", binding: item.binding };
    if (item.isGroup) return { item, how: "group", binding: undefined };
    // Its own words go on saying so: no comment has to, and whoever takes them back is asked again.
    if (item.setAside !== undefined) {
      return { item, how: "kept", binding: { by: "none", why: item.setAside } };
    }
    const chosen = chosenFor(item);
    return {
      item,
      how: "bound",
      binding: bindingOf(item, chosen),
      confidence: chosen[0]?.confidence,
    };
  });
}

/** Of a file that is written for people, and not one to be taken away: nothing else is kept with a signature. */
function byPerson(item: ParsedItem): Binding {
  const parameters = parametersFor(item);
  const { file, ...others } = parameters;
  const isDocument = file !== undefined && DOCUMENT.test(file) && !TAKEN_AWAY.test(item.text);
  return { by: "person", parameters: isDocument ? parameters : others };
}

/** "render.yaml" may stand anywhere in a project, "docs/render.yaml" in one place. */
const DOCUMENT = /\.(?:mdx?|adoc|rst|pdf|docx)$|\//iu;
const TAKEN_AWAY =
  /\b(?:delet|remov|suppr|elimin|l[öo]sch|entfern|verwijder|usu[nń])|удал|видал|删除|移除|削除|삭제|제거/iu;

function bindingOf(item: ParsedItem, chosen: readonly Candidate[]): Binding {
  const parameters = parametersFor(item);
  const drill = chosen[0]?.answerer.id;
  if (drill !== undefined && isDrill(drill)) return { by: "drill", drill, parameters };
  const answering = chosen.map(({ answerer }) => answerer.id).filter((id) => !isDrill(id));
  const holder = settingHolder(item, answering);
  const checks = holder === undefined ? answering : [...answering, holder];
  if (checks.length === 0) return byPerson(item);
  // The surest one stands for the line, and takes what the line says.
  return {
    by: "checks",
    checks: checks.map((id, at) => ({ ...referenceOf(id), parameters: at === 0 ? parameters : {} })),
  };
}

/** "registration/scenario.passes" is asked of that component only. */
function referenceOf(id: string): { readonly check: string; readonly component?: string } {
  const at = id.indexOf("/");
  return at < 0 ? { check: id } : { component: id.slice(0, at), check: id.slice(at + 1) };
}

/** A comment stays one that people read. */
const LONGEST_VALUE = 90;

function parametersFor(item: ParsedItem): Parameters {
  const short = Object.entries(parametersOf(saidBy(item))).filter(
    ([, value]) => value.length <= LONGEST_VALUE,
  );
  return Object.fromEntries(short);
}

function isDrill(id: string): boolean {
  return id.startsWith("drill.");
}
