import { openDoors } from "../../src/system/doors.ts";
import { openLightHttp } from "../../src/system/light-http.ts";
import { askProbe } from "../../src/watch/probes/ask-probe.ts";
import type { ProbeGround } from "../../src/watch/probes/sighting.ts";

/* Light questions as fast as so many askers can, without anything around them: what another prober is held against. */

const { port, clients, forMs, fresh } = JSON.parse(process.argv[2] ?? "{}") as {
  port: number;
  clients: number;
  forMs: number;
  fresh: boolean;
};
const ground: ProbeGround = {
  doors: openDoors(),
  http: openLightHttp(),
  address: undefined,
  variables: { declared: [], values: new Map() },
  host: async () => undefined,
  signal: new AbortController().signal,
};
const at = `http://127.0.0.1:${port}/probe`;
let probes = 0;
const from = process.cpuUsage();
const until = performance.now() + forMs;
await Promise.all(
  Array.from({ length: clients }, async () => {
    while (performance.now() < until) {
      const { state, detail } = await askProbe({ type: "http", at, accept: "2xx", fresh }, ground);
      if (state !== "up") throw new Error(detail);
      probes += 1;
    }
  }),
);
const { user, system } = process.cpuUsage(from);
process.send?.({ probes, cpuSeconds: (user + system) / 1e6 });
process.disconnect?.();
process.exit(0);
