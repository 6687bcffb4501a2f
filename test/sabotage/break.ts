import type { ExampleCopy } from "./example-copy.ts";
import type { Change } from "./sabotage.ts";
import { asSuperuser, inRedis, letDie, pidsOf, reconfigureRedis } from "./services.ts";

/** Makes every change, commits those of the code, and takes all of them back when it is disposed of. */
export async function broken(app: ExampleCopy, changes: readonly Change[]): Promise<AsyncDisposable> {
  await using undone = new AsyncDisposableStack();
  undone.defer(() => app.reset());
  for (const change of changes) if (!isLoose(change)) edit(app, change);
  app.commit("Broken");
  for (const change of changes) if (isLoose(change)) app.write(change.write, change.text);
  await breakRedis(app, changes, undone);
  for (const change of changes) {
    if ("sql" in change) {
      await asSuperuser(app, change.sql);
      undone.defer(() => asSuperuser(app, change.undo));
    } else if ("redis" in change) {
      await inRedis(app, change.redis);
      undone.defer(async () => void (await inRedis(app, change.undo)));
    } else if ("dies" in change) {
      await letDie(app, change);
    } else if ("hangs" in change) {
      const pids = await pidsOf(app, change.hangs);
      const tell = (signal: "SIGSTOP" | "SIGCONT") => {
        for (const pid of pids) process.kill(pid, signal);
      };
      tell("SIGSTOP");
      undone.defer(() => tell("SIGCONT"));
    }
  }
  return undone.move();
}

function isLoose(change: Change): change is Extract<Change, { write: string }> {
  return "write" in change && change.uncommitted === true;
}

function edit(app: ExampleCopy, change: Change): void {
  if ("write" in change) app.write(change.write, change.text);
  if ("variable" in change) setVariable(app, change.variable, change.value);
  if (!("in" in change)) return;
  const text = app.read(change.in);
  if (!text.includes(change.replace)) throw new Error(`${change.in} does not hold: ${change.replace}`);
  app.write(
    change.in,
    text.replace(change.replace, () => change.by),
  );
}

function setVariable(app: ExampleCopy, name: string, value: string | undefined): void {
  const before = app.read(".env.staging").split("\n");
  const kept = before.filter((line) => line !== "" && !line.startsWith(`${name}=`));
  const set = value === undefined ? [] : [`${name}=${value}`];
  app.write(".env.staging", [...kept, ...set, ""].join("\n"));
}

async function breakRedis(
  app: ExampleCopy,
  changes: readonly Change[],
  undone: AsyncDisposableStack,
): Promise<void> {
  const lines = changes.flatMap((change) => ("redisLine" in change ? [change] : []));
  if (lines.length === 0) return;
  await reconfigureRedis(app, new Map(lines.map(({ redisLine, by }) => [redisLine, by])));
  const back = new Map(lines.map(({ redisLine, by }) => [by, redisLine]));
  undone.defer(() => reconfigureRedis(app, back));
}
