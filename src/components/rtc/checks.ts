import { defineCheck } from "../../model/check.ts";
import { durationMs } from "../../model/duration.ts";
import { fail, type Outcome, pass, unknown } from "../../model/outcome.ts";
import { ways } from "../../model/ways.ts";
import { type CaseAnswer, type CaseAnswers, type CaseName, caseAnswers } from "./facts.ts";
import type { RtcOptions } from "./options.ts";

/** Between the clock's tick of the issue and of the expiry. */
const ROUNDING_SECONDS = 5;
const SOURCE = "https://docs.agora.io/en/video-calling/token-authentication/deploy-token-server";

const BASE = {
  severity: "blocker",
  phase: "staging",
  freshFor: "1d",
  every: "6h",
  source: SOURCE,
  needs: { answers: caseAnswers },
} as const;

export const tokenLifetime = defineCheck({
  ...BASE,
  id: "rtc.token.lifetime",
  title: "Call tokens live as long as declared",
  consequence:
    "A stolen token opens somebody's call for too long, or calls break off before the client renews it.",
  asks: ways(`
    RTC token TTL | token TTL = 1200 seconds | RTC token lifetime 20 minutes | RTC token generation endpoint
    call token expiry | video token lifetime | Agora token expiry | LiveKit token lifetime | video token TTL
    RTC token expiration | Call token lifetime | LiveKit tokens expire | short-lived Agora tokens
    room token TTL | Twilio video token lifetime | meeting tokens expire | video call token expires
    LiveKit token TTL | call tokens short-lived | token for the call expires after 10 minutes
    LiveKit token validity | token expiry time of Agora | call tokens live shortly | Agora token expiry time
    token expiry time of the call
  `),
  run({ answers }, { options }) {
    const answer = answers.allowed;
    if (!answer) return missing("allowed", options);
    const wantedSeconds = durationMs(options.lifetime) / 1_000;
    const { status, handedOut, lifetimeSeconds } = answer;
    if (status < 200 || status > 299 || !handedOut) {
      return fail("whoever may join gets no token", {
        expected: `2xx with a token in "${options.tokenField}"`,
        found: `${status}${handedOut ? "" : ", no token"}`,
        fix: `hand out a token at ${options.method} ${options.endpoint} for an active session with funds, or correct rtc({ endpoint, tokenField, cases })`,
      });
    }
    if (lifetimeSeconds === undefined)
      return unknown("the token is neither Agora's 007 nor a JWT, so it does not say how long it lives");
    const measured = { lifetimeSeconds };
    if (Math.abs(lifetimeSeconds - wantedSeconds) <= ROUNDING_SECONDS) {
      return pass(`a token lives ${lifetimeSeconds} s`, measured);
    }
    return fail(`a token lives ${lifetimeSeconds > wantedSeconds ? "longer" : "shorter"} than declared`, {
      expected: `${wantedSeconds} s`,
      found: `${lifetimeSeconds} s`,
      fix: `sign tokens with an expiry of ${wantedSeconds} s, or correct rtc({ lifetime })`,
      measured,
    });
  },
});

export const tokenNoFunds = defineCheck({
  ...BASE,
  id: "rtc.token.no-funds",
  title: "Without funds there is no call token",
  consequence: "People talk on without paying, and readers work for nothing.",
  asks: ways(`
    wallet balance check before token | 402 when wallet is empty | insufficient balance refused
    No call without balance | Users without credit cannot start a call | no token when wallet is empty
    call refused with insufficient funds | no balance, no token | token endpoint checks the balance
    users without credit cannot call | zero balance no call | paid call needs balance
    call does not start without funds | insufficient balance, no call
    LiveKit token refused when wallet empty | insufficient credit blocks the call
    no LiveKit token with zero balance | empty wallet blocks joining the call | wallet empty, call refused
    no token without credits
  `),
  run: ({ answers }, { options }) =>
    refused(answers, "noFunds", {
      options,
      who: "somebody whose wallet is empty",
      fix: "compare the wallet with the price of one more minute before signing",
    }),
});

export const tokenNotYours = defineCheck({
  ...BASE,
  id: "rtc.token.not-yours",
  title: "Nobody gets a token for other people's calls",
  consequence: "Anybody with an account listens in on a private session.",
  asks: ways(`
    403 for someone else's session | RTC token only for participants
    session ownership checked before token | Only participants can join a call | Token only for own session
    Users cannot join other people's calls | no token for someone else's room
    token endpoint only serves participants | outsiders cannot join a call
    room token refused for non-participants | token for foreign channel refused
    only booked participants get a room token | users cannot get a token for other people's calls
    room token only for participants | strangers cannot join a private call | outsiders get no room token
    token for a stranger's session refused | only invited people can enter the room
    no token for foreign sessions | only invited participants enter the call
    joining someone else's call refused
  `),
  run: ({ answers }, { options }) =>
    refused(answers, "notYours", {
      options,
      who: "somebody who takes no part in the session",
      fix: "compare the person who asks with the session's client and reader before signing",
    }),
});

export const tokenSessionOver = defineCheck({
  ...BASE,
  id: "rtc.token.session-over",
  title: "A session that is over gives no call token",
  consequence: "Calls go on after their end, unbilled.",
  asks: ways(`
    410 when the session has ended | session state validation before token | ended session refuses token
    Cannot rejoin after call ended | no token after the call has ended
    participants cannot rejoin a finished session
    ended sessions do not issue tokens | finished call cannot be joined again
    no further tokens after the session ends
    ended room cannot be entered | ended room cannot be re-entered | ended calls hand out no tokens
    finished appointments cannot be joined
  `),
  run: ({ answers }, { options }) =>
    refused(answers, "over", {
      options,
      who: "a participant of a session that is over",
      fix: "look at the session's state before signing",
    }),
});

type Refusing = Exclude<CaseName, "allowed">;

function refused(
  answers: CaseAnswers,
  name: Refusing,
  { options, who, fix }: { options: RtcOptions; who: string; fix: string },
): Outcome {
  const answer = answers[name];
  if (!answer) return missing(name, options);
  const wanted = options.statuses[name];
  const { status, handedOut } = answer;
  const trouble = {
    expected: `${wanted} and no token`,
    found: told(answer),
    fix: `${fix}, and answer ${wanted}`,
  };
  if (handedOut || status < 400) return fail(`${who} gets ${handedOut ? "a token" : "no refusal"}`, trouble);
  if (status !== wanted) {
    return fail(`${who} is refused with another status than declared`, {
      ...trouble,
      fix: `answer ${wanted}, which clients act on, or correct rtc({ statuses: { ${name} } })`,
    });
  }
  if (!isGranted(answers.allowed))
    return unknown("nobody gets a token at all, so this refusal proves nothing");
  return pass(`${who}: ${status}`, { status });
}

function isGranted(answer: CaseAnswer | undefined): boolean {
  return answer !== undefined && answer.status < 300 && answer.handedOut;
}

function told({ status, handedOut }: CaseAnswer): string {
  return `${status}${handedOut ? " and a token" : ""}`;
}

function missing(name: CaseName, { cases }: RtcOptions): Outcome {
  return unknown(`\`${cases}\` gave no case "${name}"`);
}
