import { z } from "zod";
import type { Doors, HttpResponse } from "../../../model/doors.ts";
import { messageOf } from "../../../model/errors.ts";
import { jsonIn } from "../../../model/json.ts";
import type { Secret } from "../../../model/secret.ts";

/** Who runs a database, as far as its address tells. */
export interface Provider {
  readonly name: string;
  /** Where a person sees whether recovery to a time is on. */
  readonly place: string;
  /** Undefined: it cannot be asked by a program with one token. */
  readonly asks?: "supabase" | "neon";
}

interface Known extends Provider {
  readonly host: RegExp;
}

const KNOWN: readonly Known[] = [
  {
    host: /\.(supabase\.(co|com|in)|pooler\.supabase\.com)$/,
    name: "Supabase",
    place: "Database > Backups > Point in time, in Supabase's dashboard",
    asks: "supabase",
  },
  {
    host: /\.neon\.(tech|build)$/,
    name: "Neon",
    place: "Settings > Instant restore, in Neon's console",
    asks: "neon",
  },
  {
    host: /\.rds\.amazonaws\.com(\.cn)?$/,
    name: "Amazon RDS",
    place:
      "Maintenance & backups of the instance: a backup retention period above 0, and its latest restore time",
  },
  {
    // Heroku's databases have names of plain machines at Amazon.
    host: /^ec2-[\d-]+\.[\w.-]*amazonaws\.com$/,
    name: "Heroku",
    place: "heroku pg:info: Continuous Protection, and Rollback",
  },
  {
    host: /\.postgres\.database\.azure\.com$/,
    name: "Azure",
    place: "Backup and restore of the server: its retention period, and the earliest restore point",
  },
  {
    host: /\.db\.ondigitalocean\.com$/,
    name: "DigitalOcean",
    place: "Backups and restore of the cluster: restore to a new cluster from a point in time",
  },
  {
    host: /\.(render\.com|aivencloud\.com|fly\.dev|rlwy\.net|railway\.app)$/,
    name: "the provider",
    place: "its console",
  },
];

export function providerOf(host: string): Provider | undefined {
  return KNOWN.find((each) => each.host.test(host.toLowerCase()));
}

/** What a provider told about one database. Times in milliseconds. */
export interface Told {
  readonly isOn: boolean;
  /** How far back; undefined where it does not say. */
  readonly reachMs: number | undefined;
  /** Since the latest moment it can go back to; undefined where it does not say. */
  readonly lagMs: number | undefined;
}
/** Or why it did not. */
export type ProviderAnswer = Told | { readonly silent: string };

export interface ProviderQuestion {
  readonly provider: Provider;
  readonly host: string;
  readonly user: string;
  readonly token: Secret;
  /** Of Neon, whose hosts do not name it. */
  readonly project: string | undefined;
  readonly doors: Pick<Doors, "http" | "clock">;
  readonly signal: AbortSignal;
}

const supabaseBackups = z.object({
  pitr_enabled: z.boolean(),
  physical_backup_data: z
    .object({
      earliest_physical_backup_date_unix: z.number().optional(),
      latest_physical_backup_date_unix: z.number().optional(),
    })
    .optional(),
});
const neonProject = z.object({ project: z.object({ history_retention_seconds: z.number() }) });

export async function askProvider(question: ProviderQuestion): Promise<ProviderAnswer> {
  const { provider } = question;
  try {
    return provider.asks === "supabase" ? await askSupabase(question) : await askNeon(question);
  } catch (thrown) {
    return { silent: messageOf(thrown) };
  }
}

/** Management API, "Lists all backups". */
async function askSupabase(question: ProviderQuestion): Promise<ProviderAnswer> {
  const { host, user, doors } = question;
  const ref = /^db\.([a-z]{20})\./.exec(host)?.[1] ?? /^[\w-]+\.([a-z]{20})$/.exec(user)?.[1];
  if (ref === undefined) return { silent: "neither host nor user of its address names the project" };
  const answer = await ask(`https://api.supabase.com/v1/projects/${ref}/database/backups`, question);
  const parsed = supabaseBackups.safeParse(jsonIn(answer.body));
  if (answer.status !== 200 || !parsed.success) return { silent: refusal("Supabase", answer) };
  const { pitr_enabled: isOn, physical_backup_data: reach } = parsed.data;
  const earliest = reach?.earliest_physical_backup_date_unix;
  const latest = reach?.latest_physical_backup_date_unix;
  const since = (unix: number | undefined) => (unix ? doors.clock.now() - unix * 1_000 : undefined);
  return { isOn, reachMs: since(earliest), lagMs: since(latest) };
}

/** API v2, "Retrieve project details". */
async function askNeon(question: ProviderQuestion): Promise<ProviderAnswer> {
  const { project } = question;
  if (project === undefined) return { silent: "its hosts do not name the project: declare provider.project" };
  const url = `https://console.neon.tech/api/v2/projects/${encodeURIComponent(project)}`;
  const answer = await ask(url, question);
  const parsed = neonProject.safeParse(jsonIn(answer.body));
  if (answer.status !== 200 || !parsed.success) return { silent: refusal("Neon", answer) };
  const reachMs = parsed.data.project.history_retention_seconds * 1_000;
  return { isOn: reachMs > 0, reachMs, lagMs: undefined };
}

async function ask(url: string, { token, doors, signal }: ProviderQuestion): Promise<HttpResponse> {
  return await doors.http.send({
    url,
    headers: { authorization: `Bearer ${token.reveal()}`, accept: "application/json" },
    timeoutMs: 8_000,
    signal,
  });
}

function refusal(name: string, { status }: HttpResponse): string {
  if (status === 401 || status === 403) return `${name} does not accept the token (${status})`;
  if (status === 404) return `${name} knows no such project (404)`;
  return status === 200 ? `${name} answers in a way that is not known here` : `${name} answers ${status}`;
}
