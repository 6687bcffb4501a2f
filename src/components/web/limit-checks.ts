import { defineCheck } from "../../model/check.ts";
import { formatDuration } from "../../model/duration.ts";
import { fail, pass, unknown, warn } from "../../model/outcome.ts";
import { ways } from "../../model/ways.ts";
import { webBodyLimit, webHeaderLimit, webSlowRequest } from "./limits.ts";

const COMMON = { phase: "staging", freshFor: "7d" } as const;
/** Refused for a reason that comes before the body is looked at: nothing is learnt of its limit. */
const BEFORE_THE_BODY: ReadonlySet<number> = new Set([400, 401, 403, 404, 405, 415, 422, 429]);
const SLOW_MS = 5_000;

export const bodyLimit = defineCheck({
  ...COMMON,
  id: "limit.body.size",
  title: "A request body past the limit is refused",
  consequence: "A few huge uploads fill the memory and take the app down.",
  severity: "warning",
  asks: ways(`
    request body size limit | payload size limit | upload size limit | 413 | file upload size limits
    maximum file size enforced | file upload limits configured | request size limits | max upload size
    body size limit | upload limits | file size limits | payload limits | request body limits configured
    maximum size 25 MB | max file size 10MB | upload limit 10 MB
    proxy-body-size set | client_max_body_size set | file size limit | body-parser limit
    request body limit | max request size | upload file size limit | file upload size | maximum upload size
    JSON body limit | body parser limit | request body limited to 1 MB | limit the body at the proxy
    large bodies refused | bodies above 2 MB refused | large payloads rejected with 413
    limit request body size | request body size limited | DATA_UPLOAD_MAX_MEMORY_SIZE | express.json limit
    express.json({ limit }) | MaxRequestBodySize | MaxRequestBodySize lowered
    size of the request body limited | request bodies limited | post_max_size
    too large bodies refused | oversized payloads refused | http.MaxBytesReader | maximum request body
    big requests refused | payload too large
    JSON payload size capped | large requests get 413 | larger requests get 413 | too large requests get 413
    413 for large bodies | bodies larger than 10 MB refused | large payloads rejected
    payloads over 1MB rejected | size validation (10MB limit)
  `),
  source: "RFC 9110 section 15.5.14; CWE-770",
  needs: { answer: webBodyLimit },
  run: ({ answer: { path, status, tookMs, sizeBytes, sentBytes, readWhole } }, { component, options }) => {
    const measured = { status: status ?? null, tookMs: Math.round(tookMs), sentBytes };
    const trouble = {
      expected: `POST ${path} with more than ${options.limits.body} answers 413`,
      found: status === undefined ? "the connection was cut without an answer" : `${status}`,
      fix: `limit request bodies of ${component} to ${options.limits.body} and answer 413 past it`,
      measured,
    };
    if (status === 413)
      return tookMs <= SLOW_MS
        ? pass(`more than ${options.limits.body} is refused with 413`, measured)
        : warn("an oversize body is refused late", {
            ...trouble,
            expected: `413 within ${formatDuration(SLOW_MS)}`,
            found: `413 after ${formatDuration(tookMs)}`,
            fix: `let ${component} refuse by Content-Length, before it reads the body`,
          });
    if (status === undefined && sentBytes < sizeBytes)
      return unknown(
        `no answer to the announcement of ${options.limits.body}, and a check does not send that much`,
      );
    if (status === undefined) return warn("an oversize body is cut off without an answer", trouble);
    if (readWhole)
      return fail("an oversize body is read to its end", {
        ...trouble,
        found: `${status}, and only when all of it had come`,
      });
    if (BEFORE_THE_BODY.has(status))
      return unknown(
        `POST ${path} answers ${status} before the body matters: name a path that takes one in components.${component}.limits.bodyPath`,
      );
    if (status >= 500) return fail("an oversize body ends in an error of the app", trouble);
    return fail("an oversize body is accepted", trouble);
  },
});

export const headerLimit = defineCheck({
  ...COMMON,
  id: "limit.header.size",
  title: "Requests with oversize headers are refused",
  consequence: "Headers without a bound take memory on every connection.",
  severity: "info",
  asks: ways(`
    header size limit | maximum request header size | oversize headers answer 431 | Large headers rejected
    limit request header size | large_client_header_buffers | requests with huge headers get 431
    oversized HTTP headers rejected | oversized headers refused | MaxHeaderBytes
    max-http-request-header-size | max-http-header-size | request header size limited
    size of request headers limited | too large headers refused | header size capped | 431
    huge cookies and headers refused | big request headers rejected | header buffer size limited
    too long headers refused | long headers rejected | header longer than limit refused
  `),
  source: "RFC 6585 section 5",
  needs: { answer: webHeaderLimit },
  run: ({ answer: { status, tookMs } }, { component }) => {
    const measured = { status: status ?? null, tookMs: Math.round(tookMs) };
    if (status === 431) return pass("64 KB of headers are refused with 431", measured);
    if (status === 400 || status === 413 || status === 414)
      return pass(`64 KB of headers are refused with ${status}`, measured);
    const trouble = {
      expected: "431",
      found: status === undefined ? "the connection was cut without an answer" : `${status}`,
      fix: `limit request headers of ${component}, or of the proxy before it, to 16 KB and answer 431 past it`,
      measured,
    };
    if (status === undefined) return warn("oversize headers are cut off without an answer", trouble);
    return fail("64 KB of headers are accepted", trouble);
  },
});

export const slowloris = defineCheck({
  ...COMMON,
  id: "limit.slowloris",
  title: "A request that never ends is cut",
  consequence: "One machine with a few hundred slow connections keeps everybody else out.",
  severity: "warning",
  asks: ways(`
    slowloris protection | request timeout | slow requests are cut | server timeouts
    request timeouts configured | server timeout settings | HTTP server timeouts | header timeout
    Slowloris | client_header_timeout | ReadHeaderTimeout | ReadTimeout | read timeouts
    timeout for slow requests | slow clients disconnected | server timeouts against slow clients
    slow connections closed | slow header attack | requestTimeout | incomplete requests time out
    slowloris attack mitigated | slow clients dropped | slow clients cut off | read and write timeouts
  `),
  source: "CWE-400; OWASP denial of service cheat sheet",
  needs: { answer: webSlowRequest },
  run: ({ answer: { status, tookMs, limitMs } }, { component }) => {
    const measured = { status: status ?? null, tookMs: Math.round(tookMs) };
    // The exchange gives up at half as long again and two seconds more.
    if (tookMs < limitMs * 1.5 + 1_500)
      return pass(`cut after ${formatDuration(tookMs)}${status ? ` with ${status}` : ""}`, measured);
    return fail("a request that never ends is held open", {
      expected: `cut after about ${formatDuration(limitMs)}`,
      found: `still open after ${formatDuration(tookMs)}`,
      fix: `set the header time-out of ${component}, or of the proxy before it, to ${formatDuration(limitMs)} (Node: server.headersTimeout and connectionsCheckingInterval)`,
      measured,
    });
  },
});
