import { createPublicKey } from "node:crypto";
import { defineFact, type FactContext } from "../../model/fact.ts";
import type { MailOptions } from "./options.ts";
import { readSpf, type SpfTree } from "./spf.ts";

type Context = FactContext<MailOptions>;

const seen = { access: "read", reach: "environment", attempts: 2 } as const;

export const spfTree = defineFact<SpfTree, MailOptions>({
  id: "mail.spf",
  ...seen,
  collect: async (context) => readSpf(context.subject.options.domain, (name) => textsOf(name, context)),
});

export interface DkimKey {
  readonly selector: string;
  /** Undefined: there is no record; "empty": the key was withdrawn (RFC 6376 section 3.6.1). */
  readonly key: "empty" | "unreadable" | { readonly type: string; readonly bits: number } | undefined;
}

export const dkimKeys = defineFact<readonly DkimKey[], MailOptions>({
  id: "mail.dkim",
  ...seen,
  collect: async (context) => {
    const { domain, selectors } = context.subject.options;
    return await Promise.all(
      selectors.map(async (selector) => {
        const [text] = await textsOf(`${selector}._domainkey.${domain}`, context);
        return { selector, key: text === undefined ? undefined : readKey(text) };
      }),
    );
  },
});

/** Records at _dmarc of the domain, or of the one above it that counts (RFC 7489 section 6.6.3). */
export const dmarcRecords = defineFact<readonly string[], MailOptions>({
  id: "mail.dmarc",
  ...seen,
  collect: async (context) => {
    const labels = context.subject.options.domain.split(".");
    for (let first = 0; first <= labels.length - 2; first++) {
      const texts = await textsOf(`_dmarc.${labels.slice(first).join(".")}`, context);
      const found = texts.filter((text) => /^v=DMARC1\b/i.test(text));
      if (found.length > 0) return found;
    }
    return [];
  },
});

export interface MailExchanger {
  readonly name: string;
  readonly resolves: boolean;
}

export const mailExchangers = defineFact<readonly MailExchanger[], MailOptions>({
  id: "mail.exchangers",
  ...seen,
  collect: async (context) => {
    const at = resolverOf(context);
    const records = await context.doors.dns.resolve(context.subject.options.domain, "MX", at);
    return await Promise.all(
      records.map(async ({ value: name }) => {
        const addresses = await Promise.all([
          context.doors.dns.resolve(name, "A", at),
          context.doors.dns.resolve(name, "AAAA", at),
        ]);
        return { name, resolves: addresses.flat().length > 0 };
      }),
    );
  },
});

async function textsOf(name: string, context: Context): Promise<string[]> {
  const records = await context.doors.dns.resolve(name, "TXT", resolverOf(context));
  return records.map(({ value }) => value);
}

function resolverOf({ subject, signal }: Context): { server?: string; signal: AbortSignal } {
  const [server] = subject.options.resolvers;
  return { ...(server !== undefined && { server }), signal };
}

function readKey(text: string): DkimKey["key"] {
  const tags = new Map(
    text.split(";").flatMap((tag) => {
      const [, name, value] = /^\s*(\w+)\s*=\s*([\s\S]*)$/.exec(tag) ?? [];
      return name === undefined || value === undefined ? [] : [[name, value.replaceAll(/\s/g, "")] as const];
    }),
  );
  const encoded = tags.get("p");
  if (encoded === undefined) return "unreadable";
  if (encoded === "") return "empty";
  const type = tags.get("k") ?? "rsa";
  // RFC 8463: an Ed25519 key is given bare, without the envelope that tells what it is.
  if (type === "ed25519")
    return Buffer.from(encoded, "base64").length === 32 ? { type, bits: 256 } : "unreadable";
  try {
    const key = createPublicKey({ key: Buffer.from(encoded, "base64"), format: "der", type: "spki" });
    return { type, bits: key.asymmetricKeyDetails?.modulusLength ?? 0 };
  } catch {
    return "unreadable";
  }
}
