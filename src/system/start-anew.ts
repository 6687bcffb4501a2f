/**
 * Goes on in this very process with other flags of Node, from the beginning: the number of the process, its
 * standard streams and whoever waits for it stay. Does nothing when it has these flags, or where the system cannot.
 */
export function startAnewWith(flags: readonly string[]): void {
  const { execArgv, execPath, argv, env, platform } = process;
  if (platform === "win32" || flags.every((flag) => execArgv.includes(flag))) return;
  process.execve?.(execPath, [execPath, ...execArgv, ...flags, ...argv.slice(1)], env);
}
