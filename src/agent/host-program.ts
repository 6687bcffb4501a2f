import { rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { text } from "node:stream/consumers";
import { isDeepStrictEqual } from "node:util";
import { messageOf, OutsideError, UserError } from "../model/errors.ts";
import { openClock } from "../system/clock.ts";
import { createClient } from "./client.ts";
import { endEnvironment } from "./end-environment.ts";
import { type Expected, expectRelease, receiveRelease } from "./host/arrival.ts";
import { setBootLine } from "./host/boot-line.ts";
import type { Carried, HostAnswers, HostLook, HostVerb, LaunchRequest } from "./host/verbs.ts";
import { lastLines } from "./instances/log-file.ts";
import { launchParent, runningParent } from "./launch-parent.ts";
import { lastPulse } from "./pulse.ts";
import { keptReleases } from "./release-shelf.ts";
import type { PublicSide, Settings } from "./settings.ts";
import { socketPathOf } from "./socket-path.ts";
import { startAgent } from "./start-agent.ts";
import { openStateFolder } from "./state-folder.ts";

/*
 * What a target does on a host besides asking the agent: starting and ending it, taking in code. Arguments: the
 * verb, the environment's directory, for "receive" the release. What is asked comes in as JSON, the answer goes out so.
 */

type Launched = Omit<LaunchRequest, "publicSide" | "isNewProgram">;

const LIMIT_MS = 120_000;

const [verb = "", base = "", id = ""] = process.argv.slice(2);
const stateDirectory = join(base, "agent");
// Programs of the application are to find the very Node that the agent runs on.
process.env.PATH = `${dirname(process.execPath)}:${process.env.PATH ?? ""}`;
const clock = openClock();
const state = openStateFolder(stateDirectory, () => undefined);
const socketPath = socketPathOf(stateDirectory);

const answers: { [Verb in HostVerb]: () => Promise<HostAnswers[Verb]> } = {
  look,
  async launch() {
    await launch(JSON.parse(await text(process.stdin)) as LaunchRequest);
    return await look();
  },
  expect: async () => await expectRelease(base, JSON.parse(await text(process.stdin)) as Expected),
  async resume() {
    // Written by `launch`; without it nothing was ever started here.
    const before = await state.read<Launched>("launched");
    if (before) await launchParent({ ...before, stateDirectory, kind: "ssh" }, AbortSignal.timeout(LIMIT_MS));
    return {};
  },
  receive: () => receiveRelease(base, { id, tar: process.stdin }),
  async end() {
    const { owner, purge } = JSON.parse(await text(process.stdin)) as { owner: string; purge: boolean };
    const agent = createClient({ socketPath, clock });
    await endEnvironment({
      ...{ stateDirectory, agent, owner, clock, signal: AbortSignal.timeout(LIMIT_MS) },
      afterwards: async () => {
        await setBootLine(base, undefined);
        if (purge) await rm(base, { recursive: true, force: true });
      },
    });
    return {};
  },
};

async function look(): Promise<HostLook> {
  const settings = await state.read<Settings>("settings");
  return {
    isRunning: runningParent(stateDirectory) !== undefined,
    socketPath,
    releases: await keptReleases(stateDirectory),
    seenAt: await lastPulse(stateDirectory),
    ports: settings && { https: settings.httpsPort, http: settings.httpPort },
  };
}

async function launch(request: LaunchRequest): Promise<void> {
  const { publicSide, isNewProgram, ...launched } = request;
  const isNewSide = !isDeepStrictEqual(await state.read<PublicSide>("public"), publicSide);
  if (isNewSide) await state.write("public", publicSide);
  await state.write("launched", launched);
  const wasRunning = runningParent(stateDirectory) !== undefined;
  const wanted = { ...launched, stateDirectory, kind: "ssh" };
  const starting = { clock, signal: AbortSignal.timeout(LIMIT_MS) };
  await startAgent(wanted, starting).catch(notStarted);
  await setBootLine(base, `${process.execPath} ${process.argv[1]} resume ${base} > /dev/null 2>&1`);
  if (!wasRunning || !(isNewSide || isNewProgram)) return;
  await createClient({ socketPath, clock }).send("restart", {});
  await startAgent(wanted, starting).catch(notStarted);
}

async function notStarted(thrown: unknown): Promise<never> {
  if (!(thrown instanceof OutsideError)) throw thrown;
  const log = join(stateDirectory, "agent.log");
  const end = (await lastLines(log, 10)).join("\n");
  throw new OutsideError(`the agent did not start; the end of ${log}:\n${end}`, { cause: thrown });
}

function carried(thrown: unknown): Carried {
  const code = thrown instanceof Error && "code" in thrown ? String(thrown.code) : "";
  const isUser = thrown instanceof UserError;
  return {
    kind: isUser ? "user" : thrown instanceof OutsideError || code !== "" ? "outside" : "bug",
    message: messageOf(thrown),
    ...(isUser && thrown.fix !== undefined && { fix: thrown.fix }),
    ...(thrown instanceof OutsideError && thrown.retryable && { retryable: true }),
  };
}

// The clock's delays keep no program alive, and to end processes without an agent is to wait for them.
const alive = setInterval(() => undefined, LIMIT_MS);
const run = answers[verb as HostVerb] as (() => Promise<unknown>) | undefined;
try {
  if (!run || base === "") throw new UserError(`there is no verb "${verb}" here`);
  process.stdout.write(JSON.stringify({ answer: await run() }));
} catch (thrown) {
  process.stdout.write(JSON.stringify({ refusal: carried(thrown) }));
} finally {
  clearInterval(alive);
}
