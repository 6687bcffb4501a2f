import { keptWord, provisionStandIn } from "../../facts/stand-in.ts";
import type { Provisioned, ProvisionRequest } from "../../model/component.ts";
import type { StripeOptions } from "./options.ts";

/** Where no keys are given, the project's own stand-in; its keys look like test keys. */
export function provisionPayments(
  request: ProvisionRequest<StripeOptions>,
): Promise<Provisioned | undefined> {
  const { options } = request;
  return provisionStandIn(request, {
    line: options.standIn,
    told: "a stand-in for Stripe",
    lacks: "no cards, no money",
    async values(port) {
      const word = await keptWord(request, { file: "stand-in-keys", bytes: 48 });
      return {
        [options.apiUrlVariable]: `http://127.0.0.1:${port}`,
        [options.secretKeyVariable]: `sk_test_${word.slice(0, 48)}`,
        [options.webhookSecretVariable]: `whsec_${word.slice(48)}`,
        ...(options.publishableKeyVariable !== undefined && {
          [options.publishableKeyVariable]: "pk_test_stand_in",
        }),
      };
    },
  });
}
