import { defineCheck } from "../../model/check.ts";
import type { HostProcess } from "../../model/host.ts";
import { notApplicable, pass, warn } from "../../model/outcome.ts";
import { quantity } from "../../model/quantity.ts";
import { ways } from "../../model/ways.ts";
import { hostSeen } from "./facts.ts";

const NOTHING_RUNS = "nothing of the application runs on this machine";

export const serviceNonRoot = defineCheck({
  id: "host.service.non-root",
  title: "Processes do not run as root",
  consequence: "One hole in the application, or in any of its packages, is the whole machine.",
  severity: "warning",
  phase: "production",
  freshFor: "7d",
  every: "1h",
  asks: ways(`
    application does not run as root | non-root user | run as unprivileged user
    containers run as non-root
    drop root privileges
    image runs as nonroot | container does not run as root
    gunicorn does not run as root | non-root container | runAsNonRoot
    process not running as root
    pod runs as non-root
    unprivileged user runs the application | application user without privileges | systemd User directive
    containers without root | securityContext runAsUser | unprivileged user in compose
    containers unprivileged | container not root | dedicated deploy user, not root
    application runs under its own user, not root
    security context: non-root | deployments run as non-root
  `),
  source: "https://www.cisecurity.org/benchmark/docker (4.1)",
  needs: { host: hostSeen },
  run({ host: { processes } }) {
    const known = processes.filter(({ userId }) => userId !== undefined);
    if (known.length === 0) return notApplicable(NOTHING_RUNS);
    const asRoot = known.filter(({ userId }) => userId === 0);
    const measured = { processes: known.length, asRoot: asRoot.length };
    if (asRoot.length === 0)
      return pass(`${quantity(known.length, "process", "processes")}, none of them root's`, measured);
    return warn(`${asRoot.length} of ${known.length} processes run as root`, {
      expected: "a user of their own",
      found: names(asRoot).join(", "),
      fix: "adduser --system --group --home /srv/app app, and deploy as that user: sudo -u app gonogo deploy",
      findings: names(asRoot),
      measured,
    });
  },
});

export const openFilesLimit = defineCheck({
  id: "host.limits.nofile",
  title: "Processes may open as many files and connections as they need",
  consequence: "At the limit every new connection fails with EMFILE, although the machine is idle.",
  severity: "warning",
  phase: "production",
  freshFor: "7d",
  asks: ways(`
    file descriptor limit raised | ulimit nofile | open files limit | ulimit raised | nofile limit
    ulimit increased | ulimit -n set | file descriptors limit increased
    file descriptor limit
    limit of open files increased | descriptors limit
    limit of open sockets raised | ulimit for sockets | maximum open files
  `),
  needs: { host: hostSeen },
  run({ host: { processes } }, { options: { openFiles } }) {
    const known = processes.flatMap(({ openFilesLimit: limit, ...each }) =>
      limit === undefined
        ? []
        : [{ ...each, limit: limit === "unlimited" ? Number.POSITIVE_INFINITY : limit }],
    );
    if (known.length === 0) return notApplicable(NOTHING_RUNS);
    const least = Math.min(...known.map(({ limit }) => limit));
    const measured = { least: Number.isFinite(least) ? least : "unlimited", declared: openFiles };
    if (least >= openFiles) return pass(`${measured.least} each at least`, measured);
    const low = known.filter(({ limit }) => limit < openFiles);
    return warn(`${low.length} of ${known.length} processes may open too few files`, {
      expected: `${openFiles} each`,
      found: low.map(({ process, index, limit }) => `${process}.${index}: ${limit}`).join(", "),
      fix: `LimitNOFILE=${openFiles} in the unit that starts gonogo, or \`ulimit -n ${openFiles}\` before it, then deploy`,
      findings: low.map(({ process, index }) => `${process}.${index}`),
      measured,
    });
  },
});

function names(processes: readonly HostProcess[]): string[] {
  return processes.map(({ process, index }) => `${process}.${index}`);
}
