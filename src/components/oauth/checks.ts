import { defineCheck } from "../../model/check.ts";
import { fail, pass, unknown } from "../../model/outcome.ts";
import { quantity } from "../../model/quantity.ts";
import { ways } from "../../model/ways.ts";
import { clientAnswers, forgedReturns, registered, type SentTo, sentTo } from "./facts.ts";
import { PROVIDERS, variablesOf } from "./providers.ts";

const BASE = { severity: "blocker", phase: "staging", freshFor: "1d", every: "1h" } as const;
const BCP = "https://www.rfc-editor.org/rfc/rfc9700";

export const authorizeUrl = defineCheck({
  ...BASE,
  id: "oauth.authorize.url",
  title: "A sign-in leads to the provider, with our own client and our own way back",
  consequence: "Whoever signs in with the provider ends on an error page, or on a page of somebody else.",
  asks: ways(`
    social login configured | OAuth consent scopes minimal
    sign-in redirects to Google with client id | login button opens the page of the provider
    sign-in leads to the provider | login goes to the identity provider
    redirect_uri uses the production domain
    OAuth URLs use the production client | authorize URL carries the production client id
    login button redirects to GitHub | Google login page redirect
    login with Google redirects to the right page | social login button redirects to the provider
    authorization request carries client_id and redirect_uri
    login with Google redirects to Google | sign in with GitHub redirects to GitHub
    Google sign-in starts with the production client
    OAuth scopes minimal | no broad OAuth scopes | only needed OAuth scopes requested
    login scopes limited to name and email
  `),
  source: "https://www.rfc-editor.org/rfc/rfc6749#section-4.1.1",
  needs: { sent: sentTo },
  run({ sent }, { options: { callback } }) {
    const wrong = sent.flatMap((each) => {
      const trouble = troubleOf(each);
      return trouble ? [{ provider: each.provider, ...trouble }] : [];
    });
    const [first] = wrong;
    if (!first)
      return pass(
        `${sent.map(({ provider }) => PROVIDERS[provider].title).join(", ")}: the way there and back is right`,
      );
    return fail(`the sign-in with ${PROVIDERS[first.provider].title} ${first.what}`, {
      expected: first.expected,
      found: first.found,
      fix: `${first.fix.replaceAll(":callback", callback.replace(":provider", first.provider))}`,
      findings: wrong.map(({ provider, what }) => `${provider} ${what}`),
    });
  },
});

function troubleOf(sent: SentTo) {
  const { provider, status, authorize, wantedAuthorize, redirectUri, wantedRedirectUri } = sent;
  if (authorize === undefined)
    return {
      what: "does not begin",
      expected: "a redirect to the provider",
      found: String(status),
      fix: "let it answer with 303 and the provider's address",
    };
  if (authorize !== wantedAuthorize)
    return {
      what: "leads elsewhere",
      expected: wantedAuthorize,
      found: authorize,
      fix: `send people to ${wantedAuthorize}`,
    };
  if (!sent.isOwnClient)
    return {
      what: "names another client",
      expected: `client_id as in ${variablesOf(provider).id}`,
      found: "another one",
      fix: `send the value of ${variablesOf(provider).id}`,
    };
  if (redirectUri !== wantedRedirectUri)
    return {
      what: "comes back elsewhere",
      expected: wantedRedirectUri,
      found: redirectUri ?? "no redirect_uri",
      fix: "build redirect_uri from this environment's public address and :callback, never from what the caller sends",
    };
  if (sent.responseType !== "code")
    return {
      what: "does not ask for a code",
      expected: "response_type=code",
      found: sent.responseType ?? "none",
      fix: "use the authorization code flow (RFC 9700 section 2.1.2)",
    };
  const broad = sent.scopes.filter((scope) => PROVIDERS[provider].broad.test(scope));
  if (broad.length > 0)
    return {
      what: "asks for more than signing in needs",
      expected: "scopes for name and address only",
      found: broad.join(", "),
      fix: `leave out ${broad.join(", ")}`,
    };
  return undefined;
}

export const stateAndPkce = defineCheck({
  ...BASE,
  id: "oauth.state-and-pkce",
  title: "A sign-in carries a state and an S256 challenge, and a return with another state signs nobody in",
  consequence:
    "An attacker signs a victim's browser in to the attacker's account, or steals the code on its way.",
  asks: ways(`
    OAuth state parameter validated | PKCE enabled | OAuth CSRF protection
    State parameter checked | unknown state rejected on callback
    state parameter on callback | login CSRF state | authorization code flow with PKCE | PKCE with S256
    state mismatch refused | callback with wrong state refused | PKCE and state
    CSRF state checked on the OAuth callback | OAuth flow uses PKCE | state is random
    state compared on return | OAuth state verified | random state parameter
    forged state refused on callback
  `),
  source: `${BCP}#section-2.1`,
  needs: { sent: sentTo, forged: forgedReturns },
  run({ sent, forged }) {
    const open = forged.filter(({ signedIn, status }) => signedIn || status < 400);
    const [let_] = open;
    if (let_) {
      return fail(
        let_.signedIn
          ? `a return ${let_.how} signs somebody in (${let_.provider})`
          : `a return ${let_.how} is not refused (${let_.provider})`,
        {
          expected: "400 or 403 and no session",
          found: `${let_.status}${let_.signedIn ? " and a session" : ""}`,
          fix: "keep the state in a cookie or session of the browser that began, and refuse every return whose state differs",
          findings: open.map(({ provider, how }) => `${provider} ${how}`),
        },
      );
    }
    for (const { provider, stateLength, isStateConstant, challengeMethod, hasChallenge } of sent) {
      const { title } = PROVIDERS[provider];
      if (stateLength === 0 || isStateConstant || stateLength < 16) {
        return fail(
          `the sign-in with ${title} carries ${stateLength === 0 ? "no state" : isStateConstant ? "the same state each time" : "a short state"}`,
          {
            expected: "state: at least 128 random bits, another one each time",
            found:
              stateLength === 0 ? "none" : isStateConstant ? "the same twice" : `${stateLength} characters`,
            fix: 'state = randomBytes(32).toString("base64url"), made anew for each sign-in',
          },
        );
      }
      if (!hasChallenge || challengeMethod !== "S256") {
        return fail(
          `the sign-in with ${title} ${hasChallenge ? "uses a weak challenge" : "carries no challenge"}`,
          {
            expected: "code_challenge and code_challenge_method=S256",
            found: hasChallenge ? `code_challenge_method=${challengeMethod ?? "plain"}` : "none",
            fix: "add code_challenge = base64url(SHA-256(code_verifier)) and send code_verifier with the code (RFC 7636)",
          },
        );
      }
    }
    return pass(
      `${quantity(forged.length, "forged return was", "forged returns were")} refused; state and S256 stand in each sign-in`,
    );
  },
});

export const redirectRegistered = defineCheck({
  ...BASE,
  id: "oauth.redirect.registered",
  title: "The provider knows our way back, and none to a developer's machine",
  consequence:
    "Nobody can sign in with the provider, or codes of production go to whoever listens on a laptop.",
  asks: ways(`
    production OAuth redirect URIs registered
    callback URL registered at the provider | No localhost redirect URIs
    configure redirect URLs for production | OAuth redirect URLs configured | OAuth callback URL correct
    redirect URI added in the Google console | redirect URIs match the production domain
    register the redirect URI in the developer portal | authorized redirect URIs | OAuth callback configured
    production URL in the OAuth redirect list
    OAuth client configured with the callback URL
    redirect URI registered at the provider
    callback URL set in Google console | callback URLs without localhost | allowed callback URLs
    redirect URIs updated in the Google Cloud console | OAuth callback points to the production domain
    domain added to the redirect URLs | production domain in allowed callback URLs
    callback URL registered with the provider | OAuth callback URL points to production
    GitHub OAuth callback URL | authorised redirect URIs include the production domain
    authorization page of the provider opens | sign in with Google lands on the consent page
    login with Google opens the consent screen
    Supabase redirect URLs contain the production domain | Vercel domain added to redirect URLs
    site URL and redirect URLs of the auth provider set to production
    redirect URLs of Supabase Auth configured
  `),
  source: `${BCP}#section-2.1`,
  needs: { replies: registered },
  run({ replies }, { environment, options: { callback } }) {
    for (const { provider, own, local } of replies) {
      const { title } = PROVIDERS[provider];
      if (own === "refused") {
        return fail(`${title} refuses our way back`, {
          expected: "its sign-in page",
          found: "a refusal",
          fix: `register this environment's address with ${callback.replace(":provider", provider)} at ${title}, for the client in ${variablesOf(provider).id}`,
        });
      }
      if (local === "accepted" && environment.stage === "production") {
        return fail(`${title} also sends people to http://localhost`, {
          expected: "only this environment's own address is registered",
          found: "http://localhost:3000/callback is accepted",
          fix: `take localhost off the client in ${variablesOf(provider).id}; use another client for development`,
        });
      }
    }
    const silent = replies
      .filter(({ own }) => own === "elsewhere")
      .map(({ provider }) => PROVIDERS[provider].title);
    if (silent.length > 0)
      return unknown(`${silent.join(", ")} asks for a sign-in before it says whether it knows the address`);
    return pass(`${replies.map(({ provider }) => PROVIDERS[provider].title).join(", ")} knows our way back`);
  },
});

export const redirectExact = defineCheck({
  ...BASE,
  id: "oauth.redirect.exact-match",
  title: "The provider sends people back to no other address than the registered one",
  consequence: "A code that signs in as the victim is sent to an attacker's page.",
  asks: ways(`
    redirect URI exact match | altered redirect_uri refused | open redirect in OAuth prevented
    Redirect URI validated strictly | no wildcard redirect URIs | wildcards in callback URLs
    provider refuses unregistered redirect_uri | redirect_uri compared exactly
    open redirect through redirect_uri | redirect URIs without wildcard | unregistered callback URL rejected
    redirect URIs without asterisk | tampered redirect_uri gives an error
    altered redirect URI gives an error | provider only redirects to the registered URI
  `),
  source: `${BCP}#section-4.1.3`,
  needs: { replies: registered },
  run({ replies }) {
    const loose = replies.filter(({ altered }) => altered === "accepted").map(({ provider }) => provider);
    const [first] = loose;
    if (first) {
      return fail(`${PROVIDERS[first].title} accepts an altered way back`, {
        expected: "a refusal",
        found: "its sign-in page",
        fix: `register the whole address, without wildcards, for the client in ${variablesOf(first).id}`,
        findings: loose,
      });
    }
    // "elsewhere" will do: whoever is asked to sign in was not refused.
    const closed = replies.find(({ own }) => own === "refused");
    if (closed)
      return unknown(
        `${PROVIDERS[closed.provider].title} refuses our own way back, too: that it refuses another proves nothing`,
      );
    const silent = replies
      .filter(({ altered }) => altered === "elsewhere")
      .map(({ provider }) => PROVIDERS[provider].title);
    if (silent.length > 0)
      return unknown(`${silent.join(", ")} asks for a sign-in before it says whether it knows the address`);
    return pass("altered addresses are refused");
  },
});

export const clientAccepted = defineCheck({
  ...BASE,
  id: "oauth.client.accepted",
  title: "The provider knows this environment's client and its secret",
  consequence: "Sign-ins fail at the last step, after people have agreed to everything.",
  asks: ways(`
    OAuth client secret valid | all OAuth client IDs and secrets | OAuth credentials set
    GitHub: create production OAuth app | Slack: create production Slack app
    Google: create production OAuth credentials | OAuth client ID and secret
    create production OAuth credentials | client secret valid | client secret not expired
    provider accepts client credentials
    production client id and secret | GitHub client id and secret | client credentials accepted
    create production OAuth app
  `),
  source: "https://www.rfc-editor.org/rfc/rfc6749#section-5.2",
  needs: { answers: clientAnswers },
  run({ answers }) {
    const isUnknown = (error: string | undefined) =>
      /client|application/.test(error ?? "") || error === "unauthorized";
    const refused = answers.filter(({ error }) => isUnknown(error));
    const [first] = refused;
    if (first) {
      const { id, secret } = variablesOf(first.provider);
      return fail(`${PROVIDERS[first.provider].title} does not know this client or its secret`, {
        expected: "invalid_grant (the code is wrong, the client is not)",
        found: `${first.status} ${first.error}`,
        fix: `set ${id} and ${secret} to those of this environment's own client`,
        findings: refused.map(({ provider }) => provider),
      });
    }
    const silent = answers.find(({ error, status }) => error === undefined || status >= 500);
    if (silent)
      return unknown(
        `${PROVIDERS[silent.provider].title} answered ${silent.status} without saying what is wrong`,
      );
    return pass(`${answers.map(({ provider }) => PROVIDERS[provider].title).join(", ")} knows the client`);
  },
});
