import { defineComponent } from "../../model/component.ts";
import type { Variable } from "../../model/variable.ts";
import { discoveryValid, jwtAlgorithm, jwtClaims, tokenRequired } from "./checks.ts";
import { identityOptions } from "./options.ts";
import { provisionIssuer } from "./provision.ts";

/** Accounts by an OpenID Connect issuer, and the tokens it signs. */
export const identity = defineComponent({
  kind: "identity",
  summary:
    "Accounts by an OpenID Connect issuer: discovery, keys, and which tokens the application believes.",
  options: identityOptions,
  variables({ issuerVariable, audienceVariable, client }) {
    const plain = { required: true, secret: false } as const;
    const variables: Omit<Variable, "declaredBy">[] = [
      {
        ...plain,
        name: issuerVariable,
        is: { type: "url", protocols: ["https", "http"] },
        description: "The OpenID Connect issuer, exactly as its tokens name it in iss.",
      },
      {
        ...plain,
        name: audienceVariable,
        is: { type: "string", minLength: 1 },
        description: "What access tokens for this application name in aud.",
      },
    ];
    if (client) {
      variables.push(
        {
          ...plain,
          name: client.idVariable,
          is: { type: "string", minLength: 1 },
          description: "The OAuth client that signs people in.",
        },
        {
          name: client.secretVariable,
          is: { type: "string", minLength: 1 },
          required: true,
          secret: true,
          description: "The secret of that client.",
        },
      );
    }
    return variables;
  },
  checks: [discoveryValid, jwtAlgorithm, jwtClaims, tokenRequired],
  provision: provisionIssuer,
});
