import { expect, it } from "vitest";
import { errorsIn, timeOf } from "./log-errors.ts";

it.each([
  ['{"level":50,"msg":"no checkout"}'],
  ['{"severity":"CRITICAL","message":"x"}'],
  ['{"@t":"2026-11-21T10:00:00Z","@l":"Error","@m":"x"}'],
  ['{"log":{"level":"error"},"message":"x"}'],
  ["2026-11-21 10:00:00,123 ERROR app.views x"],
  ["2026-11-21T10:00:00Z ERROR 1 --- [main] c.e.App : x"],
  ["[2026-11-21 10:00:00] production.ERROR: SQLSTATE[42P01] {}"],
  ["E, [2026-11-21T10:00:00.1 #9] ERROR -- : x"],
  ["time=2026-11-21T10:00:00Z level=ERROR msg=x"],
  ["2026-11-21T10:00:00Z\terror\tapp/main.go:7\tx"],
  ["E1121 10:00:00.1 1 main.go:7] x"],
  ["2026/11/21 10:00:00 [error] 9#9: *1 connect() failed"],
  ["ERROR:    Exception in ASGI application"],
  ["fail: Microsoft.AspNetCore.Server.Kestrel[13]"],
  ["error: no checkout"],
  ["\u001b[31merror\u001b[39m: no checkout"],
  ["TypeError: x is not a function"],
  ["panic: runtime error: index out of range"],
  ["thread 'main' panicked at src/main.rs:7:5:"],
  ["PHP Fatal error:  Uncaught Exception: x"],
  ["Unhandled exception. System.InvalidOperationException: x"],
  ["app.rb:7:in `go': undefined method (NoMethodError)"],
])("takes %j for one error", (line) => {
  expect(errorsIn(["ready", line])).toHaveLength(1);
});

it.each([
  ['{"level":30,"msg":"ERROR is a word"}'],
  ['{"level":"warn","msg":"x","stack":"Error: x\\n    at f (a.js:1:2)"}'],
  ["2026-11-21 10:00:00 INFO sync done: 0 ERROR lines"],
  ['level=info msg="level=error is told otherwise"'],
  ["GET /errors 200 in 7 ms"],
  ["found 0 errors"],
  ["[info] error: none"],
  ["Error handling middleware is ready"],
  ["listening at http://127.0.0.1:3000"],
])("takes %j for none", (line) => {
  expect(errorsIn([line])).toEqual([]);
});

it.each<[string, string[], number]>([
  ["Node", ["Error: no", "    at f (/srv/a.js:1:2)", "    at node:internal/x:1:2"], 1],
  ["two of Node's", ["Error: a", "    at f (/srv/a.js:1:2)", "Error: b", "    at f (/srv/a.js:1:2)"], 2],
  ["a word before it", ["charging failed", "    at f (/srv/a.js:1:2)", "    at g (/srv/a.js:1:2)"], 1],
  [
    "Python below its level",
    [
      "ERROR:root:no",
      "Traceback (most recent call last):",
      '  File "a.py", line 7, in f',
      "    raise ValueError()",
      "ValueError: no",
    ],
    1,
  ],
  [
    "Python alone",
    ["Traceback (most recent call last):", '  File "a.py", line 7, in f', "    go()", "ValueError: no"],
    1,
  ],
  [
    "Java",
    [
      "2026-11-21 10:00:00 ERROR c.e.App no",
      "java.lang.IllegalStateException: no",
      "\tat c.e.App.f(App.java:7)",
      "Caused by: java.io.IOException: x",
      "\t... 7 more",
    ],
    1,
  ],
  ["Go", ["panic: no", "", "goroutine 1 [running]:", "main.main()", "\t/srv/main.go:7 +0x1d"], 1],
  [
    "a warning with its stack",
    ["2026-11-21 10:00:00 WARN c.e.App tried again", "java.io.IOException: x", "\tat c.e.App.f(App.java:7)"],
    0,
  ],
  ["pino, longer than is shown", [JSON.stringify({ level: 50, msg: "no", stack: "x".repeat(2_600) })], 1],
  [
    "an exception below another's line",
    ["[INFO] started", "TypeError: x is not a function", "    at f (/app/a.js:1:1)"],
    1,
  ],
])("counts the stack of %s once", (_, lines, count) => {
  expect(errorsIn(lines)).toHaveLength(count);
});

it.each([
  ['{"time":1700000000000}', 1_700_000_000_000],
  ['{"ts":1700000000.5}', 1_700_000_000_500],
  ['{"ts":"2026-11-21T10:00:00Z"}', Date.UTC(2026, 10, 21, 10)],
  ["2026-11-21 10:00:00.5 +0100 ERROR x", Date.UTC(2026, 10, 21, 9, 0, 0, 500)],
  ["2026-11-21 10:00:00 ERROR in no zone", undefined],
  ["nothing", undefined],
])("reads the time of %s", (line, at) => {
  expect(timeOf(line)).toBe(at);
});
