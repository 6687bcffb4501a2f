// Plain JavaScript, so that the compile cache is on before the first TypeScript file is met: with it the process
// holds what a published package would, without the compiler that strips types.
import { enableCompileCache, flushCompileCache } from "node:module";

enableCompileCache();
const { createEdge } = await import("../../src/agent/edge/edge.ts");
flushCompileCache();

process.on("disconnect", () => process.exit());
const { upstreamPort, httpPort, https } = await new Promise((resolve) => process.once("message", resolve));
const edge = createEdge({
  clock: { now: () => Date.now(), monotonicMs: () => performance.now() },
  onTrouble: (trouble) => console.error(JSON.stringify(trouble)),
});
edge.put({ id: "r1", routes: [{ prefix: "/", upstreams: [{ port: upstreamPort }] }] });
edge.switchTo("r1");
await edge.listen({ http: { port: httpPort }, plain: "serve", ...(https ? { https } : {}) });
process.send?.("up");
