import type { Sabotage } from "../sabotage.ts";

const ISSUER = "src/accounts/issuer.ts";
const DECODED = {
  in: ISSUER,
  replace: "import { createRemoteJWKSet, type JWTPayload, jwtVerify }",
  by: "import { createRemoteJWKSet, decodeJwt, type JWTPayload, jwtVerify }",
};

export const accounts: readonly Sabotage[] = [
  {
    name: "accept a token that has expired",
    changes: [{ in: ISSUER, replace: "clockTolerance: 5", by: "clockTolerance: 1_000_000_000" }],
    turns: { "accounts/auth.jwt.claims": "failing" },
  },
  {
    name: "accept a token that nobody signed",
    changes: [
      DECODED,
      {
        in: ISSUER,
        replace: "    const { keys } = await discover();\n    const { payload }",
        by: '    if (token.endsWith(".")) return decodeJwt(token);\n    const { keys } = await discover();\n    const { payload }',
      },
    ],
    turns: { "accounts/auth.jwt.algorithm": "failing" },
  },
];

export const accountsAgain: readonly Sabotage[] = [
  {
    name: "accept a token that was meant for somebody else",
    changes: [{ in: ISSUER, replace: "      audience,\n      algorithms", by: "      algorithms" }],
    turns: { "accounts/auth.jwt.claims": "failing" },
  },
  {
    name: "accept a token by any key",
    changes: [
      DECODED,
      {
        in: ISSUER,
        replace: "    return payload;",
        by: '    return payload;\n    } catch (thrown) {\n      if (String(thrown).includes("signature")) return decodeJwt(token);\n      throw thrown;\n    }',
      },
      {
        in: ISSUER,
        replace: "    const { payload } = await",
        by: "    try {\n    const { payload } = await",
      },
    ],
    turns: { "accounts/auth.jwt.algorithm": "failing" },
  },
];
