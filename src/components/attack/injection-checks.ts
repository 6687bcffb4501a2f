import { defineCheck } from "../../model/check.ts";
import { fail, pass } from "../../model/outcome.ts";
import { quantity } from "../../model/quantity.ts";
import { ways } from "../../model/ways.ts";
import { injected } from "./injection.ts";

const BASE = { severity: "blocker", phase: "staging", freshFor: "7d", needs: { inputs: injected } } as const;

const SQL = {
  error: { what: "makes the database complain", found: "an error of the database, or 5xx" },
  answer: {
    what: "changes what the query answers",
    found: "other rows for ' or '1'='1 than for ' and '1'='2",
  },
  sleep: { what: "makes the database sleep", found: "the answer came later by as long as was asked for" },
} as const;

export const sqlInjection = defineCheck({
  ...BASE,
  id: "probe.sqli.boolean",
  title: "SQL that is typed into an input stays text",
  consequence: "Anybody reads and changes the whole database.",
  asks: ways(`
    SQL injection protection | test SQL injection prevention | enable SQL injection protection
    SQL injection tested
    No SQL injection | SQL injection on forms | SQL injection attempts fail | sqlmap finds nothing
    inputs resist SQL injection | no raw SQL with user input | injection attempts on login form
    bind parameters in SQL queries | injection test on search and filter inputs
    search field without SQL injection
    a quote in the search box does not break the query
    no SQL injection via sort parameter | ORM queries without injection | SQL injection in the search
    order by without SQL injection | parameters cannot be abused for SQL injection
  `),
  source: "https://cheatsheetseries.owasp.org/cheatsheets/SQL_Injection_Prevention_Cheat_Sheet.html",
  run({ inputs }) {
    const open = inputs.filter(({ sql }) => sql !== undefined);
    const [first] = open;
    if (first?.sql === undefined)
      return pass(`${quantity(inputs.length, "input")} took SQL for text`, { inputs: inputs.length });
    return fail(`SQL in "${first.input}" ${SQL[first.sql].what}`, {
      expected: "the same answer as for any other text",
      found: SQL[first.sql].found,
      fix: `give the value of "${first.input}" to the database as a parameter ($1), never as a part of the SQL`,
      findings: open.map(({ input }) => input),
    });
  },
});

export const scriptInjection = defineCheck({
  ...BASE,
  id: "probe.xss.reflected",
  title: "HTML that is typed into an input is shown as text",
  consequence: "A link is enough to act as whoever opens it.",
  asks: ways(`
    XSS protection | test XSS prevention | enable XSS protection | XSS tested
    Cross-site scripting prevented
    XSS injection tested on forms | XSS injection on forms | no XSS vulnerabilities | reflected XSS
    user input is escaped | user-supplied HTML is escaped on output
    script tags render as text | script tags in inputs | user content escaped before display
    output encoding against XSS
    no unescaped user input in templates | query strings escaped | XSS in search page
    script injection into fields
    payload in a form comes back escaped | XSS in query parameters
    HTML tags in input are escaped | no XSS | special characters HTML-encoded
  `),
  source: "https://cheatsheetseries.owasp.org/cheatsheets/Cross_Site_Scripting_Prevention_Cheat_Sheet.html",
  run({ inputs }) {
    const open = inputs.filter(({ script }) => script === "reflected").map(({ input }) => input);
    if (open.length === 0)
      return pass(`${quantity(inputs.length, "input")} gave no HTML back`, { inputs: inputs.length });
    return fail(`HTML in "${open[0]}" comes back as HTML`, {
      expected: "< and > written as &lt; and &gt;, or no HTML answer",
      found: "the same element in a page",
      fix: `escape the value of "${open[0]}" where the page is built (textContent, a template that escapes)`,
      findings: open,
    });
  },
});
