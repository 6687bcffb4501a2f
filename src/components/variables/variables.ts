import { defineComponent } from "../../model/component.ts";
import { declaredUnused, undeclaredUsed } from "./code/checks.ts";
import { dotenvIgnored, dotenvSyntax, exampleComplete } from "./dotenv/checks.ts";
import { variablesOptions } from "./options.ts";
import { nodeEnv } from "./process/checks.ts";
import { productionCredentialElsewhere, testCredentialInProduction } from "./value/credential-checks.ts";
import { declaredPresent, placeholderValue, typed } from "./value/declaration-checks.ts";
import { clientExposure, parity } from "./value/exposure-checks.ts";
import { sharedSecretReuse } from "./value/reuse-checks.ts";
import { secretStrength } from "./value/strength-checks.ts";

/** Every launch has it with its default options; a declaration of its own sets them. */
export const variables = defineComponent({
  kind: "variables",
  summary:
    "The environment's variables: present, well-formed, real, strong, and in the right environment only.",
  options: variablesOptions,
  variables: () => [],
  checks: [
    declaredPresent,
    typed,
    placeholderValue,
    testCredentialInProduction,
    productionCredentialElsewhere,
    sharedSecretReuse,
    secretStrength,
    clientExposure,
    parity,
    undeclaredUsed,
    declaredUnused,
    dotenvSyntax,
    dotenvIgnored,
    exampleComplete,
    nodeEnv,
  ],
});
