import { describe, expect, it } from "vitest";
import { debugSigns, stockPage } from "./debug.ts";
import type { Page } from "./page.ts";

function page(text: string, change: Partial<Page> = {}): Page {
  return {
    kind: "error",
    label: "the 500 page /boom",
    path: "/boom",
    url: "https://app.example/boom",
    status: 500,
    headers: [],
    text,
    sizeBytes: text.length,
    truncated: false,
    tookMs: 1,
    ...change,
  };
}

describe("an error page", () => {
  it.each([
    [
      "Error: x\n    at Layer.handle (/srv/node_modules/express/lib/router.js:95:5)",
      "a stack trace (JavaScript)",
    ],
    ["<pre>Error<br> &nbsp; &nbsp;at file:///srv/app/server.ts:12:7</pre>", "a stack trace (JavaScript)"],
    [String.raw`{"stack":"Error: x\n    at async run (node:internal/x:1:2)"}`, "a stack trace (JavaScript)"],
    ["Traceback (most recent call last):\n  File", "a stack trace (Python)"],
    ["at com.app.Main.run(Main.java:12)", "a stack trace (Java)"],
    ["app/models/user.rb:12:in `find'", "a stack trace (Ruby)"],
    ["<b>Fatal error</b>: Uncaught Error in /srv/x.php on line <b>3</b>", "a stack trace (PHP)"],
    ["goroutine 1 [running]:", "a stack trace (Go)"],
    ["at App.Main(String[] a) in C:\\app\\Main.cs:line 12", "a stack trace (.NET)"],
    ["You're seeing this error because you have <code>DEBUG = True</code>", "Django's debug page"],
    ["<h1>Whitelabel Error Page</h1>", "Spring's bare error page"],
    ['error: relation "users" does not exist', "an SQL error"],
    ['<script type="module" src="/@vite/client"></script>', "Vite's development server"],
  ])("%s", (text, sign) => {
    expect(debugSigns(page(text))).toEqual([sign]);
  });

  it.each([
    "Something went wrong. Look at (the) help page: it is 10:30:12 now.",
    '{"error":"bad request"}',
    "",
  ])("%s shows nothing", (text) => {
    expect(debugSigns(page(text))).toEqual([]);
  });

  it("may be any text of any length", () => {
    const nasty = ["at ", "\n", "Warning: ", "at a(", "<br>&nbsp; ", '"/', "ER_A", "(((", "at /"];
    for (const text of nasty) expect(debugSigns(page(text.repeat(100_000)))).toEqual([]);
  });
});

describe("a page that answers as it should", () => {
  it("may speak of stack traces, but not come from a development server", () => {
    const good = { kind: "page", status: 200 } as const;
    expect(debugSigns(page("Traceback (most recent call last)", good))).toEqual([]);
    expect(debugSigns(page('<script src="/_next/static/development/x.js">', good))).toEqual([
      "Next's development server",
    ]);
    expect(debugSigns(page("", { ...good, headers: [["Server", "Werkzeug/3.0 Python/3.12"]] }))).toEqual([
      "Flask's development server",
    ]);
  });
});

describe("a stock page", () => {
  it.each([
    ["<!DOCTYPE html><pre>Cannot GET /x</pre>", "Express' stock page"],
    ["<center><h1>404 Not Found</h1></center><hr><center>nginx</center>", "nginx' stock page"],
    ["<h1>We lost this page</h1>", undefined],
  ])("%s", (text, expected) => {
    expect(stockPage(page(text))).toBe(expected);
  });
});
