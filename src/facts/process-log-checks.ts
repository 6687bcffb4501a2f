import { defineCheck } from "../model/check.ts";
import { DoesNotApply, defineFact, NotObserved } from "../model/fact.ts";
import { fail, pass, warn } from "../model/outcome.ts";
import { quantity } from "../model/quantity.ts";
import { ways } from "../model/ways.ts";
import { levelOf, looksStructured } from "./log-line.ts";

/** Lines looked at of each instance: most of what a busy one writes from one look to the next. */
const LINES = 20_000;
const MOSTLY = 0.9;

/** What the subject's processes last wrote; values of variables stand as "[NAME]". */
const processLogs = defineFact<readonly string[], unknown>({
  id: "process.logs",
  access: "read",
  reach: "application",
  timeoutMs: 30_000,
  async collect({ subject, signal }) {
    const { target, runtime, component, environment } = subject;
    if (!runtime || !target) throw new NotObserved(`nothing is deployed in ${environment.name} yet`);
    const lines = await target.logs({ process: component, lines: LINES }, signal);
    const own = lines.map(({ text }) => text).filter((text) => text !== "" && !text.startsWith("[gonogo] "));
    if (own.length === 0) throw new DoesNotApply(`${component} has not written a line yet`);
    return own;
  },
});

export const logStructured = defineCheck({
  id: "log.structured",
  title: "Each line of the log is one record",
  consequence: "In the night of an incident nobody can filter by request, user or level.",
  severity: "info",
  phase: "production",
  freshFor: "1d",
  every: "1h",
  asks: ways(`
    structured logging | structured logs (JSON) | JSON logging configured | logs are machine readable
    structured logging enabled | JSON logs | structured logging in place
    Serilog configured | structlog configured | lograge enabled | Monolog JSON formatter
    log output is JSON | JSON logs to stdout | application emits JSON logs
    structured logging implemented | logs in JSON format | Pino logger configured
    Winston logger configured | JSON log format
    logs in JSON | logs structured as JSON | structured machine-readable logs | compact JSON formatter
    JSON formatter for logs | slog JSON handler | zap JSON logger | logstash encoder
    log entry is one machine-readable line | each log line is JSON | JSON lines | one log record per line
    logs parseable | logs as key value pairs | machine-readable logs
    zerolog | structlog | NLog JSON layout | stdout logs in JSON | logs structured for CloudWatch
    logs structured for Datadog | structured logs for the aggregator | logs are JSON with request ids
    LOG_FORMAT=json | log format set to json | LOG_FORMAT is JSON
  `),
  source: "https://12factor.net/logs",
  needs: { lines: processLogs },
  run({ lines }, { component }) {
    const structured = lines.filter(looksStructured).length;
    const measured = { lines: lines.length, structured };
    if (structured >= MOSTLY * lines.length)
      return pass(`${structured} of ${lines.length} lines are records`, measured);
    return warn(`${lines.length - structured} of ${lines.length} lines of ${component} are plain text`, {
      expected: "JSON objects with a time, a level and a message, one a line",
      found: "text without fields",
      fix: "pino, or JSON.stringify({ time, level, msg, requestId }) in the logger's only place",
      measured,
    });
  },
});

export const logLevel = defineCheck({
  id: "log.level",
  title: "Nothing is logged at debug level",
  consequence: "The lines that matter drown, the disk fills, and bodies of requests are kept for weeks.",
  severity: "warning",
  phase: "production",
  freshFor: "1d",
  every: "1h",
  asks: ways(`
    logging level set to info | log levels configured | appropriate log level in production
    debug logging disabled in production | logging levels set appropriately | log level set to production
    log level configured | LOG_LEVEL set | logging level | appropriate logging levels | debug logs off
    log level info or warn in production | log level info | RAILS_LOG_LEVEL=info | LOG_LEVEL=info
    verbose logging off | logging at INFO | no debug logs in production | verbose logging turned off
    verbose logging disabled | development logging disabled
    log verbosity reduced | logging level set for production | LOG_LEVEL | log level not debug
    logging.level.root=INFO | verbose logs off | debug messages not logged | trace logging off
    config.log_level | log_level info
    logs not too verbose | no debug output in logs | Logging__LogLevel__Default | log level info or higher
  `),
  needs: { lines: processLogs },
  run({ lines }, { component }) {
    const talkative = lines.filter((line) => ["debug", "trace"].includes(levelOf(line) ?? ""));
    const measured = { lines: lines.length, debug: talkative.length };
    if (talkative.length === 0) return pass(`none of the last ${quantity(lines.length, "line")}`, measured);
    return warn(`${component} logs at debug level`, {
      expected: "info and above",
      found: `${talkative.length} of the last ${lines.length} lines are debug or trace`,
      fix: "LOG_LEVEL=info, or whatever sets the logger's level, in this environment's variables",
      measured,
    });
  },
});

export const logNoSecrets = defineCheck({
  id: "log.no-secrets",
  title: "No secret is in the log",
  consequence:
    "Whoever reads logs, and whatever service they are sent to, can charge cards and read the database.",
  severity: "blocker",
  phase: "staging",
  freshFor: "1d",
  every: "1h",
  asks: ways(`
    no secrets in logs | API keys not exposed in logs | logs contain no secrets | tokens not logged
    no tokens in logs | logs do not leak secrets | parameter filtering hides secrets in logs
    secrets redacted from logs | authorization headers not logged | no credentials in logs
    secrets masked in logs | secrets never displayed in logs
    filter_parameters | log scrubbing | pino redact
    log redaction | config.filter_parameters | secrets filtered from logs | tokens masked in logs
    logs scrubbed of secrets | secrets never written to logs
    request logs without authorization headers | keys do not appear in logs | connection strings not logged
    env not dumped to logs | no keys in the log output | credentials redacted in logs
    logs checked for leaked keys | no leaked keys in logs | check logs for secrets
    secrets absent from logs
    secrets and tokens absent from logs | no secrets printed in logs | tokens never printed to the log
    no secrets or tokens appear in storage/logs
    redaction processor for logs | sensitive headers not logged | no passwords in the logs
    no sensitive data in logs
    logs sanitized of secrets and passwords | sanitized logs | secrets and payloads absent from logs
    raw payloads and signatures not logged
    avoid logging secrets | never log credentials | do not log secrets | log fields without secrets
  `),
  source: "https://cheatsheetseries.owasp.org/cheatsheets/Logging_Cheat_Sheet.html",
  needs: { lines: processLogs },
  run({ lines }, { component, variables }) {
    const named = variables.declared
      .filter(({ name, secret }) => secret && lines.some((line) => line.includes(`[${name}]`)))
      .map(({ name }) => name);
    const shaped = lines.filter((line) => TOKEN.test(line)).length;
    const measured = { lines: lines.length, variables: named.length, tokens: shaped };
    if (named.length === 0 && shaped === 0)
      return pass(`none in the last ${quantity(lines.length, "line")}`, measured);
    return fail(`${component} writes secrets to its log`, {
      expected: "no value of a secret variable, no token, no key",
      found: [
        ...named.map((name) => `the value of ${name}`),
        ...(shaped > 0 ? [`${quantity(shaped, "line")} with what looks like a token or key`] : []),
      ].join("; "),
      fix: "leave headers and configuration out of what is logged (pino: `redact`), then replace what was written",
      findings: named.length > 0 ? named : ["token"],
      measured,
    });
  },
});

/** A JWT with a signature, a Stripe or GitHub credential, a bearer header, a private key. */
const TOKEN =
  /\beyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]{20,}|\b(?:sk|rk)_(?:live|test)_\w{16,}|\bgh[pousr]_\w{30,}|\bbearer\s+[\w.~+/-]{24,}|-----BEGIN [A-Z ]*PRIVATE KEY-----/i;
