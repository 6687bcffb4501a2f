import { headerValue } from "../../facts/http/headers.ts";
import { lastPrinted } from "../../facts/printed-answer.ts";
import { beginWalk } from "../../facts/walk.ts";
import { requestStep } from "../../facts/walk-options.ts";
import type { HttpResponse } from "../../model/doors.ts";
import { defineFact, NotObserved, Undeclared } from "../../model/fact.ts";
import type { Context } from "./accounts.ts";
import type { AttackOptions } from "./options.ts";
import { NOBODY, type Role, type RoleRoute } from "./role-options.ts";

/** What one role was answered by one route. */
export interface Cell {
  readonly role: string;
  /** "DELETE /api/users/7" */
  readonly route: string;
  readonly may: boolean;
  /** What those who may are answered, as declared. */
  readonly wanted: readonly number[] | undefined;
  readonly status: number;
  readonly location: string | undefined;
}

type Ask = (route: RoleRoute) => Promise<HttpResponse>;
interface Person extends AsyncDisposable {
  readonly ask: Ask;
}

export const roleMatrix = defineFact<readonly Cell[], AttackOptions>({
  id: "attack.role-matrix",
  access: "active",
  reach: "application",
  timeoutMs: 120_000,
  sends: "each declared route once as each declared role, and once as nobody",
  isAsked: ({ roles }) => roles !== undefined,
  async collect(context) {
    const { roles } = context.subject.options;
    if (!roles)
      throw new Undeclared(
        "no roles are declared: attack({ roles: { who: { admin: ... }, routes: [...] } })",
      );
    await using people = new AsyncDisposableStack();
    const asks = new Map<string, Ask>();
    for (const [name, role] of Object.entries(roles.who))
      asks.set(name, people.use(await signedIn(context, name, role)).ask);
    asks.set(NOBODY, asNobody(context));
    const cells: Cell[] = [];
    for (const route of roles.routes) {
      // Whoever is refused goes first: what the others do may take away what the route needs.
      const inTurn = [...asks].sort(
        ([a], [b]) => Number(route.may.includes(a)) - Number(route.may.includes(b)),
      );
      for (const [role, ask] of inTurn) {
        const { status, headerLines } = await ask(route);
        const name = nameOf(route);
        if (status === 429)
          throw new NotObserved(`${name} answered 429 to ${role}: a rate limit stands before it`);
        const location = headerValue(headerLines, "location");
        cells.push({
          role,
          route: name,
          may: route.may.includes(role),
          wanted: route.status,
          status,
          location,
        });
      }
    }
    return cells;
  },
});

async function signedIn(context: Context, name: string, role: Role): Promise<Person> {
  const walk = beginWalk(context);
  const failed = (await walk.take(role.account ?? [])).find(({ difference }) => difference);
  if (failed?.difference)
    throw new NotObserved(
      `nobody could be signed in as ${name}: ${failed.name} answered ${failed.difference.found} instead of ${failed.difference.expected}`,
    );
  const token = role.token === undefined ? undefined : await lastPrinted(context, { line: role.token });
  const headers = { ...(token !== undefined && { authorization: `Bearer ${token}` }), ...role.headers };
  // The browser that the last step of the sign-in used holds the session.
  const as = (role.account ?? []).findLast((step) => "path" in step)?.as;
  return {
    ask: (route) => walk.send({ ...requestOf(route), ...(as !== undefined && { as }), headers }),
    async [Symbol.asyncDispose]() {
      await walk.take(role.leave).catch(() => undefined);
    },
  };
}

function asNobody(context: Context): Ask {
  // A browser of its own for each request: an answer may have begun a session.
  return (route) => beginWalk(context).send(requestOf(route));
}

function requestOf(route: RoleRoute) {
  const { method, path, json, form } = route;
  return requestStep.parse({ name: nameOf(route), method, path, json, form });
}

function nameOf({ method, path, json, form }: RoleRoute): string {
  return `${method ?? (json !== undefined || form !== undefined ? "POST" : "GET")} ${path}`;
}
