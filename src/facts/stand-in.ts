import type { Provisioned, ProvisionRequest } from "../model/component.ts";
import { UserError } from "../model/errors.ts";
import { Secret } from "../model/secret.ts";
import { programFingerprint } from "./program-files.ts";

export interface StandIn {
  readonly line: string | undefined;
  /** "a stand-in for the bucket" */
  readonly told: string;
  /** "no passwords": what sets it apart from the real thing. */
  readonly lacks?: string;
  values(port: number): Readonly<Record<string, string>> | Promise<Readonly<Record<string, string>>>;
}

type Request = Pick<ProvisionRequest<unknown>, "name" | "project" | "stage" | "directory" | "doors" | "port">;

/**
 * A program of the project that stands in for an outside service on a loopback port. Undefined in production and
 * where the project brings none. It finds `values`, PORT and STATE_DIRECTORY among its variables, and is started anew
 * when its code has changed.
 */
export async function provisionStandIn(request: Request, standIn: StandIn): Promise<Provisioned | undefined> {
  const { name, project, stage, directory, doors } = request;
  const { line, told, lacks } = standIn;
  if (line === undefined || stage === "production") return undefined;
  const shell = await doors.shell.find("sh", ["/bin"]);
  if (!shell) throw new UserError(`there is no sh to run ${told} with`, { fix: "install a POSIX shell" });
  const port = await request.port("stand-in");
  const values = await standIn.values(port);
  const code = await programFingerprint(line, { project, files: doors.files });
  const isOtherCode = await differsFromBefore(request, code);
  return {
    service: {
      name,
      file: shell,
      args: ["-c", `exec ${line}`],
      env: { ...values, PORT: String(port), STATE_DIRECTORY: directory },
      cwd: project,
      port,
      stopSignal: "SIGTERM",
      stopGraceMs: 5_000,
      code,
    },
    variables: Object.fromEntries(
      Object.entries(values).map(([variable, value]) => [variable, new Secret(value)]),
    ),
    told: [
      `${told} on port ${port}: `,
      lacks === undefined ? "" : `${lacks}, `,
      "this machine only",
      isOtherCode ? "; started anew, for its code has changed" : "",
    ].join(""),
  };
}

async function differsFromBefore({ directory, doors }: Request, code: string): Promise<boolean> {
  const file = `${directory}/stand-in-code`;
  const before = await doors.files.read(file);
  if (before !== code) await doors.files.write(file, code);
  return before !== undefined && before !== code;
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
