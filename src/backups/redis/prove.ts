import type { RedisPart } from "../../model/backup.ts";
import { readRedisContents } from "../contents.ts";
import { type ProvenPart, type Proving, timed } from "../proving.ts";
import { compareRedis } from "./compare.ts";
import { startScratchRedis } from "./scratch.ts";

/** Into a scratch server that reads the file at its start, as every Redis does. */
export async function proveRedis(part: RedisPart, proving: Proving): Promise<ProvenPart> {
  await using stack = new AsyncDisposableStack();
  return await timed(
    proving,
    async () => stack.use(await startScratchRedis(part, proving)),
    async ({ url, version }) => {
      const contents = await readRedisContents(part, proving);
      await using session = await proving.doors.redis.open(url, { signal: proving.signal });
      return { ...(await compareRedis(part, contents, session)), serverVersion: version };
    },
  );
}
