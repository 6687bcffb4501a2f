import { type ChildProcess, spawn } from "node:child_process";
import { flushCompileCache } from "node:module";
import { dirname, extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { messageOf } from "../model/errors.ts";
import type { HostUpkeep } from "../model/host.ts";
import { quantity } from "../model/quantity.ts";
import { openClock } from "../system/clock.ts";
import { createAnswers } from "./answers.ts";
import { openCertificateKeeper } from "./certificate-keeper.ts";
import { openControl } from "./control.ts";
import { createEdge } from "./edge/edge.ts";
import { openEnvironment } from "./environment.ts";
import { baseEnvironment } from "./environment-variables.ts";
import { hostUpkeep } from "./host/upkeep.ts";
import type { Ground, InstanceRecord } from "./instances/instance.ts";
import { keyOf, type Place } from "./instances/instance-plan.ts";
import { rotateLog, sizeOf } from "./instances/log-file.ts";
import { openPortBook } from "./instances/port-book.ts";
import { identify } from "./instances/process-table.ts";
import { endAll, findStrays } from "./instances/stray-processes.ts";
import { keepPulse } from "./pulse.ts";
import { runsOnDisk } from "./schedules.ts";
import { openServices } from "./services.ts";
import { type PublicSide, type Settings, urlsOf } from "./settings.ts";
import { socketPathOf } from "./socket-path.ts";
import { openStateFolder } from "./state-folder.ts";

/* Supervises the releases of one environment and drives its edge. Started by the parent.
   Arguments: its state directory, Settings as JSON. File descriptors: https 3, http 4. */

const HTTPS_FD = 3;
const HTTP_FD = 4;
const RESTART_CODE = 75;
const CLOSE_LIMIT_MS = 5_000;
const LOG_BYTES = 5_242_880;
const LOG_LOOK_MS = 5_000;
const PARENT_LOOK_MS = 250;

const clock = openClock();
const startedAt = clock.now();
const [stateDirectory = "", settingsText = "{}"] = process.argv.slice(2);
const settings = JSON.parse(settingsText) as Settings;

function tell(message: string): void {
  process.stderr.write(`${new Date(clock.now()).toISOString()} ${message}\n`);
}

function crash(thrown: unknown): void {
  // Everything is on disk and the applications go on: a fresh agent is safer than one in an unknown state.
  tell(`crashed: ${thrown instanceof Error ? (thrown.stack ?? thrown.message) : messageOf(thrown)}`);
  process.exit(1);
}
process.on("uncaughtException", crash);
process.on("unhandledRejection", crash);
process.on("SIGHUP", () => undefined);

const state = openStateFolder(stateDirectory, tell);
const ground: Ground = { clock, state, tell, ports: await openPortBook(state) };
const publicSide = await state.read<PublicSide>("public");
const publicName = publicSide?.name ?? settings.hostName;
const place: Place = {
  stateDirectory,
  base: baseEnvironment(process.env),
  publicHost: new URL(urlsOf(publicName, settings).url).host,
};
const records = await state.list<InstanceRecord>("instances");
const certificates = await openCertificateKeeper({
  stateDirectory,
  settings,
  publicSide,
  clock,
  tell,
  use: (pair) => edge.useCertificate(pair),
});
const { ca, ...certificate } = certificates.served;
const edge = createEdge({
  clock,
  onTrouble: ({ what, times, release, path }) => tell(`edge: ${what} (${times}x): ${release} ${path}`),
});
const strays = findStrays(stateDirectory, new Map([...(await runsOnDisk(state)), ...records]));
const services = await openServices(place, ground, records);
const environment = await openEnvironment({
  place,
  ground,
  edge,
  records,
  onLeaseEnd: services.resume,
  addressOf: (ports) => ({ ...urlsOf(settings.hostName, ports), ca }),
});
await edge.listen({
  https: { fd: HTTPS_FD, ...certificate },
  http: { fd: HTTP_FD },
  challenges: publicSide && join(dirname(stateDirectory), "challenges"),
});
const control = await openControl(
  socketPathOf(stateDirectory),
  createAnswers({
    place,
    ground,
    edge,
    environment,
    services,
    startedAt,
    publicAddress: () => {
      const { isOwn } = certificates.served;
      return { ...urlsOf(publicName, settings), ...(isOwn && { ca }) };
    },
    upkeep: publicSide && machineUpkeep,
    renewal: () => certificates.renewal(),
    reissue: () => certificates.reissue(),
    restart,
    end,
  }),
);
let adoptiveParent: ChildProcess | undefined;
let isEnding = false;
tell(`runs as ${process.pid}`);
flushCompileCache();
void keepLogSmall();
void keepPulse({ stateDirectory, clock, onGone });
void certificates.keepFresh();
void endLeftovers();
void keepParent();
process.on("SIGTERM", () => void end({ forget: false }));

function machineUpkeep(): Promise<HostUpkeep> {
  const edgePorts = [settings.httpsPort, settings.httpPort];
  return hostUpkeep({ base: dirname(stateDirectory), edgePorts });
}

/** Programs an earlier agent started that belong to nothing any more. */
async function endLeftovers(): Promise<void> {
  const all = [...services.status(), ...environment.status().instances];
  const inCharge = new Set(all.map(({ release, process, index }) => keyOf(release, process, index)));
  const left = [...records].filter(([key]) => !inCharge.has(key));
  if (strays.length + left.length > 0)
    tell(`ends ${quantity(strays.length + left.length, "leftover process", "leftover processes")}`);
  await endAll([...strays, ...left.map(([, record]) => record)], clock);
  for (const [key] of left) await state.remove(`instances/${key}`);
}

/** A parent that was killed is replaced by one that has the same sockets and watches this agent. */
async function keepParent(): Promise<void> {
  const parent = process.ppid;
  while (process.ppid === parent) await clock.delay(PARENT_LOOK_MS);
  tell("the parent is gone: starting another");
  const program = fileURLToPath(new URL(`./parent${extname(import.meta.url)}`, import.meta.url));
  const me = JSON.stringify(identify(process.pid));
  const next = spawn(process.execPath, [program, stateDirectory, settingsText, me], {
    detached: true,
    stdio: ["ignore", "inherit", "inherit", HTTPS_FD, HTTP_FD],
  });
  next.once("error", (error) => tell(`cannot start a parent: ${error.message}`));
  next.unref();
  adoptiveParent = next;
}

/** Ends this agent, not the applications; the parent starts the next one at once. */
async function restart(): Promise<void> {
  tell("restarts by request");
  control.close();
  await edge.close(CLOSE_LIMIT_MS);
  await state.settled();
  process.exit(RESTART_CODE);
}

/** Ends everything: users first, then what answers them, then what that relies on. */
async function end(options: { forget: boolean }): Promise<void> {
  if (isEnding) return;
  isEnding = true;
  tell("ends everything by request");
  const { live } = environment.status();
  const isAnswering = live !== undefined && edge.inFlight(live).requests > 0;
  await edge.close(isAnswering ? CLOSE_LIMIT_MS : 0);
  await environment.stop(options);
  await services.stop(options);
  await state.settled();
  control.close();
  adoptiveParent?.kill("SIGUSR2");
  process.exit(0);
}

/** Nobody reaches it any more. Users of production are served on; elsewhere it would only keep a port and memory. */
function onGone(): void {
  const stays = settings.stage === undefined || settings.stage === "production";
  tell(
    `${stateDirectory} was deleted: ${stays ? "no command reaches this agent any more" : "ends everything"}`,
  );
  if (!stays) void end({ forget: false });
}

async function keepLogSmall(): Promise<void> {
  const path = join(stateDirectory, "agent.log");
  for (;;) {
    if ((await sizeOf(path)) > LOG_BYTES)
      await rotateLog(path, LOG_BYTES).catch((error: Error) => tell(error.message));
    await clock.delay(LOG_LOOK_MS);
  }
}
