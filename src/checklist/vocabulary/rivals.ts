import { PRODUCTS } from "./word-classes.ts";
import { rawWords, stem } from "./word-forms.ts";

/** Families of products that one kind of component stands for: a line about another of them is not about it. */
const FAMILIES: Readonly<Record<string, readonly string[]>> = {
  postgres: ["database"],
  redis: ["cache", "queue"],
  stripe: ["payment", "service"],
  web: ["storage", "ai", "database", "queue"],
  site: ["storage", "ai", "database", "queue"],
  repository: ["database"],
  identity: ["storage"],
  watch: ["monitoring"],
};
/** The jobs of a pipeline are no background jobs. */
const OTHERS: Readonly<Record<string, readonly string[]>> = { worker: ["ci"] };

/** By the list itself: every answerer brings one of its own and keeps it. */
const KNOWN = new WeakMap<readonly string[], ReadonlySet<string>>();

/** No check of any kind looks at telephones, at who is in a directory of users, or at speed under load. */
const NOBODYS = [
  "load-test",
  "sql-injection",
  "file-upload",
  "load-time",
  "ios",
  "android",
  "app-store",
  "device-link",
  "mobile-app",
  "push-message",
  "user-pool",
  "memory-leak",
  "code-part",
  "thread-pool",
  // A pipeline has them, the running application has not.
  "pipeline-secret",
  "key-rotation",
  "low-end",
  "dev-environment",
  // Secrets are looked for; what is somebody's own looks like anything else.
  "pii",
  "excel",
  // Of these a machine sees what comes of them, not how they are made.
  "docker-image",
  "image-scan",
  "source-map-upload",
  "sitemap-told",
  "kept-unset",
  "build-setup",
  "lawyer",
];
/** Below "Mobile" even a build is one of an app, below "Redis" a backup is not the database's. */
const NOBODYS_ABOVE: ReadonlySet<string> = new Set([
  stem("mobile"),
  "redis",
  stem("runbook"),
  "board",
  "inventory",
  "least-machine",
]);

/** Below "Load tests" and "Memory leaks" stand lines that are about something else. */
const NO_RIVALS_ABOVE: ReadonlySet<string> = new Set([
  "load-test",
  "load-time",
  "sql-injection",
  "file-upload",
  "memory-leak",
  "code-part",
]);

/** Meanings that speak against a component of these kinds. */
export function rivalsOf(kinds: readonly string[]): ReadonlySet<string> {
  const known = KNOWN.get(kinds);
  if (known) return known;
  const families = new Set(kinds.flatMap((kind) => FAMILIES[kind] ?? []));
  const words = [...families].map((family) => PRODUCTS[family] ?? "").join(" ");
  const others = kinds.flatMap((kind) => OTHERS[kind] ?? []);
  const rivals = new Set([...NOBODYS, ...others, ...rawWords(words).map(({ text }) => stem(text))]);
  KNOWN.set(kinds, rivals);
  return rivals;
}

/** A heading is a rival to what stands below it. */
export function isRivalAbove(meaning: string, rivals: ReadonlySet<string>): boolean {
  return NOBODYS_ABOVE.has(meaning) || (rivals.has(meaning) && !NO_RIVALS_ABOVE.has(meaning));
}

let everybodys: ReadonlySet<string> | undefined;

/** Whether a meaning speaks against anybody at all. */
export function mayBeRival(meaning: string): boolean {
  everybodys ??= new Set([
    ...NOBODYS,
    ...NOBODYS_ABOVE,
    ...Object.values(OTHERS).flat(),
    ...rawWords(Object.values(PRODUCTS).join(" ")).map(({ text }) => stem(text)),
  ]);
  return everybodys.has(meaning);
}
