import { headerValue } from "../../facts/http/headers.ts";
import type { Walk } from "../../facts/walk.ts";
import { differenceOf } from "../../facts/walk-answer.ts";
import type { RequestStep } from "../../facts/walk-options.ts";
import { filled } from "../../facts/walk-values.ts";
import type { HttpResponse } from "../../model/doors.ts";
import { defineFact, NotObserved, Undeclared } from "../../model/fact.ts";
import { account } from "./accounts.ts";
import type { AttackOptions } from "./options.ts";

const SLEEP_SECONDS = 2;
/** What databases say when a quotation mark reached them. */
const ERROR =
  /syntax error at or near|unterminated quoted string|SQLSTATE|invalid input syntax|ORA-\d{5}|You have an error in your SQL|SQLITE_ERROR|near ".*": syntax error/i;

export interface Injected {
  readonly input: string;
  /** Undefined: it was taken for what it is, a text. */
  readonly sql: "error" | "answer" | "sleep" | undefined;
  readonly script: "reflected" | undefined;
}

export const injected = defineFact<readonly Injected[], AttackOptions>({
  id: "attack.injected",
  access: "active",
  reach: "application",
  timeoutMs: 60_000,
  sends: "7 requests for each of its inputs, with harmless SQL and script in it",
  async collect(context) {
    const { inputs } = context.subject.options;
    if (inputs.length === 0) throw new Undeclared("no inputs are declared");
    await using owner = await account(context);
    const word = context.doors.random.hex(4);
    const found: Injected[] = [];
    for (const input of inputs) found.push(await inject(input, word, owner));
    return found;
  },
});

async function inject(input: RequestStep, word: string, owner: Walk): Promise<Injected> {
  const { name } = input;
  const ask = async (probe: string): Promise<HttpResponse> => {
    owner.kept.set("probe", input.path.includes("{{probe}}") ? encodeURIComponent(probe) : probe);
    const answer = await owner.send(input);
    if (answer.status === 429) throw new NotObserved(`${name} answered 429: a rate limit stands before it`);
    return answer;
  };
  const plain = await ask(word);
  mustTake(input, owner, plain);
  const again = await ask(word);
  const quote = await ask(`${word}'"\\`);
  const yes = await ask(`${word}' or '1'='1`);
  const no = await ask(`${word}' and '1'='2`);
  const slow = await ask(`${word}'||(select 1 from pg_sleep(${SLEEP_SECONDS}))||'`);
  const script = `"'><svg onload=${word}>`;
  const html = await ask(script);
  const body = (answer: HttpResponse) => withoutProbe(answer, word);
  const isStable = body(plain) === body(again) && plain.status === again.status;
  const isError = [quote, yes, no].some(
    (each) => ERROR.test(textOf(each)) || (each.status >= 500 && plain.status < 500),
  );
  const isAnswer =
    isStable && body(yes) !== body(no) && body(no) === body(plain) && yes.status === plain.status;
  const isSlow = slow.tookMs > SLEEP_SECONDS * 1_000 && plain.tookMs < SLEEP_SECONDS * 500;
  const type = headerValue(html.headerLines, "content-type") ?? "text/html";
  return {
    input: name,
    sql: isError ? "error" : isAnswer ? "answer" : isSlow ? "sleep" : undefined,
    script: /html|xml/.test(type) && textOf(html).includes(`<svg onload=${word}>`) ? "reflected" : undefined,
  };
}

/**
 * Where a word is refused, SQL is refused for the same reason: a wrong path, a lost session. Ids and sign-ins refuse
 * words, too, and are told from those by what they say, not by a status alone. Throws NotObserved.
 */
function mustTake({ name, expect }: RequestStep, { kept }: Walk, plain: HttpResponse): void {
  const { status } = plain;
  const isRefusal = status >= 400 && status < 500;
  const isTold = (expect.text ?? expect.json) !== undefined;
  const isExpected = !differenceOf(plain, filled(expect, kept));
  if (isExpected && (status < 400 || (isRefusal && isTold))) return;
  const hint = isRefusal ? ` (where it should: expect: { status: ${status}, text: "what it says" })` : "";
  throw new NotObserved(
    `${name} answered ${status} to a plain word${hint}, so that it takes SQL and HTML for text proves nothing`,
  );
}

function textOf({ body }: HttpResponse): string {
  return Buffer.from(body).toString("utf8");
}

/** Without what was sent in and without what is another one each time: ids, times, counts behind them. */
function withoutProbe(answer: HttpResponse, word: string): string {
  return textOf(answer)
    .replaceAll(new RegExp(`${word}[^<,}\\]]{0,40}`, "g"), "")
    .replace(/[0-9a-f]{8}-[0-9a-f-]{27}/gi, "")
    .replace(/\d{4}-\d\d-\d\dT[\d:.Z+-]+/g, "");
}
