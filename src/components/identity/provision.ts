import type { Provisioned, ProvisionRequest } from "../../model/component.ts";
import { UserError } from "../../model/errors.ts";
import { Secret } from "../../model/secret.ts";
import type { IdentityOptions } from "./options.ts";

/**
 * Runs the project's own stand-in issuer on a loopback port, for environments that name no real one. Never for
 * production. The client's secret is made once and kept beside the stand-in's key.
 */
export async function provisionStandIn(
  request: ProvisionRequest<IdentityOptions>,
): Promise<Provisioned | undefined> {
  const { options, project, stage, directory, doors, launch } = request;
  if (options.standIn === undefined || stage === "production") return undefined;
  const shell = await doors.shell.find("sh", ["/bin"]);
  if (!shell) {
    throw new UserError("there is no sh to run the stand-in issuer with", { fix: "install a POSIX shell" });
  }
  const port = await request.port("stand-in");
  const values: Record<string, string> = {
    [options.issuerVariable]: `http://127.0.0.1:${port}`,
    [options.audienceVariable]: `https://${launch}.stand-in/api`,
    ...(options.client && {
      [options.client.idVariable]: `${launch}-stand-in`,
      [options.client.secretVariable]: await keptSecret(request),
    }),
  };
  return {
    service: {
      name: request.name,
      file: shell,
      args: ["-c", `exec ${options.standIn}`],
      env: { ...values, PORT: String(port), STATE_DIRECTORY: directory },
      cwd: project,
      port,
      stopSignal: "SIGTERM",
      stopGraceMs: 5_000,
    },
    variables: Object.fromEntries(Object.entries(values).map(([name, value]) => [name, new Secret(value)])),
    told: `a stand-in issuer on port ${port}: no passwords, this machine only`,
  };
}

async function keptSecret({ directory, doors }: ProvisionRequest<IdentityOptions>): Promise<string> {
  const file = `${directory}/client-secret`;
  const kept = (await doors.files.read(file))?.trim();
  if (kept) return kept;
  const fresh = doors.random.hex(32);
  await doors.files.write(file, fresh, { mode: 0o600 });
  return fresh;
}
