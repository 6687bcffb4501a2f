import { openApplication } from "./application.ts";
import { createLog, reasonOf } from "./log.ts";
import { readSettings } from "./settings.ts";

/** The edge stops sending before it tells us to stop; what is in flight then gets this long. */
const FINISH_MS = 25_000;

async function serve(): Promise<void> {
  const settings = readSettings();
  const { port, release } = settings;
  const log = createLog("web", settings.logLevel);
  const application = await openApplication(settings, log);
  application.server.listen(port, "127.0.0.1", () => {
    log.info("listening", { port, release, ms: Math.round(performance.now()) });
  });

  const stop = async (signal: string): Promise<void> => {
    log.info("stopping", { signal });
    setTimeout(() => process.exit(1), FINISH_MS).unref();
    await application.stop();
    log.info("stopped");
  };
  process.once("SIGTERM", (signal) => void stop(signal));
  process.once("SIGINT", (signal) => void stop(signal));
}

try {
  await serve();
} catch (thrown) {
  process.stderr.write(`${reasonOf(thrown)}\n`);
  process.exit(1);
}
