import { defineCheck } from "../../model/check.ts";
import { defineFact, NotObserved } from "../../model/fact.ts";
import { fail, pass } from "../../model/outcome.ts";
import { quantity } from "../../model/quantity.ts";
import { ways } from "../../model/ways.ts";
import type { Context } from "./accounts.ts";
import type { AttackOptions } from "./options.ts";
import { openSession, signInOf } from "./sessions.ts";
import { type Credentials, ownCredentials, trySignIn } from "./sign-in.ts";

/**
 * What frameworks, seeds and tutorials begin with: Django's and Grafana's admin, ActiveAdmin's admin@example.com,
 * Laravel's test@example.com. No more than two passwords for one login: a third locks accounts elsewhere.
 */
const NAMES: Readonly<Record<string, readonly string[]>> = {
  admin: ["admin", "password"],
  administrator: ["administrator", "password"],
  root: ["root", "toor"],
  test: ["test", "test123"],
  user: ["user", "password"],
  demo: ["demo", "password"],
  guest: ["guest"],
};
const ADDRESSES: Readonly<Record<string, readonly string[]>> = {
  "admin@example.com": ["password", "admin"],
  "test@example.com": ["password", "test"],
  "user@example.com": ["password"],
  "demo@example.com": ["password", "demo"],
  "admin@admin.com": ["admin", "password"],
  "test@test.com": ["test", "password"],
};

export interface DefaultsTried {
  readonly logins: number;
  readonly tried: number;
  /** Logins that were let in. Their passwords are not told. */
  readonly letIn: readonly string[];
}

const defaultsTried = defineFact<DefaultsTried, AttackOptions>({
  id: "attack.defaults-tried",
  access: "active",
  reach: "application",
  timeoutMs: 240_000,
  sends: "15 to 28 sign-ins as admin, test@example.com and the like, no more than 2 for each login",
  isAsked: ({ session }) => session?.signIn !== undefined,
  async collect(context) {
    signInOf(context);
    await using own = await openSession(context);
    const good = await trySignIn(context, ownCredentials(context, own.walk));
    if (!good.isSignedIn)
      throw new NotObserved(
        `the account cannot sign in by session.signIn (${good.answer.status}), so a refusal of others proves nothing`,
      );
    const all = guesses(context);
    const letIn = new Set<string>();
    for (const guess of all) {
      if (letIn.has(guess.login)) continue;
      if ((await trySignIn(context, guess)).isSignedIn) letIn.add(guess.login);
    }
    // At the end: a limiter that answers something else than 429 would have refused everybody by now.
    const last = letIn.size > 0 ? good : await trySignIn(context, ownCredentials(context, own.walk));
    if (!last.isSignedIn)
      throw new NotObserved(
        `the account itself is refused after the guesses (${last.answer.status}), so their refusal proves nothing`,
      );
    const logins = new Set(all.map(({ login }) => login)).size;
    return { logins, tried: all.length, letIn: [...letIn] };
  },
});

/** Where people sign in by an address, names are none: one is tried all the same. */
function guesses(context: Context): Credentials[] {
  const { address, options } = context.subject;
  const host = new URL(address?.url ?? "").hostname;
  const isByAddress = signInOf(context).login.includes("@");
  const common = {
    ...(isByAddress ? { admin: ["admin"] } : NAMES),
    ...ADDRESSES,
    [`admin@${host}`]: ["admin", "password"],
    [`test@${host}`]: ["test"],
  };
  const pairs = Object.entries(common).flatMap(([login, passwords]) =>
    passwords.map((password) => ({ login, password })),
  );
  return [...(options.session?.defaults ?? []), ...pairs];
}

export const noDefaultAccount = defineCheck({
  id: "auth.default-accounts",
  title: "No default, test or seed account signs in with the password that everybody tries",
  consequence: "The first thing an attacker types is admin and admin, and it works.",
  severity: "blocker",
  phase: "staging",
  freshFor: "7d",
  asks: ways(`
    default passwords changed | default credentials changed | no default credentials | default credentials removed
    default admin password changed | no admin/admin login | change default passwords | default logins refused
    no default passwords | admin default password replaced | admin:admin login
    Standardpasswörter geändert | contraseñas por defecto cambiadas | mots de passe par défaut changés
    senhas padrão alteradas | varsayılan şifreler değiştirildi
    default accounts disabled | default users disabled or removed
    test accounts disabled or given new passwords
    passwords of test users changed | passwords of test accounts changed | seed user passwords changed
    seeded admin password changed | initial admin password changed | demo logins disabled
    default admin account disabled
    Standardzugänge deaktiviert | cuentas por defecto deshabilitadas | comptes par défaut désactivés
  `),
  source: "https://cwe.mitre.org/data/definitions/1392.html",
  needs: { defaults: defaultsTried },
  run({ defaults: { logins, tried, letIn } }) {
    if (letIn.length > 0)
      return fail(`${letIn.join(", ")} signs in with a password that everybody tries`, {
        expected: "nobody is signed in",
        found: letIn.join(", "),
        fix: `delete ${letIn.join(", ")}, or give it a password of its own; and let no seed or migration make it where people are`,
        findings: letIn,
      });
    return pass(`${quantity(tried, "well-known sign-in")} as ${quantity(logins, "login")} refused`, {
      tried,
      logins,
    });
  },
});
