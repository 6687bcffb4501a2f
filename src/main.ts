import { runCommandLine } from "./cli/command-line.ts";

/** Whoever read the output may go (`| head -1`, a closed terminal): a deploy has to come to its end all the same. */
const READER_LEFT: readonly (string | undefined)[] = ["EPIPE", "EIO", "ECONNRESET", "ERR_STREAM_DESTROYED"];

let lost: Error | undefined;
for (const stream of [process.stdout, process.stderr]) {
  stream.on("error", (thrown: NodeJS.ErrnoException) => {
    if (READER_LEFT.includes(thrown.code)) return;
    if (lost === undefined && stream === process.stdout) {
      process.stderr.write(`error: cannot write to standard output: ${thrown.message}\n`);
    }
    lost ??= thrown;
  });
}

process.exitCode = await runCommandLine(process.argv.slice(2));
// Failed writes are told later than they happen, perhaps after everything else.
process.once("exit", () => {
  if (lost !== undefined) process.exitCode = 3;
});
