import { defineCheck } from "../../model/check.ts";
import { fail, pass } from "../../model/outcome.ts";
import { ways } from "../../model/ways.ts";
import { listed } from "./advice.ts";
import { httpMethods } from "./methods.ts";

export const methodsRestricted = defineCheck({
  id: "http.method.restricted",
  title: "Methods nobody means to serve are refused",
  consequence:
    "TRACE repeats cookies to scripts; a handler that ignores the method skips the checks of another.",
  severity: "warning",
  phase: "staging",
  freshFor: "1d",
  every: "1d",
  asks: ways(`
    TRACE disabled | HTTP methods restricted | unnecessary HTTP methods disabled
    unused HTTP methods disabled | Only allowed HTTP methods
    unused HTTP verbs disabled | HTTP verbs restricted | disable TRACE and TRACK
    HTTP verbs rejected with 405 | HTTP methods limited | limit_except
    TraceEnable off | unneeded methods return 405 | superfluous HTTP methods off
    only necessary HTTP methods | unsupported methods refused | TRACE returns 405
    405 for unexpected methods | dangerous HTTP methods disabled
    refuse TRACE | TRACE refused | TRACE requests rejected | TRACE method off | TRACE method disabled
  `),
  source: "RFC 9110 section 9.3.8; OWASP WSTG-CONF-06",
  needs: { methods: httpMethods },
  run: ({ methods }, { component }) => {
    const told = methods.map(({ method, status }) => `${method}: ${status}`).join(", ");
    const bad = methods.filter(({ status, echoes }) => status < 400 || status === 500 || echoes);
    const first = bad[0];
    if (!first) return pass(`refused: ${told}`);
    const echo = methods.find(({ echoes }) => echoes);
    const crash = bad.every(({ status }) => status === 500);
    return fail(
      echo
        ? `${echo.method} repeats the request's headers`
        : crash
          ? "unknown methods end in an error of the app"
          : `${first.method} is answered like a page`,
      {
        expected: "405 or 501",
        found: told,
        fix: `let ${component}, or the proxy before it, answer ${listed(bad.map(({ method }) => method))} with 405`,
        findings: bad.map(({ method }) => method),
      },
    );
  },
});
