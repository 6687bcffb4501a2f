import type { Variable } from "../../model/variable.ts";

/** What of an API has to be known to see whether the application can rely on it. */
export interface Vendor {
  readonly title: string;
  /** The variable with its address, and what stands there unless it is a stand-in. */
  readonly address: { readonly variable: string; readonly real: string | undefined };
  readonly keys: readonly VendorKey[];
  /** Who am I? The cheapest request that only a valid credential gets an answer to. */
  ask(
    values: Values,
    nowMs: number,
  ): {
    readonly url: string;
    readonly method?: "GET" | "POST";
    readonly headers: Readonly<Record<string, string>>;
    readonly body?: string;
  };
  /** Where the answer has the vendor's published shape. */
  isAnswer(body: Readonly<Record<string, unknown>>): boolean;
  /** Headers that tell the rate limit and what is left of it; absent: it tells none. */
  readonly limits?: { readonly limit: string; readonly left: string };
  /** What the key may do, by the answer's own words; absent: it does not say. */
  scopesOf?(body: Readonly<Record<string, unknown>>): readonly string[];
  /** Values of the published shape out of random digits, for a stand-in at this port. */
  standIn(word: string, port: number): Readonly<Record<string, string>>;
  readonly source: string;
}

export interface VendorKey {
  readonly name: string;
  /** Regular expression of the published shape. */
  readonly shape: string;
  readonly secret: boolean;
  readonly description: string;
}

export type Values = (name: string) => string;

export function variablesOf({ title, address, keys }: Vendor): Omit<Variable, "declaredBy">[] {
  const { variable, real } = address;
  return [
    ...keys.map(({ name, shape, secret, description }) => ({
      name,
      is: { type: "string", pattern: shape } as const,
      required: true,
      secret,
      description,
    })),
    {
      name: variable,
      is: { type: "url", protocols: real === undefined ? ["wss", "ws"] : ["https", "http"] },
      required: real === undefined,
      secret: false,
      description: `Where ${title} is reached${real === undefined ? "" : "; another address only for a stand-in"}.`,
      ...(real !== undefined && { default: real }),
    },
  ];
}
