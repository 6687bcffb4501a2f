import type { Provisioned, ProvisionRequest } from "../../model/component.ts";
import { UserError } from "../../model/errors.ts";
import { Secret } from "../../model/secret.ts";
import type { StripeOptions } from "./options.ts";

/**
 * Runs the project's own stand-in for Stripe on a loopback port, where no keys are given. Never for production.
 * Its keys look like test keys and are made once.
 */
export async function provisionStandIn(
  request: ProvisionRequest<StripeOptions>,
): Promise<Provisioned | undefined> {
  const { options, project, stage, doors } = request;
  if (options.standIn === undefined || stage === "production") return undefined;
  const shell = await doors.shell.find("sh", ["/bin"]);
  if (!shell) {
    throw new UserError("there is no sh to run the stand-in for Stripe with", {
      fix: "install a POSIX shell",
    });
  }
  const port = await request.port("stand-in");
  const word = await keptWord(request);
  const values: Record<string, string> = {
    [options.apiUrlVariable]: `http://127.0.0.1:${port}`,
    [options.secretKeyVariable]: `sk_test_${word.slice(0, 48)}`,
    [options.webhookSecretVariable]: `whsec_${word.slice(48)}`,
    ...(options.publishableKeyVariable !== undefined && {
      [options.publishableKeyVariable]: "pk_test_stand_in",
    }),
  };
  return {
    service: {
      name: request.name,
      file: shell,
      args: ["-c", `exec ${options.standIn}`],
      env: { ...values, PORT: String(port) },
      cwd: project,
      port,
      stopSignal: "SIGTERM",
      stopGraceMs: 5_000,
    },
    variables: Object.fromEntries(Object.entries(values).map(([name, value]) => [name, new Secret(value)])),
    told: `a stand-in for Stripe on port ${port}: no cards, no money, this machine only`,
  };
}

/** 96 random digits, the same at each call. */
async function keptWord({ directory, doors }: ProvisionRequest<StripeOptions>): Promise<string> {
  const file = `${directory}/stand-in-keys`;
  const kept = (await doors.files.read(file))?.trim();
  if (kept) return kept;
  const fresh = doors.random.hex(48);
  await doors.files.write(file, fresh, { mode: 0o600 });
  return fresh;
}
