import { createServer } from "node:net";

// Below the range Linux gives to outgoing connections (32768-60999), so that none of those takes the port
// between our look at it and the application's bind.
const FIRST = 20_000;
const COUNT = 12_000;

/** A loopback port nobody listens on, and not one of those that `isTaken` knows of. */
export async function findFreePort(isTaken: (port: number) => boolean): Promise<number> {
  const offset = Math.floor(Math.random() * COUNT);
  for (let step = 0; step < COUNT; step++) {
    const port = FIRST + ((offset + step * 7) % COUNT);
    if (!isTaken(port) && (await isFree(port))) return port;
  }
  throw new Error(`no free port between ${FIRST} and ${FIRST + COUNT}`);
}

export async function isFree(port: number, host = "127.0.0.1"): Promise<boolean> {
  const server = createServer();
  return new Promise((resolve) => {
    server.once("error", () => resolve(false));
    server.listen({ port, host }, () => server.close(() => resolve(true)));
  });
}
