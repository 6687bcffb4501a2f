import { filesOfFront } from "./front-home.ts";
import type { ProjectListing } from "./project-listing.ts";
import { type ComponentGuess, guess, type Recognition, USUAL_EVENTS } from "./recognition.ts";

/** The usual names, the more telling first. */
const HEALTH = [
  "/health",
  "/healthz",
  "/livez",
  "/api/health",
  "/api/healthz",
  "/health/live",
  "/up",
  "/healthcheck",
];
const READY = ["/ready", "/readyz", "/readiness", "/api/ready", "/health/ready", "/api/health/ready"];
/** What is not the running application: tests, and our own declaration. */
const ASIDE = /^gonogo\.config\.|(?:^|\/)(?:tests?|spec|__tests__|e2e|fixtures?)\/|\.(?:test|spec)\.\w+$/;
/** Prose and manifests name paths that nobody answers. */
const CODE = /\.(?:[cm]?[jt]s|[jt]sx|py|rb|go|php)$/;
/** A file that is a route by its place: Next.js, Nuxt. */
const ROUTE_FILE =
  /^(?:(?:apps|packages|services)\/[\w-]+\/)?(?:src\/)?(?:app|pages|server)(\/.+?)(?:\/(?:route|\+server|index))?\.[cm]?[jt]sx?$/;
/** The same of SvelteKit; any other file below routes/ may be mounted anywhere. */
const SERVER_FILE = /^(?:(?:apps|packages|services)\/[\w-]+\/)?src\/routes(\/.+)\/\+server\.[cm]?[jt]s$/;
const QUOTED_PATH = /(["'`])(\/[\w\-./]{1,80}?)\/?\1/g;
const EVENT =
  /(["'`])((?:checkout\.session|invoice|customer|customer\.subscription|payment_intent|charge|payout)\.[a-z_.]+)\1/g;

/**
 * Paths the code answers under usual names: health and readiness of whatever starts so, and where Stripe delivers.
 * What another package of the project answers says nothing about the front.
 */
export function recogniseRoutes(project: ProjectListing, start: string | undefined): Recognition {
  const all = routesIn(project, project.files);
  const routes = routesIn(project, filesOfFront(project, start));
  const health = HEALTH.find((path) => routes.has(path));
  const ready = READY.find((path) => routes.has(path));
  const components: ComponentGuess[] = [];
  if (health !== undefined || ready !== undefined) {
    const named = [health, ready].filter((path) => path !== undefined);
    const where = routes.get(named[0] ?? "");
    // One path is what most have. To call it by both names would claim that it tells two things apart.
    const options = health === undefined ? { health: ready } : { health, ready };
    components.push(guess("web", `${where} answers ${named.join(" and ")}`, options));
  }
  const webhook = [...all.keys()].find((path) => /stripe/.test(path) && /hook/.test(path));
  if (webhook !== undefined) {
    const events = eventsIn(project);
    components.push(
      guess("stripe", `${all.get(webhook)} takes ${webhook}`, {
        webhook,
        events: events.length > 0 ? events : USUAL_EVENTS,
      }),
    );
  }
  return { components };
}

/** Path -> the file it was first seen in. */
function routesIn(project: ProjectListing, files: readonly string[]): Map<string, string> {
  const found = new Map<string, string>();
  for (const file of files) {
    if (ASIDE.test(file) || !CODE.test(file)) continue;
    const byPlace = (ROUTE_FILE.exec(file) ?? SERVER_FILE.exec(file))?.[1];
    if (byPlace !== undefined && !found.has(byPlace)) found.set(byPlace, file);
    for (const [, , path = ""] of (project.text(file) ?? "").matchAll(QUOTED_PATH))
      if (!found.has(path)) found.set(path, file);
  }
  return found;
}

function eventsIn(project: ProjectListing): string[] {
  const named = project.files
    .filter((file) => !ASIDE.test(file) && CODE.test(file))
    .flatMap((file) => [...(project.text(file) ?? "").matchAll(EVENT)].map(([, , event = ""]) => event));
  return [...new Set(named)].sort();
}
