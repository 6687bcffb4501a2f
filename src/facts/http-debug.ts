import { headerValue } from "./http-headers.ts";
import type { Page } from "./http-page.ts";

interface Sign {
  /** How people call it. */
  readonly what: string;
  readonly text: RegExp;
}

/** Words that only a development mode or an unhandled error puts into an answer. */
const SIGNS: readonly Sign[] = [
  {
    what: "a stack trace (JavaScript)",
    text: /\bat (?:async )?[\w$.<>[\] ]+ \((?:file:|node:|\/|[A-Z]:\\)[^)]*:\d+:\d+\)/,
  },
  {
    what: "a stack trace (JavaScript)",
    text: /(?:<br>|\\n|\n)\s*(?:&nbsp; ?)*at (?:file:\/\/|node:|\/)\S+:\d+:\d+/,
  },
  { what: "a stack trace (Python)", text: /Traceback \(most recent call last\)/ },
  { what: "a stack trace (Java)", text: /\bat [\w$.]+\([\w$]+\.java:\d+\)/ },
  { what: "a stack trace (Ruby)", text: /\.rb:\d+:in [`']/ },
  {
    what: "a stack trace (PHP)",
    text: /(Fatal error|Warning|Notice)(<\/b>)?:\s.+ on line (<b>)?\d+|Stack trace:\s*#0/,
  },
  { what: "a stack trace (Go)", text: /goroutine \d+ \[running\]/ },
  { what: "a stack trace (.NET)", text: /\bat [\w.`<>]+\(.*\) in .+:line \d+/ },
  { what: "Django's debug page", text: /DEBUG = True<\/code>|You're seeing this error because you have/ },
  {
    what: "Rails' debug page",
    text: /Action Controller: Exception caught|id="rails-root"|data-trace-frame|Rails\.root:/,
  },
  { what: "Werkzeug's debugger", text: /Werkzeug Debugger|__debugger__=yes/ },
  {
    what: "Laravel's debug page",
    text: /Whoops, looks like something went wrong|window\.ignite\(|Ignition\b.*Laravel/,
  },
  { what: "Symfony's debug page", text: /Symfony Exception|sf-toolbar/ },
  { what: "Spring's bare error page", text: /Whitelabel Error Page/ },
  { what: "ASP.NET's developer page", text: /Server Error in '\/.*' Application|DeveloperExceptionPage/ },
  { what: "Vite's development server", text: /["'][^"']*\/@vite\/client["']|\/@react-refresh/ },
  {
    what: "Next's development server",
    text: /\/_next\/static\/(?:chunks\/)?development\/|__nextjs_original-stack-frame/,
  },
  { what: "webpack's development server", text: /webpack-dev-server\/client|__webpack_hmr/ },
  {
    what: "an SQL error",
    text: /\b(?:syntax error at or near|relation "[^"]+" does not exist|SQLSTATE\[|SQLITE_ERROR|ER_[A-Z_]{6,})/,
  },
];

const SERVERS: readonly Sign[] = [
  { what: "Django's runserver", text: /\bWSGIServer\b/ },
  { what: "Flask's development server", text: /\bWerkzeug\b/ },
  { what: "PHP's built-in server", text: /PHP .* Development Server/i },
  { what: "Python's http.server", text: /\bSimpleHTTP\b/ },
];

/** Traces of a development mode in one answer; never the text itself, which may hold secrets. */
export function debugSigns(page: Page): string[] {
  const isCode = page.kind === "asset";
  const inBody = isCode ? [] : SIGNS.filter(({ text }) => text.test(page.text));
  const server = headerValue(page.headers, "server") ?? "";
  const inHeaders = SERVERS.filter(({ text }) => text.test(server));
  const profiler = headerValue(page.headers, "x-debug-token") === undefined ? [] : ["Symfony's profiler"];
  return [...new Set([...inBody, ...inHeaders].map(({ what }) => what)), ...profiler];
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
