import { findFreePort, isFree } from "../../agent/instances/free-port.ts";
import { OutsideError } from "../../model/errors.ts";
import type { Address } from "../../model/subject.ts";
import type { SshConnection } from "./connection.ts";
import { forbidden } from "./link.ts";

const TRIES = 5;

/** The address of a staged release, which listens on the loopback over there, as it is reached from here. */
export async function stagedThrough(
  connection: SshConnection,
  { url, plainUrl, ...rest }: Address,
  signal: AbortSignal,
): Promise<Address> {
  return {
    ...rest,
    url: await led(connection, url, signal),
    ...(plainUrl !== undefined && { plainUrl: await led(connection, plainUrl, signal) }),
  };
}

async function led(connection: SshConnection, url: string, signal: AbortSignal): Promise<string> {
  const address = new URL(url);
  const there = Number(address.port);
  for (let left = TRIES; left > 0; left -= 1) {
    // The same number when it can be had: the plain door's redirects name it.
    const here = left === TRIES && (await isFree(there)) ? there : await findFreePort(() => false);
    if (!(await connection.forward(`127.0.0.1:${here}`, `127.0.0.1:${there}`, signal))) continue;
    address.port = String(here);
    return address.href.replace(/\/$/, "");
  }
  throw (await forbidden(connection)) ?? new OutsideError(`no port here could be led to ${url} over there`);
}
