import { defineCheck } from "../../model/check.ts";
import { fail, notApplicable, pass, unknown, warn } from "../../model/outcome.ts";
import { quantity } from "../../model/quantity.ts";
import { ways } from "../../model/ways.ts";
import { hostSeen } from "./facts.ts";

const VISITS = "the application only visits this machine, it is not kept for it";

export const securityUpdates = defineCheck({
  id: "host.updates.security",
  title: "Security updates install themselves",
  consequence: "A hole that was mended months ago is still open here, and has a script by now.",
  severity: "warning",
  phase: "production",
  freshFor: "7d",
  every: "1d",
  asks: ways(`
    unattended-upgrades enabled | automatic security updates
    enable automatic security updates on the server | operating system patches applied automatically
    Security updates installed automatically | OS security patches automatic | Server updates automated
    regular system updates
    regular security updates | keep server OS updated
    keep the server's operating system updated
    auto-patching of the base system | security fixes install themselves
    apt upgrades unattended | security fixes applied automatically | automatic patching of the OS
    unattended upgrades configured
    security updates automatically activated
    automatic OS updates enabled
  `),
  source: "https://wiki.debian.org/UnattendedUpgrades",
  needs: { host: hostSeen },
  run({ host: { upkeep } }) {
    if (!upkeep) return notApplicable(VISITS);
    if (upkeep.updatesItself === undefined)
      return unknown("this is no Debian or Ubuntu: there is no apt to ask");
    if (upkeep.updatesItself) return pass("unattended-upgrades is there, and apt's timer or cron starts it");
    return warn("security updates wait for somebody", {
      expected:
        'unattended-upgrades with APT::Periodic::Unattended-Upgrade "1", no APT::Periodic::Enable "0", and apt-daily-upgrade.timer enabled (without systemd: /etc/cron.daily/apt-compat)',
      found: "it is not installed, switched off, or not started by apt's timer",
      fix: 'apt-get install -y unattended-upgrades && dpkg-reconfigure -f noninteractive unattended-upgrades && systemctl unmask apt-daily-upgrade.timer && systemctl enable --now apt-daily-upgrade.timer; take APT::Periodic::Enable "0" out of /etc/apt/apt.conf.d',
    });
  },
});

export const portsUndeclared = defineCheck({
  id: "host.port.undeclared",
  title: "No other program listens to the outside",
  consequence: "A database or a debugger that was opened once for a test is found by a scan within a day.",
  severity: "warning",
  phase: "production",
  freshFor: "1d",
  every: "1h",
  asks: ways(`
    only necessary ports open | no unnecessary open ports on the server | close unused ports
    only ports 22, 80 and 443 open | Ports 80/443 only | inbound ports limited to 80 and 443
    only ports 80 and 443 exposed
    only ports 80/443 exposed publicly | only ports 80 and 443 open to the public
    no database or Redis port exposed | internal services not exposed to the internet
    all other ports closed
    database ports closed | database not publicly accessible | database not reachable from the internet
    database not exposed to the internet
    port 5432 not reachable | Postgres port closed
    Postgres port closed in docker-compose | Postgres only reachable inside the Docker network
    Postgres access limited to localhost
    database port not exposed | database port not published
    allow only ports 22 (SSH), 80 (HTTP), 443 (HTTPS) | only ports 80, 443 and SSH reachable from outside
    nmap shows no unexpected ports
    no unexpected open ports | port scan shows only 80 and 443 | unused ports closed
    database not listening on the internet
    Postgres and Redis ports not published | only needed ports open
    no services listening publicly | nothing listens publicly apart from nginx and ssh
    only HTTP and HTTPS ports exposed
    Redis not exposed to the internet
    Postgres and Redis not exposed
    database not exposed to the public | Redis port not exposed
    no internal services reachable from the internet | Postgres not open to the world
    Postgres only in the private network | database restricted to the application network
    database limited to the internal network | restrict database access to the private network
    Redis limited to the internal network | only needed ports reachable from the internet
  `),
  figures: { "closed-port": { quality: "open", keeps: "without" } },
  needs: { host: hostSeen },
  run({ host: { upkeep } }, { options: { openPorts } }) {
    if (!upkeep) return notApplicable(VISITS);
    const others = upkeep.openPorts.filter((port) => !openPorts.includes(port));
    // A line may want one closed that somebody has declared.
    const measured = { open: upkeep.openPorts.join(" ") };
    if (others.length === 0)
      return pass("only sshd, the application's own ports and declared ones", measured);
    return warn(`${quantity(others.length, "other port listens", "other ports listen")} to the outside`, {
      expected: "sshd's, the application's own, and those in `openPorts` of host",
      found: others.join(", "),
      fix: `ss -ltnp as root names the programs; bind them to 127.0.0.1, or declare them: host({ openPorts: [${others.join(", ")}] })`,
      findings: others.map(String),
      measured,
    });
  },
});

export const timeSynchronised = defineCheck({
  id: "host.time.sync",
  title: "The clock is synchronised",
  consequence:
    "Tokens are refused, certificates seem not to be valid yet, and logs of two machines do not fit.",
  severity: "warning",
  phase: "production",
  freshFor: "1d",
  every: "1h",
  asks: ways(`
    NTP configured | server time synchronized | clock synchronised with NTP
    chrony or systemd-timesyncd running | Time sync | chrony running | server clock synced
    Time synchronization | clocks in sync | clock synchronized | timedatectl shows synchronized
    time synchronisation on hosts | server clock accurate | clock drift | NTP enabled | NTP synchronized
    NTP used | NTP service active
  `),
  needs: { host: hostSeen },
  run({ host: { upkeep } }) {
    if (!upkeep) return notApplicable(VISITS);
    if (upkeep.isClockSynchronised === undefined) return unknown("there is no timedatectl to ask");
    if (upkeep.isClockSynchronised) return pass("timedatectl says that it is");
    return warn("the clock goes by itself", {
      expected: "NTPSynchronized=yes",
      found: "NTPSynchronized=no",
      fix: "apt-get install -y systemd-timesyncd && timedatectl set-ntp true",
    });
  },
});

export const startsAtBoot = defineCheck({
  id: "host.service.enabled",
  title: "The application comes back when the machine was started anew",
  consequence: "A restart by the provider, at night, is an outage until somebody deploys.",
  severity: "blocker",
  phase: "production",
  freshFor: "1d",
  every: "1h",
  asks: ways(`
    application starts on boot | service enabled at boot | auto-start after reboot | pm2 startup configured
    restarts automatically after server reboot | systemctl enable | pm2 startup saved | pm2 save
    systemd service enabled and running | application starts on reboot
    service enabled on boot | systemd service created and enabled
    systemd unit enabled
    services start automatically after a restart of the server | service started and enabled
    systemctl enable the service | application comes back after a reboot
    units enabled at boot
    services start after machine restart | application starts again when machine restarts
    services start on boot
    start on boot | application comes up again after a reboot
    service units enabled at boot | process manager starts the app after reboot
    application starts automatically on reboot | services auto-start on reboot
    services enabled with systemd | enabled in systemd | application survives a reboot
    survives a server reboot
  `),
  needs: { host: hostSeen },
  run({ host: { upkeep } }) {
    if (!upkeep) return notApplicable(VISITS);
    if (upkeep.startsAtBoot) return pass("its line is in the user's crontab (@reboot)");
    return fail("nothing starts it when the machine starts", {
      expected: "an @reboot line in the crontab of the agent's user; a deploy writes it",
      found: upkeep.startsAtBoot === undefined ? "no crontab that the user may write" : "no such line",
      fix: "apt-get install -y cron && systemctl enable --now cron, then deploy once more",
    });
  },
});
