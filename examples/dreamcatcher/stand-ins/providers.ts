import { createHash, randomBytes } from "node:crypto";
import { createServer, type Server } from "node:http";
import { hiddenField, standInPage } from "./page.ts";
import {
  type Asked,
  type Handlers,
  listenerOf,
  type Reply,
  replyJson,
  replyPage,
  replyText,
} from "./reply.ts";

export interface StandInProvider {
  readonly clientId: string;
  readonly clientSecret: string;
  /** The only addresses it sends people back to. */
  readonly redirectUri: string;
}

interface Code {
  readonly challenge: string;
  readonly name: string;
}

/**
 * A stand-in for GitHub, Slack and Google as far as signing in goes: each below a path of its own, each with its own
 * registered redirect address, S256 asked for, every code good once. Asks for no password.
 */
export function createStandInProviders(
  url: string,
  providers: Readonly<Record<string, StandInProvider>>,
): Server {
  const handlers: Record<string, Handlers[string]> = {
    "GET /health": () => replyJson(200, { status: "ok" }),
  };
  for (const [name, provider] of Object.entries(providers)) {
    const codes = new Map<string, Code>();
    const tokens = new Map<string, string>();
    handlers[`GET /${name}/authorize`] = ({ url: asked }) => {
      const ask = Object.fromEntries(asked.searchParams);
      return mistakeIn(ask, provider) ?? replyPage(signInPage(name, ask));
    };
    handlers[`POST /${name}/authorize`] = ({ url: asked, form }) => {
      const ask = { ...Object.fromEntries(asked.searchParams), ...Object.fromEntries(form) };
      const mistake = mistakeIn(ask, provider);
      if (mistake) return mistake;
      const code = randomBytes(16).toString("hex");
      codes.set(code, { challenge: ask.code_challenge ?? "", name: ask.name?.trim() || "Ada" });
      const back = new URL(ask.redirect_uri ?? "");
      back.searchParams.set("code", code);
      back.searchParams.set("state", ask.state ?? "");
      return { status: 303, location: back.href };
    };
    handlers[`POST /${name}/token`] = ({ form }) => redeem(form, { provider, codes, tokens });
    handlers[`GET /${name}/user`] = ({ headers }: Asked) => {
      const who = tokens.get(headers.authorization?.replace(/^Bearer /, "") ?? "");
      if (who === undefined) return replyJson(401, { error: "invalid_token" });
      const word = who.toLowerCase().replace(/\W+/g, "-");
      return replyJson(200, { sub: `${name}-${word}`, email: `${word}@${name}.probe.invalid`, name: who });
    };
  }
  return createServer(listenerOf(url, handlers));
}

function redeem(
  form: URLSearchParams,
  {
    provider,
    codes,
    tokens,
  }: { provider: StandInProvider; codes: Map<string, Code>; tokens: Map<string, string> },
): Reply {
  const knows =
    form.get("client_id") === provider.clientId && form.get("client_secret") === provider.clientSecret;
  if (!knows) return replyJson(401, { error: "invalid_client" });
  const code = codes.get(form.get("code") ?? "");
  codes.delete(form.get("code") ?? "");
  const proof = createHash("sha256")
    .update(form.get("code_verifier") ?? "")
    .digest("base64url");
  if (!code || code.challenge !== proof || form.get("redirect_uri") !== provider.redirectUri)
    return replyJson(400, { error: "invalid_grant" });
  const token = randomBytes(16).toString("hex");
  tokens.set(token, code.name);
  return replyJson(200, { token_type: "bearer", access_token: token, scope: "openid profile email" });
}

function mistakeIn(ask: Readonly<Record<string, string>>, provider: StandInProvider): Reply | undefined {
  if (ask.client_id !== provider.clientId) return replyText(400, "invalid_client: no such client");
  if (ask.redirect_uri !== provider.redirectUri)
    return replyText(400, "redirect_uri_mismatch: this address is not registered");
  if (ask.response_type !== "code") return replyText(400, "unsupported_response_type");
  if (!ask.code_challenge || ask.code_challenge_method !== "S256")
    return replyText(400, "invalid_request: S256 is needed");
  return undefined;
}

function signInPage(provider: string, ask: Readonly<Record<string, string>>): string {
  const hidden = Object.entries(ask).map(([name, value]) => hiddenField(name, value));
  return standInPage({
    title: `Who do you want to be at ${provider}?`,
    warning: `This is a stand-in for ${provider}. It asks for no password and exists in staging only.`,
    form: `${hidden.join("")}<label>Name <input name="name" value="Ada" maxlength="40" required></label><button>Sign in</button>`,
  });
}
