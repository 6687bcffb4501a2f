import { join } from "node:path";
import { messageOf } from "../model/errors.ts";
import { openClock } from "../system/clock.ts";
import { createAnswers } from "./answers.ts";
import { openControl } from "./control.ts";
import { type LocalCertificate, localCertificate } from "./edge/authority.ts";
import { createEdge } from "./edge/edge.ts";
import { openEnvironment } from "./environment.ts";
import { baseEnvironment } from "./environment-variables.ts";
import type { Ground, InstanceRecord } from "./instance.ts";
import type { Place } from "./instance-plan.ts";
import { rotateLog, sizeOf } from "./log-file.ts";
import { openPortBook } from "./port-book.ts";
import { openServices } from "./services.ts";
import { type Settings, urlsOf } from "./settings.ts";
import { socketPathOf } from "./socket-path.ts";
import { openStateFolder } from "./state-folder.ts";
import { endStrays } from "./stray-processes.ts";

/* Supervises the releases of one environment and drives its edge. Started by the parent.
   Arguments: its state directory, Settings as JSON. File descriptors: https 3, http 4. */

const HTTPS_FD = 3;
const HTTP_FD = 4;
const RESTART_CODE = 75;
const CLOSE_LIMIT_MS = 5_000;
const LOG_BYTES = 5_242_880;
const LOG_LOOK_MS = 5_000;
const DAY_MS = 86_400_000;

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
const place: Place = {
  stateDirectory,
  base: baseEnvironment(process.env),
  publicHost: new URL(urlsOf(settings.hostName, settings).url).host,
};
const records = await state.list<InstanceRecord>("instances");
const { ca, ...certificate } = await certify();
const edge = createEdge({
  clock,
  onTrouble: ({ what, times, release, path }) => tell(`edge: ${what} (${times}x): ${release} ${path}`),
});
const services = await openServices(place, ground, records);
const environment = await openEnvironment({
  place,
  ground,
  edge,
  records,
  addressOf: (ports) => ({ ...urlsOf(settings.hostName, ports), ca }),
});
await edge.listen({ https: { fd: HTTPS_FD, ...certificate }, http: { fd: HTTP_FD } });
const control = await openControl(
  socketPathOf(stateDirectory),
  createAnswers({ place, ground, edge, environment, services, settings, startedAt, ca, restart, end }),
);
tell(`runs as ${process.pid}`);
void keepLogSmall();
void keepCertificateFresh(certificate.renewAt);
void endStrays(stateDirectory, await state.list<InstanceRecord>("instances"), clock).then(
  (count) => count > 0 && tell(`ended ${count} processes nobody was in charge of`),
);
process.on("SIGTERM", () => void end({ forget: false }));

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
  tell("ends everything by request");
  const { live } = environment.status();
  const isAnswering = live !== undefined && edge.inFlight(live).requests > 0;
  await edge.close(isAnswering ? CLOSE_LIMIT_MS : 0);
  await environment.stop(options);
  await services.stop(options);
  await state.settled();
  control.close();
  process.exit(0);
}

function certify(): Promise<LocalCertificate> {
  const name = settings.hostName.replace(/\.localhost$/, "");
  return localCertificate({ directory: join(stateDirectory, "tls"), name, now: clock.now() });
}

async function keepCertificateFresh(first: number): Promise<void> {
  for (let renewAt = first; ; await clock.delay(DAY_MS)) {
    if (clock.now() < renewAt) continue;
    const renewed = await certify();
    edge.useCertificate(renewed);
    renewAt = renewed.renewAt;
  }
}

async function keepLogSmall(): Promise<void> {
  const path = join(stateDirectory, "agent.log");
  for (;;) {
    if ((await sizeOf(path)) > LOG_BYTES)
      await rotateLog(path, LOG_BYTES).catch((error: Error) => tell(error.message));
    await clock.delay(LOG_LOOK_MS);
  }
}
