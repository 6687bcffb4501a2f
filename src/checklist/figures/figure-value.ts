import { parseDuration } from "../../model/duration.ts";
import { parseSize } from "../../model/size.ts";
import { FIGURE_NAMES, type FigureName } from "./figure.ts";

/** Names of which a line may say several; a parameter holds them with blanks between. */
export const SEVERAL: ReadonlySet<FigureName> = new Set([
  "variable",
  "event",
  "port",
  "path",
  "url",
  "table",
  "health",
  "version",
  "closed-port",
]);

/** How a value is written, and an example for whoever wrote it otherwise. */
interface Shape {
  readonly is: { test(value: string): boolean };
  readonly like: string;
}

const AMOUNT = "\\d+(?:\\.\\d+)?";
const TIME: Shape = {
  is: { test: (value) => parseDuration(value) !== undefined },
  like: "a time such as 500ms or 30d",
};
const SHARE: Shape = { is: new RegExp(`^${AMOUNT}%$`), like: "a share such as 99.9%" };
const SIZE: Shape = { is: { test: (value) => parseSize(value) !== undefined }, like: "a size such as 256MB" };
const NUMBER: Shape = { is: new RegExp(`^${AMOUNT}$`), like: "a number" };
/** Whose unit the check that holds it knows. */
const BOUND: Shape = {
  is: { test: (value) => [NUMBER, SHARE, TIME, SIZE].some(({ is }) => is.test(value)) },
  like: "a number, or one with its unit (80%, 300ms, 2MB)",
};
const PORT: Shape = { is: /^\d{1,5}$/, like: "a port such as 3000" };
const PATH: Shape = { is: /^\//, like: "a path such as /health" };
/** Names, commands and values are whatever they are. */
const TEXT: Shape = { is: /./su, like: "some text" };

const SHAPES: Readonly<Record<FigureName, Shape>> = {
  availability: SHARE,
  p50: TIME,
  p95: TIME,
  p99: TIME,
  mean: TIME,
  errors: SHARE,
  "errors-above": SHARE,
  "availability-below": SHARE,
  "latency-above": TIME,
  "page-load": TIME,
  lcp: TIME,
  fcp: TIME,
  cls: NUMBER,
  blocking: TIME,
  lighthouse: NUMBER,
  "lighthouse-performance": NUMBER,
  "lighthouse-accessibility": NUMBER,
  "lighthouse-best-practices": NUMBER,
  "lighthouse-seo": NUMBER,
  over: TIME,
  rto: TIME,
  rpo: TIME,
  rollback: TIME,
  "token-lifetime": TIME,
  "expires-within": TIME,
  every: TIME,
  cron: { is: /^(?:@[a-z]+|\S+(?:\s+\S+){4,5})$/, like: "a cron line such as */15 * * * *" },
  "backup-every": TIME,
  "backup-keep": TIME,
  keep: TIME,
  within: TIME,
  "at-least": BOUND,
  "at-most": BOUND,
  "body-limit": SIZE,
  pool: NUMBER,
  users: NUMBER,
  "requests-per-second": NUMBER,
  "load-factor": { is: new RegExp(`^${AMOUNT}x$`), like: "a factor such as 2x" },
  "key-bits": NUMBER,
  hash: TEXT,
  "hash-cost": NUMBER,
  dmarc: { is: /^(?:none|quarantine|reject)$/, like: "none, quarantine or reject" },
  hsts: { is: /^(?:includesubdomains|preload)$/, like: "includesubdomains or preload" },
  "max-age": {
    is: { test: (value) => [NUMBER, TIME].some(({ is }) => is.test(value)) },
    like: "seconds, or a time such as 365d",
  },
  ttl: TIME,
  version: { is: /^[a-z][\w.+-]*@\d/i, like: "a program and its version such as node@24" },
  attempts: NUMBER,
  "requests-per-minute": NUMBER,
  cores: NUMBER,
  mode: { is: /^0?[0-7]{3}$/, like: "permissions such as 600" },
  "closed-port": PORT,
  scripts: SIZE,
  memory: SIZE,
  disk: SIZE,
  port: PORT,
  persistence: { is: /^(?:none|aof|rdb|aof\+rdb)$/, like: "aof, rdb, aof+rdb or none" },
  eviction: {
    is: /^(?:noeviction|(?:allkeys|volatile)-(?:lru|lfu|random|ttl))$/,
    like: "a policy such as allkeys-lru",
  },
  webhook: { is: /^(?:\/|https?:\/\/)/, like: "a path such as /webhooks/stripe" },
  health: PATH,
  path: PATH,
  file: TEXT,
  url: TEXT,
  event: TEXT,
  table: TEXT,
  variable: { is: /^[A-Za-z_]\w*$/, like: "a variable's name" },
  value: TEXT,
  quality: TEXT,
  run: TEXT,
};

export function isFigureName(name: string): name is FigureName {
  return (FIGURE_NAMES as readonly string[]).includes(name);
}

/** Each value of a parameter. */
export function valuesOf(name: FigureName, value: string): string[] {
  return SEVERAL.has(name) ? value.split(/\s+/).filter((each) => each !== "") : [value];
}

/** Why the value of a parameter is not understood: it would be held by nobody, and look as if it were. */
export function valueMistake(name: FigureName, value: string): string | undefined {
  const { is, like } = SHAPES[name];
  const wrong = valuesOf(name, value).find((each) => !is.test(each));
  return wrong === undefined ? undefined : `${name} is to be ${like}, not "${wrong}"`;
}
