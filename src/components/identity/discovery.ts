import { OutsideError } from "../../model/errors.ts";
import { defineFact, type FactContext, NotObserved } from "../../model/fact.ts";
import { objectIn } from "../../model/json.ts";
import type { IdentityOptions } from "./options.ts";

export interface PublicKey {
  readonly kid: string | undefined;
  readonly kty: string;
  readonly alg: string | undefined;
  /** As it came: a public key is no secret. */
  readonly jwk: Readonly<Record<string, unknown>>;
}

/** What the issuer says of itself (OpenID Connect Discovery 1.0, section 3). */
export interface Discovery {
  /** The issuer as the variable names it. */
  readonly expected: string;
  readonly url: string;
  readonly status: number;
  readonly issuer: string | undefined;
  readonly algorithms: readonly string[];
  readonly endpoints: Readonly<
    Record<"authorization_endpoint" | "token_endpoint" | "jwks_uri", string | undefined>
  >;
  readonly keys: { readonly status: number; readonly list: readonly PublicKey[] } | undefined;
}

type Context = FactContext<IdentityOptions>;

export const discovery = defineFact<Discovery, IdentityOptions>({
  id: "identity.discovery",
  access: "read",
  reach: "environment",
  attempts: 2,
  async collect(context) {
    const name = context.subject.options.issuerVariable;
    const expected = context.subject.variables.values.get(name)?.value.reveal().trim();
    if (!expected) throw new NotObserved(`${name} is not set`);
    if (!URL.canParse(expected)) throw new NotObserved(`${name} is not a URL`);
    const url = `${expected.replace(/\/$/, "")}/.well-known/openid-configuration`;
    const { status, value } = await getJson(context, url);
    const endpoint = (key: string) => (typeof value?.[key] === "string" ? value[key] : undefined);
    const jwksUri = endpoint("jwks_uri");
    return {
      expected,
      url,
      status,
      issuer: endpoint("issuer"),
      algorithms: texts(value?.id_token_signing_alg_values_supported),
      endpoints: {
        authorization_endpoint: endpoint("authorization_endpoint"),
        token_endpoint: endpoint("token_endpoint"),
        jwks_uri: jwksUri,
      },
      keys: jwksUri !== undefined && URL.canParse(jwksUri) ? await getKeys(context, jwksUri) : undefined,
    };
  },
});

async function getKeys(context: Context, url: string): Promise<NonNullable<Discovery["keys"]>> {
  const { status, value } = await getJson(context, url);
  const list = Array.isArray(value?.keys) ? (value.keys as Record<string, unknown>[]) : [];
  return {
    status,
    list: list.map((jwk) => ({
      kid: typeof jwk.kid === "string" ? jwk.kid : undefined,
      kty: String(jwk.kty),
      alg: typeof jwk.alg === "string" ? jwk.alg : undefined,
      jwk,
    })),
  };
}

async function getJson({ doors, subject, signal }: Context, url: string) {
  const ca = subject.address?.ca;
  const { status, body } = await doors.http.send({
    url,
    timeoutMs: 8_000,
    signal,
    ...(ca !== undefined && { ca }),
  });
  if (status >= 500)
    throw new OutsideError(`${new URL(url).host} answered ${status}`, { status, retryable: true });
  return { status, value: objectIn(body) };
}

function texts(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((each) => typeof each === "string") : [];
}
