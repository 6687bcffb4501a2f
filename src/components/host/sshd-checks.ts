import { defineCheck } from "../../model/check.ts";
import { fail, notApplicable, type Outcome, pass, unknown, warn } from "../../model/outcome.ts";
import { ways } from "../../model/ways.ts";
import { hostSeen } from "./facts.ts";

const VISITS = "the application only visits this machine, it is not kept for it";
const OLDER = "the agent is of an earlier version and does not look into Match blocks; deploy once more";
const SSHD = "https://man.openbsd.org/sshd_config";

export const sshdNoPassword = defineCheck({
  id: "host.sshd.no-password",
  title: "Nobody logs in over SSH with a password",
  consequence: "Every address on the internet is tried with lists of passwords within hours.",
  severity: "blocker",
  phase: "production",
  freshFor: "1d",
  every: "1h",
  asks: ways(`
    SSH password login disabled | SSH keys only | set up SSH key-based authentication | key-only SSH access
    disable password authentication for SSH | PasswordAuthentication no | SSH key login
    SSH key authentication | SSH accepts keys only, no passwords | disable password auth in sshd
    SSH without passwords | password logins over SSH disabled | sshd password authentication off
    SSH keys only accepted | SSH password off
    SSH public keys exclusively | SSH public key only, password off | SSH key-based login only
    key-based SSH login | SSH hardened: keys only, no root login
  `),
  source: SSHD,
  needs: { host: hostSeen },
  run({ host: { upkeep } }) {
    if (!upkeep) return notApplicable(VISITS);
    const { passwords, unreadable, widened } = upkeep.sshd;
    const blocks = widened?.passwords ?? [];
    if (passwords !== true && blocks.length > 0)
      return fail("sshd takes passwords from some", {
        expected: "no Match block of sshd_config that lets passwords in",
        found: blocks.join("; "),
        fix: "first see that the keys of these users work; then take the lines out of /etc/ssh/sshd_config, or of the file in sshd_config.d that holds them, and as root: sshd -t && systemctl reload ssh",
        findings: blocks,
      });
    if (passwords === undefined)
      return unknown(`${unreadable.join(", ")} cannot be read by the agent's user`);
    if (!passwords) return widened ? pass("sshd takes keys only") : unknown(OLDER);
    return fail("sshd takes passwords", {
      expected: "PasswordAuthentication no and KbdInteractiveAuthentication no",
      found: "a password is enough to log in",
      fix: "first see that your key works; then as root: printf 'PasswordAuthentication no\\nKbdInteractiveAuthentication no\\n' > /etc/ssh/sshd_config.d/00-keys-only.conf && sshd -t && systemctl reload ssh",
    });
  },
});

export const sshdNoRoot = defineCheck({
  id: "host.sshd.no-root",
  title: "Root does not log in over SSH",
  consequence: "The one name that every attacker knows opens the whole machine.",
  severity: "blocker",
  phase: "production",
  freshFor: "1d",
  every: "1h",
  asks: ways(`
    root login disabled | disable SSH root login
    Disable root SSH | direct root login off | sshd root prohibited
    root login prohibited
    root SSH access blocked | SSH hardened: keys only, no root login | SSH root login forbidden
    no root login over SSH | root cannot log in over SSH | PermitRootLogin no
  `),
  source: SSHD,
  needs: { host: hostSeen },
  run({ host: { upkeep } }) {
    if (!upkeep) return notApplicable(VISITS);
    const { rootLogin, unreadable, widened } = upkeep.sshd;
    const blocks = widened?.rootLogin ?? [];
    if (rootLogin !== "yes" && blocks.length > 0) return openedBy(blocks);
    if (rootLogin === undefined)
      return unknown(`${unreadable.join(", ")} cannot be read by the agent's user`);
    const measured = { permitRootLogin: rootLogin };
    if (rootLogin === "no" || rootLogin === "forced-commands-only")
      return widened ? pass(`PermitRootLogin ${rootLogin}`, measured) : unknown(OLDER);
    const trouble = {
      expected: "PermitRootLogin no",
      found: `PermitRootLogin ${rootLogin}`,
      fix: "with another user who may use sudo, as root: echo 'PermitRootLogin no' > /etc/ssh/sshd_config.d/00-no-root.conf && sshd -t && systemctl reload ssh",
      measured,
    };
    return rootLogin === "yes"
      ? fail("root may log in with a password", trouble)
      : warn("root may log in with a key", trouble);
  },
});

/** A key alone is as bad for some as it is for everybody. */
function openedBy(blocks: readonly string[]): Outcome {
  const trouble = {
    expected: "no Match block of sshd_config that lets root in",
    found: blocks.join("; "),
    fix: "with another user who may use sudo: take the lines out of /etc/ssh/sshd_config, or of the file in sshd_config.d that holds them, and as root: sshd -t && systemctl reload ssh",
    findings: blocks,
  };
  return blocks.some((each) => /\byes$/i.test(each))
    ? fail("some may log in as root with a password", trouble)
    : warn("some may log in as root with a key", trouble);
}

export const sshdGuarded = defineCheck({
  id: "host.sshd.guard",
  title: "Who guesses logins is shut out",
  consequence: "Guessing costs nothing, fills the log, and finds the one weak account.",
  severity: "warning",
  phase: "production",
  freshFor: "1d",
  every: "1h",
  asks: ways(`
    fail2ban installed | set up fail2ban for SSH | fail2ban configured | brute force protection for SSH
    ban addresses after failed SSH logins | sshguard | CrowdSec | sshguard blocks failed logins
    repeated SSH login failures banned
    brute force on SSH blocked | fail2ban
    IPs banned after wrong SSH passwords | ban IPs after failed SSH passwords | fail2ban watches SSH
    repeated wrong logins lead to IP ban
  `),
  source: "https://github.com/fail2ban/fail2ban",
  needs: { host: hostSeen },
  run({ host: { upkeep } }) {
    if (!upkeep) return notApplicable(VISITS);
    if (upkeep.guards.length > 0) return pass(`${upkeep.guards.join(" and ")} runs`);
    return warn("nothing shuts out who guesses logins", {
      expected: "fail2ban, sshguard or crowdsec runs",
      found: "none of them among the machine's processes",
      fix: "apt-get install -y fail2ban && systemctl enable --now fail2ban",
    });
  },
});
