import { headerValue } from "../../facts/http/headers.ts";
import { beginWalk, type Walk } from "../../facts/walk.ts";
import { requestStep } from "../../facts/walk-options.ts";
import type { HttpResponse } from "../../model/doors.ts";
import { defineFact, type FactContext, NotObserved } from "../../model/fact.ts";
import type { OauthOptions } from "./options.ts";
import { PROVIDERS, type ProviderName, variablesOf } from "./providers.ts";

type Context = FactContext<OauthOptions>;

/** Where the application sends people who sign in with one provider. No state or challenge is kept. */
export interface SentTo {
  readonly provider: ProviderName;
  readonly status: number;
  /** Origin and path; undefined when there was no redirect. */
  readonly authorize: string | undefined;
  readonly wantedAuthorize: string;
  readonly redirectUri: string | undefined;
  readonly wantedRedirectUri: string;
  readonly isOwnClient: boolean;
  readonly scopes: readonly string[];
  readonly responseType: string | undefined;
  readonly stateLength: number;
  /** Whether two sign-ins got the same state. */
  readonly isStateConstant: boolean;
  readonly challengeMethod: string | undefined;
  readonly hasChallenge: boolean;
}

export const sentTo = defineFact<readonly SentTo[], OauthOptions>({
  id: "oauth.sent-to",
  access: "read",
  reach: "application",
  timeoutMs: 30_000,
  sends: "2 requests for each provider to where a sign-in begins",
  async collect(context) {
    const all: SentTo[] = [];
    for (const provider of context.subject.options.providers) all.push(await beginning(context, provider));
    return all;
  },
});

async function beginning(context: Context, provider: ProviderName): Promise<SentTo> {
  const [first, second] = [await begin(context, provider), await begin(context, provider)];
  const { url } = first;
  const value = (name: string) => url?.searchParams.get(name) ?? undefined;
  const state = value("state") ?? "";
  return {
    provider,
    status: first.answer.status,
    authorize: url && url.origin + url.pathname,
    wantedAuthorize: endpoint(context, provider, "authorize"),
    redirectUri: value("redirect_uri"),
    wantedRedirectUri: wayBack(context, provider),
    isOwnClient: value("client_id") === ownValue(context, variablesOf(provider).id),
    scopes: (value("scope") ?? "").split(/[\s,]+/).filter((each) => each !== ""),
    responseType: value("response_type"),
    stateLength: state.length,
    isStateConstant: state !== "" && state === second.url?.searchParams.get("state"),
    challengeMethod: value("code_challenge_method"),
    hasChallenge: (value("code_challenge") ?? "").length >= 43,
  };
}

interface Begun {
  readonly walk: Walk;
  readonly answer: HttpResponse;
  readonly url: URL | undefined;
}

async function begin(context: Context, provider: ProviderName): Promise<Begun> {
  const walk = beginWalk(context);
  const path = context.subject.options.start.replace(":provider", provider);
  const answer = await walk.send(requestStep.parse({ name: "begin", path }));
  if (answer.status === 429) throw new NotObserved(`${path} answered 429: a rate limit stands before it`);
  const location = headerValue(answer.headerLines, "location");
  const isUrl = location !== undefined && URL.canParse(location);
  return { walk, answer, url: isUrl ? new URL(location) : undefined };
}

/** What the provider says to our own redirect address and to others. */
export interface Registered {
  readonly provider: ProviderName;
  readonly own: Reply;
  readonly altered: Reply;
  readonly local: Reply;
}
/** "elsewhere": it asks for a sign-in first and so does not tell. */
export type Reply = "accepted" | "refused" | "elsewhere";

export const registered = defineFact<readonly Registered[], OauthOptions>({
  id: "oauth.registered",
  access: "read",
  reach: "application",
  timeoutMs: 40_000,
  attempts: 2,
  sends: "3 requests for each provider to its sign-in page; nobody signs in",
  async collect(context) {
    const all: Registered[] = [];
    for (const provider of context.subject.options.providers) {
      const { url } = await begin(context, provider);
      if (!url) throw new NotObserved(`no sign-in with ${PROVIDERS[provider].title} begins`);
      const own = url.searchParams.get("redirect_uri") ?? "";
      const ask = (redirect: string) => replyTo(context, provider, { url, redirect });
      all.push({
        provider,
        own: await ask(own),
        altered: await ask(`${own}/../other`),
        local: await ask("http://localhost:3000/callback"),
      });
    }
    return all;
  },
});

async function replyTo(
  { doors, signal }: Context,
  provider: ProviderName,
  { url, redirect }: { url: URL; redirect: string },
): Promise<Reply> {
  const asked = new URL(url);
  asked.searchParams.set("redirect_uri", redirect);
  const { status, headerLines, body } = await doors.http.send({
    url: asked.href,
    headers: { accept: "text/html" },
    timeoutMs: 8_000,
    signal,
  });
  const location = headerValue(headerLines, "location") ?? "";
  const { refusal, title } = PROVIDERS[provider];
  if (refusal.test(location) || refusal.test(Buffer.from(body).toString("utf8"))) return "refused";
  if (status === 429) throw new NotObserved(`${title} answered 429: a rate limit stands before its sign-in`);
  if (status >= 500)
    throw new NotObserved(`${title} answered ${status} instead of whether it knows an address`);
  if (status >= 400) return "refused";
  return status >= 300 ? "elsewhere" : "accepted";
}

/** How the provider's token endpoint answered our client with a code nobody was given. */
export interface ClientAnswer {
  readonly provider: ProviderName;
  readonly status: number;
  /** Its word for what is wrong: "invalid_grant", "invalid_client". */
  readonly error: string | undefined;
}

export const clientAnswers = defineFact<readonly ClientAnswer[], OauthOptions>({
  id: "oauth.client-answers",
  access: "read",
  reach: "environment",
  timeoutMs: 30_000,
  attempts: 2,
  sends: "1 request for each provider to its token endpoint, with a code that nobody was given",
  async collect(context) {
    const { subject, doors, signal } = context;
    const answers: ClientAnswer[] = [];
    for (const provider of subject.options.providers) {
      const { id, secret } = variablesOf(provider);
      const form = new URLSearchParams({
        grant_type: "authorization_code",
        client_id: ownValue(context, id),
        client_secret: ownValue(context, secret),
        code: doors.random.hex(10),
        redirect_uri: "https://nobody.invalid/callback",
        code_verifier: doors.random.hex(32),
      });
      const { status, body } = await doors.http.send({
        url: endpoint(context, provider, "token"),
        method: "POST",
        headers: { accept: "application/json", "content-type": "application/x-www-form-urlencoded" },
        body: form.toString(),
        timeoutMs: 8_000,
        signal,
      });
      answers.push({ provider, status, error: errorIn(body) });
    }
    return answers;
  },
});

/** What a callback with a forged state did. */
export interface ForgedReturn {
  readonly provider: ProviderName;
  readonly how: string;
  readonly status: number;
  readonly signedIn: boolean;
}

export const forgedReturns = defineFact<readonly ForgedReturn[], OauthOptions>({
  id: "oauth.forged-returns",
  access: "active",
  reach: "application",
  timeoutMs: 40_000,
  sends: "4 requests for each provider to its callback that must be refused",
  async collect(context) {
    const { options } = context.subject;
    const forged: ForgedReturn[] = [];
    for (const provider of options.providers) {
      const other = await begin(context, provider);
      const foreign = other.url?.searchParams.get("state") ?? "";
      for (const [how, state, isBegun] of [
        ["without a state", "", true],
        ["with a state of its own making", context.doors.random.hex(16), true],
        ["with the state of another browser", foreign, true],
        ["in a browser that never began", foreign, false],
      ] as const) {
        const walk = isBegun ? (await begin(context, provider)).walk : beginWalk(context);
        const query = new URLSearchParams({ code: "forged", ...(state !== "" && { state }) });
        const path = `${options.callback.replace(":provider", provider)}?${query}`;
        const { status, headerLines } = await walk.send(requestStep.parse({ name: "return", path }));
        const signedIn = headerLines.some(
          ([name, value]) => name.toLowerCase() === "set-cookie" && isSet(value, options.session),
        );
        forged.push({ provider, how, status, signedIn });
      }
    }
    return forged;
  },
});

function endpoint({ subject }: Context, provider: ProviderName, which: "authorize" | "token"): string {
  const standIn = subject.variables.values.get(variablesOf(provider).standIn)?.value.reveal().trim();
  return standIn ? `${standIn.replace(/\/$/, "")}/${which}` : PROVIDERS[provider][which];
}

/** The live address by its variable: before the switch a release answers on another port than the registered one. */
function wayBack({ subject }: Context, provider: ProviderName): string {
  const { publicUrlVariable, callback } = subject.options;
  const live = subject.variables.values.get(publicUrlVariable)?.value.reveal().trim().replace(/\/$/, "");
  return `${live || subject.address?.url}${callback.replace(":provider", provider)}`;
}

function ownValue({ subject }: Context, name: string): string {
  const value = subject.variables.values.get(name)?.value.reveal().trim();
  if (!value) throw new NotObserved(`${name} is not set`);
  return value;
}

function errorIn(body: Uint8Array): string | undefined {
  const text = Buffer.from(body).toString("utf8");
  return /"error"\s*:\s*"([\w-]{1,60})"/.exec(text)?.[1] ?? /(?:^|&)error=([\w-]{1,60})/.exec(text)?.[1];
}

/** Whether a Set-Cookie line gives this cookie a value. */
function isSet(line: string, cookie: string): boolean {
  return line.startsWith(`${cookie}=`) && !/^;?$/.test(line.charAt(cookie.length + 1));
}
