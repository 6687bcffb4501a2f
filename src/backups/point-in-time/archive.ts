import { z } from "zod";
import type { Place, StoredObject } from "../../model/destination.ts";
import { jsonIn } from "../../model/json.ts";
import { inParallel } from "../in-parallel.ts";
import { isSegment, type Segment, segmentOf, timeOf } from "./segments.ts";

// point-in-time/<component>/<base id>/base.tar.zst.age, manifest.json      a copy of the whole server
// point-in-time/<component>/wal-<system>/<segment>-<time>-<sha256>.zst.age  what was written since
// point-in-time/<component>/wal-<system>/covered.json                       until when nothing is missing

const ROOT = "point-in-time";
const MANIFEST = "manifest.json";
const COVERED = "covered.json";
export const BASE_OBJECT = "base.tar.zst.age";
const BASE_ID = /^p\d{8}T\d{6}Z-[0-9a-f]{4}$/;
const AT_ONCE = 8;

const segment = z.string().refine(isSegment, "no segment");
const base = z.object({
  version: z.literal(1),
  id: z.string().regex(BASE_ID),
  launch: z.string(),
  environment: z.string(),
  component: z.string(),
  startedAt: z.number(),
  /** No earlier time can be recovered from it. */
  consistentAt: z.number(),
  /** Of the cluster, as pg_control_system() tells it: segments of another one never fit. */
  system: z.string().regex(/^\d+$/),
  firstSegment: segment,
  segmentBytes: z.int().min(1_048_576),
  serverVersion: z.string(),
  serverMajor: z.int(),
  /** "linux-x64": the files of a server are read only by one of the same sort. */
  platform: z.string(),
  superuser: z.string(),
  database: z.string(),
  recipients: z.array(z.string()),
  sizeBytes: z.int().min(0),
  plainBytes: z.int().min(0),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
});
/** A copy of a whole server, from which a recovery begins. */
export type Base = z.output<typeof base>;

const covered = z.object({
  version: z.literal(1),
  until: z.number(),
  /** With every segment up to this one, the data is known at `until`. */
  segment,
});
export type Covered = z.output<typeof covered>;

/** What lies at one place for one component. */
export interface Archive {
  /** Oldest first. */
  readonly bases: readonly Base[];
  /** By system: in the order of the log. */
  readonly logs: ReadonlyMap<string, Log>;
  /** Names, below the place, of copies that never got their manifest, and when they were begun. */
  readonly unfinished: readonly { readonly name: string; readonly begunAt: number }[];
}
export interface Log {
  readonly segments: readonly Segment[];
  readonly covered: Covered | undefined;
}

export function baseFolder(component: string, id: string): string {
  return `${ROOT}/${component}/${id}`;
}
export function baseManifest(component: string, id: string): string {
  return `${baseFolder(component, id)}/${MANIFEST}`;
}
export function logFolder(component: string, system: string): string {
  return `${ROOT}/${component}/wal-${system}`;
}
export function coveredFile(component: string, system: string): string {
  return `${logFolder(component, system)}/${COVERED}`;
}

export async function readArchive(place: Place, component: string, signal: AbortSignal): Promise<Archive> {
  const prefix = `${ROOT}/${component}/`;
  const stored = (await place.list(signal)).filter(({ name }) => name.startsWith(prefix));
  const read = async (name: string): Promise<unknown> => jsonIn((await place.readText(name, signal)) ?? "");
  const manifests = stored.filter(({ name }) => name.endsWith(`/${MANIFEST}`));
  const bases = await inParallel(manifests, { width: AT_ONCE, signal }, async ({ name }) => {
    const parsed = base.safeParse(await read(name));
    // What was cut short or lost is no copy: a recovery must not begin with it.
    return parsed.success && isWhole(parsed.data, stored) ? [parsed.data] : [];
  });
  const logs = new Map<string, Log>();
  for (const system of systemsIn(stored, prefix)) {
    const folder = `${logFolder(component, system)}/`;
    const inside = stored.filter(({ name }) => name.startsWith(folder));
    const found = inside.flatMap(
      ({ name, sizeBytes }) => segmentOf(name.slice(folder.length), sizeBytes) ?? [],
    );
    const hasCovered = inside.some(({ name }) => name === coveredFile(component, system));
    const known = hasCovered ? covered.safeParse(await read(coveredFile(component, system))) : undefined;
    logs.set(system, {
      segments: found.toSorted((a, b) => a.name.localeCompare(b.name)),
      covered: known?.success ? known.data : undefined,
    });
  }
  return {
    bases: bases.flat().toSorted((a, b) => a.consistentAt - b.consistentAt),
    logs,
    unfinished: stored.flatMap(({ name }) => {
      const [id = "", file] = name.slice(prefix.length).split("/");
      const isOurs = BASE_ID.test(id) && file === BASE_OBJECT;
      const isFinished = manifests.some((each) => each.name === baseManifest(component, id));
      return isOurs && !isFinished ? [{ name, begunAt: timeOf(id.slice(1, 17)) }] : [];
    }),
  };
}

function isWhole({ component, id, sizeBytes }: Base, stored: readonly StoredObject[]): boolean {
  const name = `${baseFolder(component, id)}/${BASE_OBJECT}`;
  return stored.some((each) => each.name === name && each.sizeBytes === sizeBytes);
}

function systemsIn(stored: readonly StoredObject[], prefix: string): string[] {
  const found = stored.flatMap(({ name }) => /^wal-(\d+)\//.exec(name.slice(prefix.length))?.[1] ?? []);
  return [...new Set(found)];
}
