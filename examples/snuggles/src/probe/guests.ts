import { createTokens } from "../accounts/tokens.ts";
import { openDatabase } from "../database.ts";
import { reasonOf } from "../log.ts";
import { openRoom } from "../rooms/room.ts";
import { readSettings } from "../settings.ts";
import { HOST_PROBE, STRANGER_PROBE } from "./accounts.ts";

/** Prints a room of the first probe account, and tokens of that account and of one that is not in the room. */
async function print(): Promise<void> {
  const { databaseUrl: url, jwtSecret } = readSettings();
  const database = openDatabase({ url, poolMax: 1, name: "probe", onIdleError: () => undefined });
  try {
    const [found] = await database.asSystem((query) =>
      query<{ code: string }>("select code from rooms where host_id = $1 and is_active limit 1", [
        HOST_PROBE,
      ]),
    );
    const room = found ?? (await openRoom(database, HOST_PROBE, { name: "Probes", maxParticipants: 2 }));
    const tokens = createTokens(jwtSecret);
    const told = {
      member: await tokens.sign(HOST_PROBE),
      stranger: await tokens.sign(STRANGER_PROBE),
      room: room.code,
      folder: HOST_PROBE,
    };
    process.stdout.write(`${JSON.stringify(told)}\n`);
  } finally {
    await database.close();
  }
}

try {
  await print();
} catch (thrown) {
  process.stderr.write(`${reasonOf(thrown)}\n`);
  process.exitCode = 1;
}
