import { createStandInIssuer } from "./issuer.ts";
import { openSigningKey } from "./signing-key.ts";

function variable(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set`);
  return value;
}

const port = Number(variable("PORT"));
const server = createStandInIssuer({
  issuer: variable("OIDC_ISSUER"),
  audience: variable("OIDC_AUDIENCE"),
  clientId: variable("OIDC_CLIENT_ID"),
  clientSecret: variable("OIDC_CLIENT_SECRET"),
  key: await openSigningKey(variable("STATE_DIRECTORY")),
});
server.listen(port, "127.0.0.1", () => process.stdout.write(`stand-in issuer on port ${port}\n`));
process.once("SIGTERM", () => {
  server.close();
  server.closeIdleConnections();
});
