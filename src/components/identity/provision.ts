import { keptWord, provisionStandIn } from "../../facts/stand-in.ts";
import type { Provisioned, ProvisionRequest } from "../../model/component.ts";
import type { IdentityOptions } from "./options.ts";

/** Where no real issuer is named, the project's own stand-in; its client's secret lies beside its key. */
export function provisionIssuer(
  request: ProvisionRequest<IdentityOptions>,
): Promise<Provisioned | undefined> {
  const { options, launch } = request;
  return provisionStandIn(request, {
    line: options.standIn,
    told: "a stand-in issuer",
    lacks: "no passwords",
    values: async (port) => ({
      [options.issuerVariable]: `http://127.0.0.1:${port}`,
      [options.audienceVariable]: `https://${launch}.stand-in/api`,
      ...(options.client && {
        [options.client.idVariable]: `${launch}-stand-in`,
        [options.client.secretVariable]: await keptWord(request, { file: "client-secret", bytes: 32 }),
      }),
    }),
  });
}
