import { defineComponent } from "../../model/component.ts";
import { noDefaultAccount } from "./default-accounts.ts";
import { noEnumeration } from "./enumeration-check.ts";
import { sessionExpires } from "./expiry-check.ts";
import { scriptInjection, sqlInjection } from "./injection-checks.ts";
import { attackOptions } from "./options.ts";
import { passwordPolicy } from "./password-policy-check.ts";
import { openRedirect } from "./redirect-check.ts";
import { roleMatrixHeld } from "./role-checks.ts";
import { sessionRotates } from "./rotation-check.ts";
import { logout } from "./session-checks.ts";
import { bypass, crossTenant, csrf } from "./trespass-checks.ts";

/** What an attacker tries first, tried by accounts of its own: few, harmless requests to the launch's own address. */
export const attack = defineComponent({
  kind: "attack",
  summary:
    "What an attacker tries first: SQL and script in inputs, other sites' forms, other people's ids, ways round the sign-in.",
  options: attackOptions,
  variables: () => [],
  checks: [
    sqlInjection,
    scriptInjection,
    csrf,
    crossTenant,
    bypass,
    openRedirect,
    roleMatrixHeld,
    logout,
    noDefaultAccount,
    noEnumeration,
    sessionRotates,
    passwordPolicy,
    sessionExpires,
  ],
});
