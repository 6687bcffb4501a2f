import path from "node:path";
import { DoesNotApply, defineFact, NotObserved } from "../../model/fact.ts";
import type { Subject } from "../../model/subject.ts";
import type { StripeOptions } from "./options.ts";

export type KeyMode = "test" | "live" | "unrecognised";

/** Which mode the keys of this environment belong to, by their prefixes (Stripe, "API keys"). */
export interface KeyModes {
  readonly secretKey: KeyMode | undefined;
  readonly publishableKey: KeyMode | undefined;
}

export const keyModes = defineFact<KeyModes, StripeOptions>({
  id: "stripe.key-modes",
  access: "read",
  reach: "environment",
  async collect({ subject }) {
    const { secretKeyVariable, publishableKeyVariable } = subject.options;
    return {
      secretKey: modeOf(textOf(subject, secretKeyVariable), ["sk", "rk"]),
      publishableKey: modeOf(textOf(subject, publishableKeyVariable), ["pk"]),
    };
  },
});

function textOf({ variables }: Subject<StripeOptions>, name: string | undefined): string | undefined {
  return name === undefined ? undefined : variables.values.get(name)?.value.reveal().trim() || undefined;
}

function modeOf(value: string | undefined, prefixes: readonly string[]): KeyMode | undefined {
  if (value === undefined) return undefined;
  const mode = /^([a-z]+)_(test|live)_./.exec(value);
  return mode && prefixes.includes(mode[1] ?? "") ? (mode[2] as KeyMode) : "unrecognised";
}

/** Files of other environments that hold this environment's webhook secret too. Names of files only. */
export interface SecretElsewhere {
  readonly compared: readonly string[];
  readonly same: readonly string[];
}

export const webhookSecretElsewhere = defineFact<SecretElsewhere, StripeOptions>({
  id: "stripe.webhook-secret-elsewhere",
  access: "read",
  reach: "environment",
  async collect({ subject, doors }) {
    const name = subject.options.webhookSecretVariable;
    const mine = subject.variables.values.get(name);
    if (!mine) throw new NotObserved(`${name} is not set`);
    const own = path.basename(mine.source.replace(/:\d+$/, ""));
    const compared: string[] = [];
    const same: string[] = [];
    for (const file of await doors.files.list(subject.directory)) {
      if (!/^\.env\./.test(file) || /example|sample|template/.test(file) || file === own) continue;
      const text = (await doors.files.read(path.join(subject.directory, file))) ?? "";
      const other = assigned(text, name);
      if (other === undefined || other === "") continue;
      compared.push(file);
      if (other === mine.value.reveal()) same.push(file);
    }
    if (compared.length === 0) throw new DoesNotApply(`no other environment's file here sets ${name}`);
    return { compared, same };
  },
});

function assigned(text: string, name: string): string | undefined {
  const line = text.split(/\r?\n/).find((each) => each.replace(/^export\s+/, "").startsWith(`${name}=`));
  return line
    ?.slice(line.indexOf("=") + 1)
    .trim()
    .replace(/^(["'])(.*)\1$/, "$2");
}
