import type { CheckRecord } from "../../src/cli/output/contracts/check.ts";
import type { DeployRecord } from "../../src/cli/records.ts";
import type { ExampleCopy } from "./example-copy.ts";
import type { Round } from "./sabotage.ts";
import { hasRedis, inRedis, until } from "./services.ts";

const FORGET =
  "for _, key in ipairs(redis.call('scan', 0, 'match', 'limit:*', 'count', 10000)[2]) do redis.call('del', key) end";

/** The board as it is now, or the one that stopped a deploy. */
export async function look(app: ExampleCopy, by: Round["look"]): Promise<CheckRecord> {
  // The rate limit would remember what an earlier look asked.
  if (hasRedis(app)) await inRedis(app, ["eval", FORGET, "0"]);
  if (by === "check") return await app.run<CheckRecord>("check", "--env", "staging");
  if (by === "production") {
    return await app.run<CheckRecord>("check", "--env", "production", "--only", "settings", "payments");
  }
  const record = await app.run<DeployRecord>("deploy", "--env", "staging");
  if (record.check === null) throw new Error(`nothing was judged: ${record.deploy.reason}`);
  if (record.deploy.state === "done") throw new Error("the broken release went live");
  return record.check;
}

/** The same again, once everything that was told to stop has ended. */
export async function lookAgain(app: ExampleCopy, by: Round["look"]): Promise<CheckRecord> {
  await until(app, (now) => now.every(({ state }) => state !== "stopping"));
  return await look(app, by);
}
