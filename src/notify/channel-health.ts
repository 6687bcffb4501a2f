import type { OutboxRow } from "../model/alert.ts";
import type { Channel } from "../model/alert-policy.ts";
import type { Secret } from "../model/secret.ts";
import type { OutboxStore } from "../store/alert-stores.ts";

/** Why people would not be told through a channel now, and what mends it. Holds no secret. */
export interface ChannelTrouble {
  readonly channel: string;
  /** "slack" */
  readonly kind: string;
  readonly found: string;
  readonly fix: string;
  /** Messages that wait for it, and those that were given up since it last took one. */
  readonly waiting: number;
  readonly lost: number;
}

const NEWEST = 200;

/** Channels that lack a credential, or whose newest message that was tried was not taken. */
export async function channelTroubles(request: {
  readonly environment: string;
  readonly channels: readonly Channel[];
  readonly outbox: Pick<OutboxStore, "list">;
  readonly values: ReadonlyMap<string, Secret>;
}): Promise<ChannelTrouble[]> {
  const { environment, channels, outbox, values } = request;
  const rows = channels.length === 0 ? [] : await outbox.list(environment, { limit: NEWEST });
  return channels.flatMap((channel) => {
    const own = rows.filter((row) => row.channel === channel.name);
    const missing = missingVariable(channel, values);
    const found = missing ?? refusedBy(own);
    if (found === undefined) return [];
    const sentAt = own.findIndex(({ state }) => state === "sent");
    const since = sentAt === -1 ? own : own.slice(0, sentAt);
    return [
      {
        channel: channel.name,
        kind: channel.kind.kind,
        found,
        fix: missing === undefined ? fixFor(channel, { environment, found }) : setFix(channel, environment),
        waiting: own.filter(({ state }) => state === "waiting").length,
        lost: since.filter(({ state }) => state === "dead").length,
      },
    ];
  });
}

/** "oncall (slack): SLACK_WEBHOOK_URL is not set. Fix: ..." */
export function troubleLine({ channel, kind, found, fix }: Omit<ChannelTrouble, "waiting" | "lost">): string {
  return `nobody is told through ${channel} (${kind}): ${found}. Fix: ${fix}`;
}

/** No credential mends that nobody answers. */
const UNANSWERED =
  /(\S+) (?:did not answer|did not take the connection|refused the connection|cannot be reached|is not a name that resolves|could not be resolved)|^no answer within/;

export function fixFor(
  { kind, options }: Channel,
  { environment, found }: { environment: string; found: string },
): string {
  const unanswered = UNANSWERED.exec(found);
  if (unanswered)
    return `see that ${unanswered[1] ?? "the receiver"} answers this machine, then gonogo drill alert --env ${environment}`;
  const names = kind.variables(options).map(({ name }) => name);
  const look = names.length === 0 ? "see to the receiver" : `see to ${names.join(" and ")}`;
  return `${look}, then gonogo drill alert --env ${environment}`;
}

function setFix({ kind, options }: Channel, environment: string): string {
  const names = kind.variables(options).map(({ name }) => name);
  return `set ${names.join(" and ")} where ${environment} has its variables, then gonogo drill alert --env ${environment}`;
}

function missingVariable(
  { kind, options }: Channel,
  values: ReadonlyMap<string, Secret>,
): string | undefined {
  const missing = kind
    .variables(options)
    .filter(({ name, required }) => required && (values.get(name)?.reveal() ?? "") === "")
    .map(({ name }) => name);
  return missing.length === 0 ? undefined : `${missing.join(" and ")} is not set`;
}

/** Newest first, as the outbox lists them. */
function refusedBy(rows: readonly OutboxRow[]): string | undefined {
  const tried = rows.find(({ state, attempts }) => state !== "waiting" || attempts > 0);
  return tried?.state === "sent" ? undefined : tried?.error;
}
