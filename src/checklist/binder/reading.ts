import { LEAST_DECIDING } from "./ask-table.ts";
import type { Binder, Bound } from "./bind.ts";
import type { BindingLine } from "./binding-line.ts";
import type { Candidate } from "./score.ts";

/** What a line asks stands at its front; how, why and where follow behind one of these. */
const FRONT =
  /^(.{6,}?)(?:[:：]\s+|\s[—–→]\s|\s-\s|[;；。]\s*|\.\s+|[（(]|,\s+(?=(?:ensuring|preventing|allowing|including|which|so that|damit|um|sonst|pour|afin|para|чтобы|siehe|see)\b))\S/su;
/** "Secret key hardening: SECRET_KEY is long and random" says it behind the colon. */
const LEAD = /^[^:：]{3,40}[:：]\s+(\S.*)$/su;
const IN_BRACKETS = /[(（]([^()（）]{2,})[)）]/gu;
/** So sure has the front alone to be; and the whole line must not speak against it. */
const LEAST_OF_THE_FRONT = 0.85;
/** So sure has a line to be that is read as if its brackets were not there. */
const LEAST_OF_THE_OPENED = 0.8;

/** What answers a line by its words: all of them, its front, or those above it where it only names a table. */
export function bindByItsWords(line: BindingLine, bind: Binder): Bound {
  const entire = bind(line);
  if (entire.chosen.length > 0) return entire;
  const bound = bindByItsFront(line, entire, bind);
  return bound.chosen.length > 0 ? bound : { ...bound, chosen: bindByItsHeading(line, bind) };
}

/** "Graceful shutdown: Gunicorn handles SIGTERM, so requests complete" asks for graceful shutdown. */
function bindByItsFront(line: BindingLine, whole: Bound, bind: Binder): Bound {
  const opened = withoutBrackets(line.text);
  if (opened !== undefined) {
    const { chosen } = bind({ text: opened, path: line.path });
    if (chosen.length > 0 && chosen.every(isSureAlone)) return { chosen, candidates: whole.candidates };
  }
  if (!whole.candidates.some(mayStand)) return whole;
  const front = FRONT.exec(line.text)?.[1]?.trim();
  const rest = LEAD.exec(line.text)?.[1];
  for (const text of [front, rest]) {
    if (text === undefined) continue;
    const { chosen } = bind({ text, path: line.path });
    if (chosen.length > 0 && chosen.every((candidate) => isBorneOut(candidate, whole)))
      return { chosen, candidates: whole.candidates };
  }
  return whole;
}

/** "Server monitoring (CPU, memory)": what is meant may stand in the brackets alone. */
function withoutBrackets(text: string): string | undefined {
  const opened = text.replaceAll(IN_BRACKETS, " $1 ");
  return opened === text ? undefined : opened;
}

function isSureAlone({ confidence, isContested }: Candidate): boolean {
  return confidence >= LEAST_OF_THE_OPENED && !isContested;
}

function isBorneOut({ answerer, confidence }: Candidate, { candidates }: Bound): boolean {
  const ofWhole = candidates.find((each) => each.answerer.id === answerer.id);
  return confidence >= LEAST_OF_THE_FRONT && ofWhole !== undefined && mayStand(ofWhole);
}

function mayStand({ confidence, isContested }: Candidate): boolean {
  return confidence >= LEAST_DECIDING && !isContested;
}

/** "order_items", "`profiles` table": a name that a database gives, and nothing said of it. */
const BARE_NAME = /^`?(?:public\.)?[a-z][a-z0-9]*(?:_[a-z0-9]+)*`?(?:\s*(?:table|テーブル|表))?$/u;
/** What is asked of one table after another. */
const OF_TABLES = /^postgres\.(?:rls|migration|index|table)\./;

/** "order_items" below "Row level security is on for" asks what stands above it. */
function bindByItsHeading({ text, path }: BindingLine, bind: Binder): Bound["chosen"] {
  const heading = path.at(-1)?.replace(/[:：]\s*$/, "");
  if (heading === undefined || !BARE_NAME.test(text.trim())) return [];
  const { chosen } = bind({ text: heading, path: path.slice(0, -1) });
  return chosen.every(({ answerer }) => OF_TABLES.test(answerer.id)) ? chosen : [];
}
