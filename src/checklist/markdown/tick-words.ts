/** How a table says in words, and with a sign before them or alone, whether something is done. */
interface Pair {
  /** The first of each is what is written. */
  readonly done: readonly string[];
  readonly open: readonly string[];
}

const PAIRS: readonly Pair[] = [
  { done: ["yes"], open: ["no"] },
  {
    done: ["done", "complete", "completed", "finished"],
    open: [
      "open",
      "todo",
      "to do",
      "pending",
      "not started",
      "not done",
      "in progress",
      "in-progress",
      "in_progress",
      "in review",
      "wip",
      "tbd",
      "waiting",
      "planned",
      "blocked",
    ],
  },
  { done: ["ok"], open: ["open"] },
  // What was not seen to pass has not failed.
  { done: ["passed"], open: ["open", "failed"] },
  { done: ["pass"], open: ["open", "fail"] },
  { done: ["go"], open: ["no-go", "no go", "nogo"] },
  { done: ["y"], open: ["n"] },
  { done: ["ready"], open: ["not ready"] },
  { done: ["verified"], open: ["not verified", "unverified"] },
  { done: ["approved"], open: ["not approved"] },
  { done: ["ja"], open: ["nein", "nee", "nej"] },
  { done: ["erledigt", "fertig", "abgeschlossen"], open: ["offen", "in arbeit", "ausstehend"] },
  { done: ["hecho", "listo", "completado"], open: ["pendiente", "en curso", "en progreso"] },
  { done: ["sí"], open: [] },
  { done: ["oui"], open: ["non"] },
  { done: ["fait", "terminé"], open: ["à faire", "en cours"] },
  { done: ["feito", "concluído"], open: ["pendente", "em andamento", "a fazer"] },
  { done: ["sim"], open: ["não"] },
  { done: ["fatto", "completato"], open: ["da fare", "in corso"] },
  { done: ["sì"], open: [] },
  { done: ["klaar", "gereed"], open: ["te doen", "bezig"] },
  { done: ["klar"], open: ["pågår", "ej klar"] },
  { done: ["gotowe", "zrobione"], open: ["do zrobienia", "w toku"] },
  { done: ["tak"], open: ["nie"] },
  { done: ["готово", "сделано", "выполнено"], open: ["не готово", "в работе", "в процессе"] },
  { done: ["да"], open: ["нет"] },
  { done: ["tamamlandı", "tamam"], open: ["bekliyor", "devam ediyor"] },
  { done: ["evet"], open: ["hayır"] },
  { done: ["已完成", "完成"], open: ["未完成", "进行中", "待办"] },
  { done: ["是"], open: ["否"] },
  { done: ["完了"], open: ["未完了", "対応中", "未着手", "進行中"] },
  { done: ["済"], open: ["未"] },
  { done: ["완료"], open: ["미완료", "진행중", "진행 중", "대기"] },
];

const TICKED = new Set(PAIRS.flatMap(({ done }) => done));
const OPEN = new Set(PAIRS.flatMap(({ open }) => open));

const SIGN =
  /^(?:([✅✔✓☑☒🟢]|:(?:white_check_mark|heavy_check_mark|ballot_box_with_check|green_circle):)|[☐⬜🔲□✗✘❌✖❎⏳⌛🔄🚧⚠🟡🔴🟠⚪🔵]|:(?:x|hourglass(?:_flowing_sand)?|construction|warning|(?:red|yellow|orange|white|large_blue)_circle):)\uFE0F?\s*/u;

/** "Done", "✅ Done", "🔴": whether it says that something is done; undefined where it says nothing of the kind. */
export function tickSaidBy(cell: string): boolean | undefined {
  const sign = SIGN.exec(cell);
  const word = cell.slice(sign?.[0].length ?? 0).toLowerCase();
  // "☐ Approved": the word says what is to be ticked.
  if (TICKED.has(word)) return !sign || sign[1] !== undefined;
  if (OPEN.has(word)) return false;
  return sign && word === "" ? sign[1] !== undefined : undefined;
}

/** The cell in its own way of writing, saying the one or the other; undefined where there is no word for it. */
export function saidOtherwise(cell: string, ticked: boolean): string | undefined {
  const sign = SIGN.exec(cell)?.[0] ?? "";
  const word = cell.slice(sign.length);
  const other = word === "" ? "" : wordFor(word, ticked);
  return other === undefined || cell === "" ? undefined : signFor(sign, ticked) + other;
}

function wordFor(word: string, ticked: boolean): string | undefined {
  const low = word.toLowerCase();
  const pair = PAIRS.find(({ done, open }) => done.includes(low) || open.includes(low));
  const [other] = (ticked ? pair?.done : pair?.open) ?? [];
  return other === undefined ? undefined : inCaseOf(word, other);
}

function inCaseOf(model: string, word: string): string {
  if (model === model.toUpperCase() && model !== model.toLowerCase()) return word.toUpperCase();
  const [first = ""] = model;
  return first === first.toUpperCase()
    ? word.replace(/^\p{L}|(?<=-)\p{L}/gu, (each) => each.toUpperCase())
    : word;
}

/** In the same kind of sign, with the blank behind it. */
export function signFor(sign: string, ticked: boolean): string {
  const gap = /\s*$/.exec(sign)?.[0] ?? "";
  const mark = sign.trim();
  if (mark === "") return sign;
  if (/^:.*circle:$/.test(mark)) return (ticked ? ":green_circle:" : ":red_circle:") + gap;
  if (mark.startsWith(":")) return (ticked ? ":white_check_mark:" : ":x:") + gap;
  if (/^[🟢🟡🔴🟠⚪🔵]/u.test(mark)) return (ticked ? "🟢" : "🔴") + gap;
  return (ticked ? "✅" : "❌") + gap;
}
