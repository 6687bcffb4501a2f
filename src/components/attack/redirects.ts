import { z } from "zod";
import { headerValue } from "../../facts/http/headers.ts";
import { linksOf, metaEquivalents, tagsOf } from "../../facts/http/html.ts";
import { beginWalk, type Walk } from "../../facts/walk.ts";
import { requestStep } from "../../facts/walk-options.ts";
import type { HttpResponse } from "../../model/doors.ts";
import { defineFact, NotObserved, Undeclared } from "../../model/fact.ts";
import { account, type Context, signedInAs } from "./accounts.ts";
import type { AttackOptions } from "./options.ts";
import { PARAMETERS, SPELLINGS, USUAL_PATHS } from "./redirect-tricks.ts";

export interface SentAway {
  /** "/login", or the name of a declared request. */
  readonly where: string;
  readonly who: "nobody" | "the account";
  /** As it was spelled, with the foreign host called evil.example. */
  readonly given: string;
  /** Undefined for a declared request. */
  readonly parameter: string | undefined;
}

export interface Redirects {
  readonly away: readonly SentAway[];
  readonly paths: number;
  readonly requests: number;
}

/** "/logout", "/users/sign_out"; not "/about" or "/checkout". */
const SIGNS_OUT = /(?:log|sign)[-_]?(?:out|off)|\/(?:abmelden|deconnexion|cerrar-sesion)\b/i;
const MAX_PATHS = 14;
const MAX_HOPS = 3;
const MAX_LINKS = 6;

/** Everything that may lead somewhere, given a foreign address, by somebody who is signed in and by nobody. */
export const sentAway = defineFact<Redirects, AttackOptions>({
  id: "attack.sent-away",
  access: "active",
  reach: "application",
  timeoutMs: 90_000,
  sends: "7 GET requests for each declared page and the sign-in, twice, and 7 for each of its redirects",
  async collect(context) {
    const { options, siblings } = context.subject;
    if (options.redirects.length === 0 && !siblings.some(({ kind }) => kind === "web"))
      throw new Undeclared("no web component and no redirects are declared");
    const evil = `${context.doors.random.hex(6)}.example`;
    const own = new URL(context.subject.address?.url ?? "http://unknown").host;
    const away: SentAway[] = [];
    let sent = 0;
    const leads = async (get: Get, path: string): Promise<boolean> => {
      sent += 1;
      return isAway(await landing(get, await get(path)), evil);
    };
    await using owner = await account(context);
    const nobody = getsBy(beginWalk(context), "somebody");
    const { paths, links } = await placesOf(context, nobody);
    for (const [who, get] of [
      ["nobody", nobody],
      ["the account", getsBy(owner, signedInAs(context))],
    ] as const) {
      // Whoever signs out is nobody from then on.
      for (const path of paths.filter((each) => who === "nobody" || !SIGNS_OUT.test(each))) {
        for (const spell of SPELLINGS) {
          const value = spell(evil, own);
          if (!(await leads(get, withAll(path, PARAMETERS, value)))) continue;
          let guilty: string | undefined;
          for (const each of PARAMETERS) {
            if (!(await leads(get, withAll(path, [each], value)))) continue;
            guilty = each;
            break;
          }
          away.push({
            where: path,
            who,
            given: value.replaceAll(evil, "evil.example"),
            parameter: guilty ?? "several at once",
          });
          break;
        }
      }
    }
    for (const { path, parameter } of links) {
      const spell = await first(SPELLINGS, (each) =>
        leads(nobody, withAll(path, [parameter], each(evil, own))),
      );
      if (spell) away.push({ where: path, who: "nobody", given: spell("evil.example", own), parameter });
    }
    for (const step of options.redirects) {
      const spell = await first(SPELLINGS, async (each) => {
        const value = each(evil, own);
        owner.kept.set("probe", step.path.includes("{{probe}}") ? encodeURIComponent(value) : value);
        sent += 1;
        return isAway(
          await landing(getsBy(owner, step.as), refused(await owner.send(step), step.name)),
          evil,
        );
      });
      if (spell)
        away.push({
          where: step.name,
          who: "the account",
          given: spell("evil.example", own),
          parameter: undefined,
        });
    }
    return {
      away,
      paths: paths.length + links.length + options.redirects.length,
      requests: sent,
    };
  },
});

const siblingOptions = z.object({
  host: z.undefined().optional(),
  pages: z.object({ html: z.array(z.string()).optional(), redirect: z.string().optional() }).optional(),
  login: z.object({ path: z.string() }).optional(),
});

interface Link {
  readonly path: string;
  readonly parameter: string;
}

/** Declared pages and sign-ins of the launch, the usual ones that answer, and links that name an address already. */
async function placesOf(context: Context, get: Get): Promise<{ paths: string[]; links: Link[] }> {
  const declared = context.subject.siblings.flatMap(({ kind, options }) => {
    const read = kind === "web" ? siblingOptions.safeParse(options).data : undefined;
    return read ? [read.login?.path, read.pages?.redirect, ...(read.pages?.html ?? ["/"])] : [];
  });
  const known = [...new Set([...declared.flatMap((path) => path ?? []), "/"])].slice(0, MAX_PATHS);
  const links: Link[] = [];
  for (const path of known) links.push(...linksIn(await get(path)));
  const usual: string[] = [];
  for (const path of USUAL_PATHS) {
    if (known.includes(path)) continue;
    const { status } = await get(path);
    if (status < 400 || status === 405) usual.push(path);
  }
  const unlike = links.filter(
    ({ path, parameter }, index) =>
      links.findIndex(
        (each) => each.parameter === parameter && each.path.split("?")[0] === path.split("?")[0],
      ) === index,
  );
  return { paths: [...known, ...usual].slice(0, MAX_PATHS), links: unlike.slice(0, MAX_LINKS) };
}

/** "/out?url=https://partner.example": a parameter of the application's own link that holds an address or a path. */
function linksIn({ body, url }: HttpResponse): Link[] {
  const here = new URL(url);
  return linksOf(tagsOf(Buffer.from(body).toString("utf8"))).flatMap((href) => {
    const link = URL.parse(href, url);
    if (link?.origin !== here.origin) return [];
    return [...link.searchParams]
      .filter(([, value]) => /^(https?:)?\//.test(value))
      .map(([parameter]) => ({ path: link.pathname + link.search, parameter }));
  });
}

type Get = (path: string) => Promise<HttpResponse>;

function getsBy(walk: Walk, as: string): Get {
  const step = requestStep.parse({ name: "GET", path: "/", as });
  return async (path) => refused(await walk.send({ ...step, path }), path);
}

function refused(answer: HttpResponse, where: string): HttpResponse {
  if (answer.status === 429) throw new NotObserved(`a rate limit answers ${where}: it hides where it leads`);
  return answer;
}

function withAll(path: string, names: readonly string[], value: string): string {
  const url = new URL(path, "http://any");
  for (const name of names) url.searchParams.set(name, value);
  return url.pathname + url.search;
}

/** The last address within the application that sends a browser on, or the one outside. */
async function landing(get: Get, answer: HttpResponse): Promise<URL | undefined> {
  let from = answer;
  for (let hops = 0; ; hops++) {
    const to = sendsTo(from);
    if (!to || to.host !== new URL(from.url).host || hops === MAX_HOPS) return to;
    from = await get(to.pathname + to.search);
  }
}

/** As browsers read it (URL Standard): backslashes are slashes, tabs are nothing. */
function sendsTo({ status, headerLines, body, url }: HttpResponse): URL | undefined {
  const location = status >= 300 && status < 400 ? headerValue(headerLines, "location") : undefined;
  const head = Buffer.from(body.subarray(0, 65_536)).toString("utf8");
  const refresh = headerValue(headerLines, "refresh") ?? metaEquivalents(tagsOf(head), "refresh")[0];
  const text = location ?? /url\s*=\s*['"]?([^'"]+)/i.exec(refresh ?? "")?.[1];
  return text === undefined ? undefined : (URL.parse(text, url) ?? undefined);
}

function isAway(to: URL | undefined, evil: string): boolean {
  return to !== undefined && (to.hostname === evil || to.hostname.endsWith(`.${evil}`));
}

async function first<Value>(
  all: readonly Value[],
  is: (each: Value) => Promise<boolean>,
): Promise<Value | undefined> {
  for (const each of all) if (await is(each)) return each;
  return undefined;
}
