import { headerValue } from "./headers.ts";
import type { Page } from "./page.ts";

interface Sign {
  /** How people call it. */
  readonly what: string;
  readonly text: RegExp;
}

/** What an unhandled error puts into an answer. Every repetition has a bound: these run on hostile texts. */
const TRACES: readonly Sign[] = [
  {
    what: "a stack trace (JavaScript)",
    text: /\bat (?:async )?[\w$.<>[\] ]{1,200} \((?:file:|node:|\/|[A-Z]:\\)[^)]{0,300}:\d+:\d+\)/,
  },
  {
    what: "a stack trace (JavaScript)",
    text: /(?:<br>|\\n|\n)\s{0,20}(?:&nbsp; ?){0,20}at (?:file:\/\/|node:|\/)\S{1,300}:\d+:\d+/,
  },
  { what: "a stack trace (Python)", text: /Traceback \(most recent call last\)/ },
  { what: "a stack trace (Java)", text: /\bat [\w$.]{1,200}\([\w$]{1,100}\.java:\d+\)/ },
  { what: "a stack trace (Ruby)", text: /\.rb:\d+:in [`']/ },
  {
    what: "a stack trace (PHP)",
    text: /(?:Fatal error|Warning|Notice)(?:<\/b>)?:\s.{1,500} on line (?:<b>)?\d+|Stack trace:\s?#0/,
  },
  { what: "a stack trace (Go)", text: /goroutine \d+ \[running\]/ },
  { what: "a stack trace (.NET)", text: /\bat [\w.`<>]{1,200}\(.{0,200}\) in .{1,200}:line \d+/ },
  { what: "Django's debug page", text: /DEBUG = True<\/code>|You're seeing this error because you have/ },
  {
    what: "Rails' debug page",
    text: /Action Controller: Exception caught|id="rails-root"|data-trace-frame|Rails\.root:/,
  },
  { what: "Laravel's debug page", text: /Whoops, looks like something went wrong|window\.ignite\(/ },
  { what: "Symfony's debug page", text: /Symfony Exception/ },
  { what: "Spring's bare error page", text: /Whitelabel Error Page/ },
  {
    what: "ASP.NET's developer page",
    text: /Server Error in '\/.{0,100}' Application|DeveloperExceptionPage/,
  },
  {
    what: "an SQL error",
    text: /\b(?:syntax error at or near|relation "[^"]{1,100}" does not exist|SQLSTATE\[|SQLITE_ERROR|ER_[A-Z_]{6,40}\b)/,
  },
];

/** What a development mode puts into every page. */
const MODES: readonly Sign[] = [
  { what: "Werkzeug's debugger", text: /Werkzeug Debugger|__debugger__=yes/ },
  { what: "Symfony's debug toolbar", text: /class="sf-toolbar/ },
  {
    what: "Vite's development server",
    text: /["']\/(?:[\w./-]{0,100}\/)?@(?:vite\/client|react-refresh)["']/,
  },
  {
    what: "Next's development server",
    text: /\/_next\/static\/(?:chunks\/)?development\/|__nextjs_original-stack-frame/,
  },
  { what: "webpack's development server", text: /webpack-dev-server\/client|__webpack_hmr/ },
];

const SERVERS: readonly Sign[] = [
  { what: "Django's runserver", text: /\bWSGIServer\b/ },
  { what: "Flask's development server", text: /\bWerkzeug\b/ },
  { what: "PHP's built-in server", text: /PHP .{0,40}Development Server/i },
  { what: "Python's http.server", text: /\bSimpleHTTP\b/ },
];

/** Traces of a development mode in one answer; never the text itself, which may hold secrets. */
export function debugSigns(page: Page): string[] {
  // A page that answers as it should may speak of stack traces; scripts hold all sorts of words.
  const isFailure = page.status >= 400 || page.kind === "error";
  const signs = page.kind === "asset" ? [] : isFailure ? [...TRACES, ...MODES] : MODES;
  const server = headerValue(page.headers, "server") ?? "";
  const seen = [
    ...signs.filter(({ text }) => text.test(page.text)),
    ...SERVERS.filter(({ text }) => text.test(server)),
  ];
  const profiler = headerValue(page.headers, "x-debug-token") === undefined ? [] : ["Symfony's profiler"];
  return [...new Set(seen.map(({ what }) => what)), ...profiler];
}

const STOCK: readonly Sign[] = [
  { what: "Express' stock page", text: /<pre>Cannot [A-Z]+ \// },
  { what: "nginx' stock page", text: /<hr><center>(nginx|openresty)/ },
  { what: "Apache's stock page", text: /<address>Apache|was not found on this server\.<\/p>/ },
  { what: "the stock page of IIS", text: /Microsoft-IIS|404 - File or directory not found/ },
  {
    what: "Flask's stock page",
    text: /<h1>Not Found<\/h1>\s*<p>The requested URL was not found on the server/,
  },
  { what: "Tomcat's stock page", text: /Apache Tomcat/ },
];

/** The stock error page of a server, told by its words. */
export function stockPage(page: Page): string | undefined {
  return STOCK.find(({ text }) => text.test(page.text))?.what;
}
