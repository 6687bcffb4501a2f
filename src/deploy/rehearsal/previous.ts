import { requestsTo } from "../../facts/http/requests.ts";
import type { Doors } from "../../model/doors.ts";
import { messageOf } from "../../model/errors.ts";
import type { Launch } from "../../model/launch.ts";
import type { Process } from "../../model/process.ts";
import type { Release } from "../../model/release.ts";
import type { Secret } from "../../model/secret.ts";
import type { Address } from "../../model/subject.ts";
import { processesOf, smokePaths } from "../commands.ts";
import type { DeployRun } from "../run.ts";

/** The release that is live, started once more, on the copy, without traffic. */
export interface Previous extends AsyncDisposable {
  /** Asks its smoke checks; what fails is told by path. One sentence when it could not be started at all. */
  smoke(): Promise<Smoke | string>;
}

/** Path -> what went wrong; undefined: it answered well. */
export type Smoke = ReadonlyMap<string, string | undefined>;

/** So that every connection of a small pool is asked, with its prepared statements. */
const ROUNDS = 3;

/**
 * Starts the release's web processes under the target, which ends them by itself should this command die. Workers
 * and schedules stay off: their queues are not copied.
 */
export async function startPrevious(
  run: DeployRun,
  options: { previous: Release; variables: ReadonlyMap<string, Secret>; signal: AbortSignal },
): Promise<Previous> {
  const { target, lease, launch, directory, doors } = run;
  const { previous, variables, signal } = options;
  const id = `${previous.id}-rehearsal`;
  const spec = {
    id,
    commit: previous.commit,
    directory: `${directory}/releases/${previous.id}/code`,
    variables,
    processes: answering(launch),
  };
  const discard = () => target.discard(lease, id, AbortSignal.timeout(60_000));
  try {
    const address = await target.stage(lease, spec, signal);
    return {
      smoke: () => askSmoke(doors, { address, paths: smokePaths(launch), signal }),
      [Symbol.asyncDispose]: discard,
    };
  } catch (thrown) {
    await discard().catch(() => undefined);
    signal.throwIfAborted();
    const why = messageOf(thrown);
    return { smoke: async () => why, [Symbol.asyncDispose]: async () => undefined };
  }
}

/** One instance each of what answers requests. */
export function answering(launch: Launch): Process[] {
  return processesOf(launch)
    .filter(({ kind }) => kind === "web" || kind === "site")
    .map((process) => ({ ...process, instances: Math.min(process.instances, 1) }));
}

async function askSmoke(
  doors: Doors,
  { address, paths, signal }: { address: Address; paths: readonly string[]; signal: AbortSignal },
): Promise<Smoke> {
  const known = { origin: address.url, plainOrigin: undefined, host: undefined, ca: address.ca };
  // The limits of the live release count here too, where they are kept in a store that both use.
  const { send } = requestsTo({ doors, signal }, known, { patient: true });
  const found = new Map<string, string | undefined>();
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const path of paths) {
      const what = await ask(path);
      if (what !== undefined || !found.has(path)) found.set(path, what);
    }
  }
  return found;

  async function ask(path: string): Promise<string | undefined> {
    try {
      const { status } = await send({ path });
      return status >= 400 ? `answered ${status}` : undefined;
    } catch (thrown) {
      signal.throwIfAborted();
      return messageOf(thrown);
    }
  }
}
