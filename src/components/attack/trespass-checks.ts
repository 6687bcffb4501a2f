import { defineCheck } from "../../model/check.ts";
import { fail, pass } from "../../model/outcome.ts";
import { quantity } from "../../model/quantity.ts";
import { ways } from "../../model/ways.ts";
import { isDone, isThrough } from "./refusals.ts";
import { bypasses, foreignChanges, strangersReach } from "./trespass.ts";

const BASE = { severity: "blocker", phase: "staging", freshFor: "7d" } as const;

export const csrf = defineCheck({
  ...BASE,
  id: "auth.csrf.enforced",
  title: "A change that another site asks for is refused",
  consequence: "A page somebody visits deletes or pays in their name.",
  asks: ways(`
    CSRF protection | enable CSRF protection | test CSRF protection | cross-site requests refused
    CSRF tokens enforced | CSRF tokens on forms
    CSRF protection on POST requests
    CSRF tokens verified | CSRF tokens validated on state-changing endpoints | CSRF middleware
    cross-site POST gets 403 | CSRF on all forms | antiforgery tokens validated | CSRF
    cross-origin posts rejected
    form posts from another origin rejected | CSRF on forms | CSRF token middleware
    foreign sites cannot trigger changes | Django CSRF middleware
  `),
  source:
    "https://cheatsheetseries.owasp.org/cheatsheets/Cross-Site_Request_Forgery_Prevention_Cheat_Sheet.html",
  needs: { tried: foreignChanges },
  run({ tried }) {
    const done = tried.filter(isDone);
    const [first] = done;
    if (first) {
      return fail(`"${first.name}" is done when it is asked for ${first.how}`, {
        expected: "403",
        found: String(first.status),
        fix: "compare Origin with the own address at every POST, PUT, PATCH and DELETE that comes with a cookie, and set SameSite=Lax",
        findings: [...new Set(done.map(({ name }) => name))],
      });
    }
    return pass(
      `${quantity(tried.length, "change of another site was", "changes of other sites were")} refused`,
      { tried: tried.length },
    );
  },
});

export const crossTenant = defineCheck({
  ...BASE,
  id: "auth.object.cross-tenant",
  title: "What is one person's is out of reach for everybody else",
  consequence: "Whoever changes an id in an address reads what belongs to others.",
  asks: ways(`
    object-level authorization tested | users cannot access each other's data | IDOR tested
    authorization tested | users cannot access other people's pages
    ownership checks on endpoints | no IDOR vulnerabilities | object-level authorization enforced
    authorization checks on objects of others | users cannot access other users' data
    authorization checks implemented
    user A cannot open records of user B | changing the id in the URL | changing the id returns 404
    records of someone else return 404 | customers cannot see data of another organisation
    data of other tenants not accessible | tenant isolation in the API
    no cross-tenant reads through the API | policy scopes hide records they do not own | IDOR
    insecure direct object references | someone else's record not accessible by UUID
    users can only view their own data | users cannot edit other users' content
    users can only view their own orders | access control prevents seeing others' data
    guessing another order number gives 403 | one company cannot fetch data of another company
    other people's order number refused
    documents of other accounts give 404 | IDOR on downloads
    queries scoped to the owner | ownership-scoped records
    tried with two separate accounts | one account unable to see the other's data
    user A cannot see invoices of user B
    user cannot see the orders of another user
    users can only access their own resources | users can only access their own data
    users can only edit their own records | access control enforced per record
    customers can only see their own orders | users can only see their own data
    tenant isolation verified with two accounts
    test authorization controls | authorization tested
    endpoints check membership | membership checked on every endpoint
    organisation membership enforced on the server
    tenant membership verified on each request | ownership checked on each request
    try to access data of other users | access to data of other users fails
    reading another user's data is refused
    attempt to open someone else's record fails | users only reach what is theirs
    API authorization enforced | API authorization tested
  `),
  source: "https://owasp.org/API-Security/editions/2023/en/0xa1-broken-object-level-authorization/",
  needs: { reach: strangersReach },
  run({ reach: { tried, changed } }) {
    const done = tried.filter(isDone);
    const [first] = done;
    if (first) {
      return fail(`"${first.name}" works ${first.how}`, {
        expected: "401, 403 or 404",
        found: String(first.status),
        fix: `ask whose it is in the query itself (where id = $1 and owner = $2), or let row-level security ask`,
        findings: [...new Set(done.map(({ name }) => name))],
      });
    }
    if (changed !== undefined) {
      return fail("a refused request changed what is the owner's", {
        expected: "everything as it was",
        found: changed,
        fix: "ask whose it is before anything is written",
      });
    }
    return pass(`${quantity(tried.length, "request of another was", "requests of others were")} refused`, {
      tried: tried.length,
    });
  },
});

export const bypass = defineCheck({
  ...BASE,
  id: "auth.bypass.refused",
  title: "No header, token or spelling gets past the sign-in",
  consequence: "A line in a request replaces the password.",
  asks: ways(`
    test authentication bypass | authentication bypass tested | authentication cannot be bypassed
    Spoofed headers do not grant access | login cannot be bypassed
    spoofed header skips login | forged header does not log anyone in | authentication bypass attempts fail
    admin path protected with trailing slash
    path tricks and forged tokens refused | X-Original-URL header ignored | X-Forwarded-User not trusted
    spoofed headers do not bypass authentication
    auth bypass attempts rejected | auth headers from outside are stripped
    forged headers do not bypass login | login cannot be skipped
    X-Forwarded-User dropped | fake headers around the login | login bypass | no way around authentication
  `),
  source:
    "https://owasp.org/www-project-web-security-testing-guide/v42/4-Web_Application_Security_Testing/04-Authentication_Testing/04-Testing_for_Bypassing_Authentication_Schema",
  needs: { tried: bypasses },
  run({ tried }) {
    const done = tried.filter(isThrough);
    const [first] = done;
    if (first) {
      return fail(`${first.name} answers ${first.how}`, {
        expected: "401, 403 or 404",
        found: String(first.status),
        fix: "decide by the verified session alone, once for every route, after the address was read the way routes read it",
        findings: done.map(({ name, how }) => `${name} ${how}`),
      });
    }
    return pass(
      `${quantity(tried.length, "way round the sign-in leads", "ways round the sign-in lead")} nowhere`,
      { tried: tried.length },
    );
  },
});
