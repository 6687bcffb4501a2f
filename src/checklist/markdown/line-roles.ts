import type { ItemRole } from "../../model/item.ts";
import { rememberedLast } from "../vocabulary/remembered.ts";
import { SUCCESS } from "./phase-languages.ts";

const ROLES: readonly (readonly [words: RegExp, role: ItemRole])[] = [
  [
    /roll-?\s?back (?:triggers?|criteria|conditions|if|when)|when to (?:go |roll[ -]?)back|(?:conditions?|criteria|triggers?|reasons?) (?:for|of) (?:an? )?roll(?:ing)?[- ]?back|\bno[- ]?go (?:criteria|conditions)|\b(?:do not|don['’]t|never) (?:launch|deploy|go live|ship|release) (?:if|when|while)|\babort(?:ion)? (?:criteria|conditions|triggers)|\bkill criteria|rollback(?:[- ]?(?:kriterien|auslöser)| wenn(?!\p{L}))|abbruchkriterien|crit[èe]res (?:de (?:rollback|retour)|d['’](?:abandon|arr[êe]t))|criterios (?:de|para) (?:rollback|reversi[óo]n|abortar|aborto)|criteri (?:di|per il) rollback|crit[ée]rios (?:de|para) (?:rollback|revers[ãa]o)|kryteria (?:rollback|wycofania)|(?:критерии|условия) отката|когда откатывать|geri alma (?:kriter|koşul)|回滚(?:条件|触发|标准)|ロールバック(?:基準|条件|トリガー)|롤백 ?(?:기준|조건)/u,
    "trigger",
  ],
  [SUCCESS, "metric"],
  [/success indicators|what success|framgångs/, "metric"],
];
const ALERTS =
  /\balert(?:s|ing)?\b|\balarm(?:e|s|en)?\b|\balertes?\b|\balertas?\b|\blarm\b|\ballarmi?\b|оповещени|алерт|сповіщен|告警|报警|アラート|알림|경보|cảnh báo/;
/** Below a heading about alerts stand things to set up too: only what happens is an alert. */
const HAPPENING =
  /[<>≥≤]|&[lg]t;|\b(?:down|high|slow|low|issues?|exceeds?|above|below|over|expir\w+|fail\w*|lost|unavailable)\b|ausgefallen|en panne|ca[íi]d[oa]/;

/** "Alert when errors > 2 %", "告警: CPU > 80%": the line says so itself, and from where on. */
const SAYS_ALERT = new RegExp(
  `^[^\\p{L}\\p{N}]*(?:(?:set ?up|configure[ds]?|create|add|send|get|receive|an?|the)\\s+){0,2}(?:${ALERTS.source}|\\bnotify\\b|\\bpage (?:us|me|on-?call|somebody|someone|the team)\\b)`,
  "u",
);
const BOUND =
  /(?:[<>≥≤]|&[lg]t;|(?<!\p{L})(?:above|below|over|exceeds?|exceeding|(?:more|less|greater|higher|lower) than|über|unter|mehr als|plus de|dépasse|más de|supera|mais de|acima de?|выше|более|свыше)|超过|大于|高于|低于)\s*\d/u;

/** What stands below one of these is done or signed, whatever the chapter is about. */
const DEEDS =
  /\bsign(?:ed)?[- ]?offs?\b|\bapprov(?:al|als|ed|ers?)\b|\bfreigaben?\b|\babnahmen?\b|\bsignatures?\b|\bunterschrift|\baprobaci[óo]n|\baprova[çc][ãa]o|\bapprobations?\b|утвержден|подпис|审批|签字|承認|승인|\b(?:procedures?|instructions|runbook|how to roll)\b/;

/** What a line is besides something to do: the nearest heading above it that says so decides. */
export function roleOf({ text, path }: { text: string; path: readonly string[] }): ItemRole | undefined {
  const above = roleAbove(path);
  if (above !== "alerts" && above !== "open") return above;
  const words = text.toLowerCase();
  const isBelow = above === "alerts" && HAPPENING.test(words);
  return isBelow || (SAYS_ALERT.test(words) && BOUND.test(words)) ? "alert" : undefined;
}

/** Of a chapter about going back, which says so further up. */
const TRIGGERS = /^\W*(?:trigger(?:s| conditions| criteria)?|conditions|criteria)\W*$/;
const BACK = /roll-?\s?back/;

/** What headings leave to a line: "open", or "alerts" below one about them; undefined: what stands there is done. */
const roleAbove = rememberedLast((path): ItemRole | "alerts" | "open" | undefined => {
  const above = path.map((step) => step.toLowerCase());
  for (const [at, words] of [...above.entries()].toReversed()) {
    if (TRIGGERS.test(words) && above.slice(0, at).some((each) => BACK.test(each))) return "trigger";
    const found = ROLES.find(([pattern]) => pattern.test(words))?.[1];
    if (found) return found;
    if (DEEDS.test(words)) return undefined;
  }
  return ALERTS.test(above.at(-1) ?? "") ? "alerts" : "open";
});

const CONDITION =
  /\(?(?<![\p{L}\p{N}])((?:if|when|where|falls|wenn|sofern|si|om|als|jeśli|если)\s+(?:you\s+use|using|used|needed|applicable|necessary|required|required by|relevant|in use|enabled|upgrading|available|nötig|benötigt|zutreffend|vorhanden|applicable|nécessaire|besoin|utilisé|aplica|procede|necesario|se usa|tillämpligt|nödvändigt|нужно)(?:\s+[\p{L}\p{N}/.&-]+){0,4}|optional(?:ly)?|facultatif|opcional|opsiyonel|isteğe bağlı|varsa|gerekiyorsa|gerekirse|se necessário|se aplicável|se houver|nếu có|nếu cần|선택 ?사항|valfritt|опционально|可选|如果需要|如适用)(?![\p{L}\p{N}])\)?/iu;

/** The condition under which a line asks for anything: "if using chat"; undefined when it always does. */
export function conditionOf(text: string): string | undefined {
  return CONDITION.exec(text.slice(0, 400))?.[1]?.trim();
}
