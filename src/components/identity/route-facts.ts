import { defineFact, type FactContext, NotObserved } from "../../model/fact.ts";
import type { IdentityOptions } from "./options.ts";

export type Context = FactContext<IdentityOptions>;

/** Status of the protected route, asked with these headers. Throws OutsideError, NotObserved. */
export async function askRoute(
  { subject, doors, signal }: Context,
  headers: Readonly<Record<string, string>>,
): Promise<{ status: number; location: string | undefined; bodyBytes: number }> {
  const { address, options } = subject;
  if (!address) throw new NotObserved("nothing is deployed yet");
  const { status, headerLines, body } = await doors.http.send({
    url: address.url + options.route,
    headers: { accept: "application/json", ...headers },
    timeoutMs: 10_000,
    ...(address.ca !== undefined && { ca: address.ca }),
    signal,
  });
  if (status === 429) throw new NotObserved(`${options.route} answered 429: a rate limit stands before it`);
  const location = headerLines.find(([name]) => name.toLowerCase() === "location")?.[1];
  return { status, location, bodyBytes: body.length };
}

/** What somebody gets who sends no credential, an empty one, or one that is no token at all. */
export interface Anonymous {
  readonly how: string;
  readonly status: number;
  readonly location: string | undefined;
}

export const anonymousAnswers = defineFact<readonly Anonymous[], IdentityOptions>({
  id: "identity.anonymous-answers",
  access: "read",
  reach: "application",
  timeoutMs: 30_000,
  async collect(context) {
    const ways: readonly (readonly [how: string, headers: Readonly<Record<string, string>>])[] = [
      ["no credential", {}],
      ["an empty bearer token", { authorization: "Bearer " }],
      ["a word instead of a token", { authorization: "Bearer undefined" }],
    ];
    const answers: Anonymous[] = [];
    for (const [how, headers] of ways) {
      const { status, location } = await askRoute(context, headers);
      answers.push({ how, status, location });
    }
    return answers;
  },
});
