import { type Log, openApplication } from "./application.ts";
import { readSettings } from "./settings.ts";

/** The edge stops sending before it tells us to stop; what is in flight then gets this long. */
const FINISH_MS = 25_000;

/** One JSON object a line on standard output; never headers, bodies or addresses with secrets. */
const log: Log = (level, message, fields = {}) => {
  const line = { ts: new Date().toISOString(), level, process: "backend", message, ...fields };
  process.stdout.write(`${JSON.stringify(line)}\n`);
};

try {
  const settings = readSettings();
  const application = openApplication(settings, log);
  application.server.listen(settings.port, "127.0.0.1", () =>
    log("info", "listening", { port: settings.port }),
  );
  for (const signal of ["SIGTERM", "SIGINT"] as const) {
    process.once(signal, () => {
      log("info", "stopping", { signal });
      setTimeout(() => process.exit(1), FINISH_MS).unref();
      void application.stop();
    });
  }
} catch (thrown) {
  process.stderr.write(`${thrown instanceof Error ? thrown.message : String(thrown)}\n`);
  process.exit(1);
}
