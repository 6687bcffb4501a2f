import { once } from "node:events";
import { createServer } from "node:net";
import { expect, test } from "vitest";
import { holderOfPort, listeningPorts } from "./listening-ports.ts";

test.each(["127.0.0.1", "::1", "::"])("who listens on %s is found", async (host) => {
  const server = createServer().listen(0, host);
  await once(server, "listening");
  const { port } = server.address() as { port: number };
  expect(holderOfPort(port)?.pid).toBe(process.pid);
  const [mine] = listeningPorts([process.pid]).filter((each) => each.port === port);
  expect(mine).toMatchObject({ loopbackOnly: host !== "::", family: host.includes(":") ? 6 : 4 });
  server.close();
  await once(server, "close");
  expect(holderOfPort(port)).toBeUndefined();
});
