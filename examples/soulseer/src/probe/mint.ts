/**
 * Asks the stand-in issuer for an access token with these claims over the usual ones (null takes one away). A
 * real issuer offers nothing of the kind: there this throws.
 */
export async function mintToken(claims: Readonly<Record<string, unknown>>): Promise<string> {
  const { OIDC_ISSUER: issuer, OIDC_CLIENT_SECRET: secret } = process.env;
  if (!issuer || !secret) throw new Error("OIDC_ISSUER and OIDC_CLIENT_SECRET are not set");
  const response = await fetch(`${issuer.replace(/\/$/, "")}/stand-in/sign`, {
    method: "POST",
    headers: { authorization: `Bearer ${secret}`, "content-type": "application/json" },
    body: JSON.stringify(claims),
    signal: AbortSignal.timeout(5_000),
    redirect: "error",
  });
  if (!response.ok)
    throw new Error(`the issuer does not sign for checks (${response.status}); only a stand-in does`);
  return ((await response.json()) as { token: string }).token;
}
