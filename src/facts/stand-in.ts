import type { Provisioned, ProvisionRequest } from "../model/component.ts";
import { UserError } from "../model/errors.ts";
import { Secret } from "../model/secret.ts";

/**
 * A program of the project that stands in for an outside service on a loopback port. Undefined in production and
 * where the project brings none. It finds `values`, PORT and STATE_DIRECTORY among its variables.
 */
export async function provisionStandIn(
  request: Pick<ProvisionRequest<unknown>, "name" | "project" | "stage" | "directory" | "doors" | "port">,
  standIn: {
    readonly line: string | undefined;
    /** "a stand-in for the bucket" */
    readonly told: string;
    values(port: number): Readonly<Record<string, string>> | Promise<Readonly<Record<string, string>>>;
  },
): Promise<Provisioned | undefined> {
  const { name, project, stage, directory, doors } = request;
  if (standIn.line === undefined || stage === "production") return undefined;
  const shell = await doors.shell.find("sh", ["/bin"]);
  if (!shell)
    throw new UserError(`there is no sh to run ${standIn.told} with`, { fix: "install a POSIX shell" });
  const port = await request.port("stand-in");
  const values = await standIn.values(port);
  return {
    service: {
      name,
      file: shell,
      args: ["-c", `exec ${standIn.line}`],
      env: { ...values, PORT: String(port), STATE_DIRECTORY: directory },
      cwd: project,
      port,
      stopSignal: "SIGTERM",
      stopGraceMs: 5_000,
    },
    variables: Object.fromEntries(
      Object.entries(values).map(([variable, value]) => [variable, new Secret(value)]),
    ),
    told: `${standIn.told} on port ${port}: this machine only`,
  };
}

/** Random digits made once and the same at each call, so that what was provisioned stays as it is. */
export async function keptWord(
  { directory, doors }: Pick<ProvisionRequest<unknown>, "directory" | "doors">,
  { file, bytes }: { file: string; bytes: number },
): Promise<string> {
  const path = `${directory}/${file}`;
  const kept = (await doors.files.read(path))?.trim();
  if (kept) return kept;
  const fresh = doors.random.hex(bytes);
  await doors.files.write(path, fresh, { mode: 0o600 });
  return fresh;
}
