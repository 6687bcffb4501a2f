import { defineCheck } from "../../model/check.ts";
import { fail, type Outcome, pass } from "../../model/outcome.ts";
import { quantity } from "../../model/quantity.ts";
import { ways } from "../../model/ways.ts";
import { type Cell, roleMatrix } from "./role-facts.ts";

export const roleMatrixHeld = defineCheck({
  id: "auth.role.matrix",
  title: "Each role reaches the declared routes that are its own and none of the others",
  consequence: "A customer opens the administration, or an administrator stands before a closed door.",
  severity: "blocker",
  phase: "staging",
  freshFor: "7d",
  asks: ways(`
    role-based access control | role-based access control tested | RBAC tested | RBAC enforced | user roles tested
    each role sees only what it may | roles and permissions tested | permissions per role verified
    admin routes only for admins | admin endpoints require the admin role | regular users cannot open the admin area
    non-admin users get 403 on admin routes | authorization by role
    admin area only accessible to admins | only admins can open the admin panel | RBAC works for every role
    admin panel restricted to admins | roles and permissions work | user permissions tested
    customers cannot reach admin pages
    Rollen und Berechtigungen getestet | roles y permisos probados
    rôles et permissions testés | papéis e permissões testados | roller ve yetkiler test edildi
    RBAC on every admin route | RBAC gates admin routes | role middleware on admin routes
    requireRole on admin routes
    endpoints check the role | roles enforced server-side
    permission checks on every endpoint
    API permissions verified | permission matrix tested | each role tested | role permissions enforced
    ordinary users cannot reach admin functions | staff cannot reach admin functions
    editors and moderators cannot access the admin area | moderators cannot open admin settings
    viewers cannot edit | read-only users cannot change anything
  `),
  source: "https://owasp.org/API-Security/editions/2023/en/0xa5-broken-function-level-authorization/",
  needs: { cells: roleMatrix },
  run: ({ cells }) => openTo(cells) ?? brokenFor(cells) ?? closedTo(cells) ?? held(cells),
});

function openTo(cells: readonly Cell[]): Outcome | undefined {
  const open = cells.filter((cell) => !cell.may && cell.status < 500 && !isRefusal(cell, cells));
  const [first] = open;
  if (!first) return undefined;
  const isDone = first.status < 400;
  return fail(
    isDone
      ? `${first.role} reaches ${first.route}`
      : `${first.route} looks at what ${first.role} sends before it asks who sends it`,
    {
      expected: "401, 403, 404 or a redirect to the sign-in",
      found: told(open),
      fix: `ask for the role before the handler of ${first.route} runs, in one place for all routes; or add "${first.role}" to its may`,
      findings: open.map(nameOf),
    },
  );
}

function brokenFor(cells: readonly Cell[]): Outcome | undefined {
  const broken = cells.filter(({ status }) => status >= 500);
  const [first] = broken;
  if (!first) return undefined;
  return fail(`${first.route} breaks when ${first.role} asks`, {
    expected: first.may ? wanted(first) : "401, 403 or 404",
    found: told(broken),
    fix: "read the error in the log of the process; a refusal is an answer of its own, not an exception",
    findings: broken.map(nameOf),
  });
}

function closedTo(cells: readonly Cell[]): Outcome | undefined {
  const closed = cells.filter((cell) => cell.may && !isLetIn(cell));
  const [first] = closed;
  if (!first) return undefined;
  return fail(`${first.role} does not reach ${first.route}`, {
    expected: wanted(first),
    found: told(closed),
    fix: `let ${first.role} in, or correct roles.routes: may, or status where another answer is right`,
    findings: closed.map(nameOf),
  });
}

function held(cells: readonly Cell[]): Outcome {
  const count = (values: readonly string[]) => new Set(values).size;
  const routes = count(cells.map(({ route }) => route));
  const roles = count(cells.map(({ role }) => role)) - 1;
  return pass(
    `${quantity(routes, "route")} asked as ${quantity(roles, "role")} and as nobody: ${quantity(cells.length, "answer")}, all as declared`,
    { routes, roles, answers: cells.length, refused: cells.filter(({ may }) => !may).length },
  );
}

/** A redirect refuses unless it leads where those who may are led, too. */
function isRefusal({ status, location, route }: Cell, cells: readonly Cell[]): boolean {
  if (status < 300 || status >= 400) return [401, 403, 404].includes(status);
  const own = cells.filter((each) => each.may && each.route === route).map((each) => placeOf(each.location));
  return location !== undefined && !own.includes(placeOf(location));
}

/** What each of them made has an id of its own: "/items/8" and "/items/9" are one place. */
function placeOf(location: string | undefined): string | undefined {
  return location?.replace(/[^/?&=#]*\d[^/?&=#]*/g, "*");
}

function isLetIn({ status, wanted: own }: Cell): boolean {
  return own ? own.includes(status) : status >= 200 && status < 300;
}

const wanted = ({ wanted: own }: Cell) => own?.join(" or ") ?? "2xx";
const nameOf = ({ role, route }: Cell) => `${role}: ${route}`;
const told = (cells: readonly Cell[]) => cells.map((cell) => `${nameOf(cell)}: ${cell.status}`).join("; ");
