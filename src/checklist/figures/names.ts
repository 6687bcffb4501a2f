import type { Figure } from "./figure.ts";
import { settingsIn } from "./settings.ts";

/** Variables, paths, addresses, events, ports, cron times: what a line names. `text` is Markdown without marks. */
export function namesIn(text: string, { code, above }: NamesAround): Figure[] {
  return [
    ...settingsIn(text, code),
    ...paths(text, { code, above }),
    ...files(text),
    ...addresses(text),
    ...events(text, code),
    ...ports(text),
    ...crons(code),
    ...persistence(text),
    ...commands(code),
  ];
}

export interface NamesAround {
  /** What stands in code spans. */
  readonly code: readonly string[];
  readonly above: string;
}

const PATH =
  /(?<![\p{Script=Latin}\p{Script=Cyrillic}\p{N}_.:/<~%}-])\/(?!\/)[A-Za-z0-9_~{}:*-][\w.~{}:*/-]*/gu;
/** "50%/60%", "5 scans/1 domain", "a network of /16". */
const SHARE_OR_COUNT = /^\/\d+$/;

function paths(text: string, { code, above }: NamesAround): Figure[] {
  if (code.length === 0 && !text.includes("/")) return [];
  const words = `${text} ${above}`.toLowerCase();
  const spoken = new Set(
    [...text.matchAll(PATH), ...code.flatMap((each) => [...each.matchAll(/^\/\S*$/g)])].map(([path]) => path),
  );
  const meant = [...spoken].filter((said) => !SHARE_OR_COUNT.test(said));
  return meant.slice(0, 3).map((found): Figure => {
    const value = found.replace(/[.,;:]+$/, "");
    const isHook = /web-?hook/.test(words) && HOOK.test(value);
    // "/admin/webhooks" is where people look at them.
    if (isHook && !value.startsWith("/admin")) return { name: "webhook", value, said: value };
    if (/^\/(?:[\w-]+\/)*(?:health|healthz|livez|alive|ping)\/?$/.test(value))
      return { name: "health", value, said: value };
    return { name: "path", value, said: value };
  });
}

/** Where events come in, as one part of a path: "/webhook-retries/run" is a place of its own. */
const HOOK = /stripe|payment|(?:^|[/_-])web-?hooks?(?=$|[/_.])/;

const FILE =
  /(?<![\w./@:-])(?:\.?[\w-]+\/)*\.?[\w-]+\.(?:md|mdx|txt|pdf|docx|ya?ml|toml|adoc|rst|sql|html)(?![\w/.]*\w)/g;

/** A document or file of the project that the line is about. */
function files(text: string): Figure[] {
  if (!text.includes(".")) return [];
  const found = [...new Set([...text.matchAll(FILE)].map(([said]) => said))];
  return found.slice(0, 2).map((value) => ({ name: "file", value, said: value }));
}

/** An address ends at a bracket, a sentence of any script, or where the next one begins. */
const ADDRESS = /\b(?:https?|wss?):\/\/(?:(?!,(?:https?|wss?):)[^\s<>)\]["'`，。、；：（）「」【】→])+/gu;

function addresses(text: string): Figure[] {
  if (!text.includes("://")) return [];
  return [...text.matchAll(ADDRESS)]
    .filter(({ index, 0: said }) => !/^[[<]/.test(text.slice(index + said.length)))
    .slice(0, 2)
    .map(([said]) => ({ name: "url", value: said.replace(/[.,;:]+$/, ""), said }));
}

/** Stripe's and others': "checkout.session.completed". */
function events(text: string, code: readonly string[]): Figure[] {
  if (code.length === 0 && !text.includes(".")) return [];
  const pattern =
    /^(?:account|charge|checkout|customer|invoice|payment_intent|payment_method|payout|subscription|setup_intent|price|product|refund|transfer)(?:\.[a-z_]*[a-z]){1,3}$/;
  const words = [...code, ...text.split(/[\s,()`]+/)].filter((each) => pattern.test(each));
  return [...new Set(words)].map((value) => ({ name: "event", value, said: value }));
}

function ports(text: string): Figure[] {
  const match = /\bports?\b[:= ]*((?:\d{2,5}(?:\s*(?:,|\/|&|and|und)\s*)?)+)/i.exec(text);
  // "PORT=8000" gives a variable its value.
  if (match?.[0].startsWith("PORT=")) return [];
  const listed = match?.[1]?.match(/\d{2,5}/g) ?? [];
  return listed.map((value) => ({ name: "port", value, said: match?.[0].trim() ?? value }));
}

function crons(code: readonly string[]): Figure[] {
  return code
    .filter((each) => /^(?:[\d*/,-]+\s+){4}[\d*/,A-Za-z-]+$/.test(each))
    .map((value) => ({ name: "cron", value, said: value }));
}

const EVICTION = /\b(noeviction|(?:allkeys|volatile)-(?:lru|lfu|random|ttl))\b/i;
/** Either will do: the declaration says which. */
const CHOICE =
  /\b(?:AOF|RDB)\b\s*(?:\/|or|oder|ou|o|of|eller|lub|или|або|veya|hoặc|atau|または|或|또는)\s*(?:AOF|RDB)\b/iu;

function persistence(text: string): Figure[] {
  const kinds = [...new Set([...text.matchAll(/\b(AOF|RDB)\b/g)].map(([kind]) => kind))].sort();
  const policy = EVICTION.exec(text)?.[1];
  const found: Figure[] = [];
  if (kinds.length > 0 && !CHOICE.test(text))
    found.push({ name: "persistence", value: kinds.join("+").toLowerCase(), said: kinds.join(" and ") });
  if (policy) found.push({ name: "eviction", value: policy.toLowerCase(), said: policy });
  return found;
}

const PROGRAM =
  /^(?:\$ )?(?:sudo )?(?:\.\/|bin\/|npm|npx|pnpm|yarn|bun|node|python3?|pip|poetry|rails|bundle|rake|php|composer|artisan|cargo|go|mvn|gradle|docker(?:-compose)?|kubectl|helm|terraform|heroku|vercel|railway|fly|netlify|stripe|psql|pg_dump|redis-cli|curl|dig|openssl|ssh|systemctl|certbot|make|git|flask|celery|gunicorn|k6)(?:\s\S|$|\w*\/)/;

function commands(code: readonly string[]): Figure[] {
  return code
    .filter((each) => each.length <= 120 && each.includes(" ") && PROGRAM.test(each))
    .slice(0, 1)
    .map((value) => ({ name: "run", value, said: value }));
}
