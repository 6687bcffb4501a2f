import { defineCheck } from "../../model/check.ts";
import type { HostLogin } from "../../model/host.ts";
import { fail, notApplicable, pass, undeclared, unknown } from "../../model/outcome.ts";
import { quantity } from "../../model/quantity.ts";
import { ways } from "../../model/ways.ts";
import { hostSeen } from "./facts.ts";

export const userKnown = defineCheck({
  id: "host.user.known",
  title: "Only the declared people have a login on the machine",
  consequence:
    "Who left the company last year, or an image's default user, still opens a shell on the machine.",
  severity: "warning",
  phase: "production",
  freshFor: "1d",
  every: "1h",
  asks: ways(`
    only authorized users have server access | server access limited to the team
    unused user accounts removed | default users removed
    only known users can log in to the server | server user accounts reviewed | review server users
    no unknown user accounts on the server | SSH access limited to authorized people
    default ubuntu user removed | shell accounts reviewed
    nur bekannte Benutzer haben Serverzugriff | SSH access restricted to the team
    accounts of former employees removed from the server | unneeded server accounts removed
    no unneeded shell users | SSH only for named users | only named users have a shell
    accès SSH limité aux personnes autorisées | acceso SSH limitado al equipo
    no unknown Linux users | logins on the server limited to named people | only named Linux users
    Linux users known | only the deploy user can log in to the server | unused Linux accounts disabled
    unused user accounts on the server disabled
  `),
  source: "https://www.cisecurity.org/benchmark/debian_linux (local users and groups)",
  needs: { host: hostSeen },
  run({ host: { upkeep } }, { options: { users } }) {
    if (!users) return undeclared('nobody is declared: host({ users: ["ada", "deploy"] })');
    if (!upkeep) return notApplicable("the application only visits this machine, it is not kept for it");
    const { logins, hasOtherLogins, sshd } = upkeep;
    if (!logins)
      return unknown("the agent is of an earlier version and does not look at users; deploy once more");
    const others = logins.filter(({ name }) => !users.includes(name));
    const second = others.filter(({ userId, name }) => userId === 0 && name !== "root");
    const open = others.filter(
      (each) => !second.includes(each) && (each.hasKey === true || each.hasPassword === true),
    );
    const known = logins.filter(({ name }) => users.includes(name)).map(({ name }) => name);
    const measured = { shells: logins.length, declared: users.length, others: second.length + open.length };
    const found = [...second, ...open];
    if (found.length > 0)
      return fail(`${quantity(found.length, "undeclared user")} may log in`, {
        expected: `${users.join(", ")} and nobody else with a shell and a key or a password`,
        found: found.map(told).join("; "),
        fix: `${found.map(({ name }) => (name === "root" ? "passwd -l root && rm /root/.ssh/authorized_keys" : `deluser ${name}`)).join(" && ")}, or declare them: host({ users: [...] })`,
        findings: found.map(({ name }) => name),
        measured,
      });
    if (hasOtherLogins)
      return unknown(
        "people come from a directory too (/etc/nsswitch.conf), which the machine's own files do not tell",
      );
    const unseen = others.filter(
      ({ name, hasKey, hasPassword }) =>
        (hasKey === undefined || hasPassword === undefined) && !(name === "root" && sshd.rootLogin === "no"),
    );
    if (unseen.length > 0)
      return unknown(
        `only root sees whether a key or a password opens ${unseen.map(({ name }) => name).join(", ")}: declare them, or take their shells: ${unseen.map(({ name }) => `usermod -s /usr/sbin/nologin ${name}`).join(" && ")}`,
      );
    const who =
      known.length === 0 ? "none of the declared users has a shell" : `${known.join(", ")} may have a shell`;
    return pass(`${who}; no other user has one with a key or a password`, measured);
  },
});

function told({ name, userId, hasKey, hasPassword }: HostLogin): string {
  const ways = [...(hasKey ? ["a key"] : []), ...(hasPassword ? ["a password"] : [])].join(" and ");
  if (userId === 0 && name !== "root") return `${name} is another root`;
  return `${name} has ${ways}`;
}
