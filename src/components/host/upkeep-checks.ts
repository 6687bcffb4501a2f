import { defineCheck } from "../../model/check.ts";
import { pass, warn } from "../../model/outcome.ts";
import { quantity } from "../../model/quantity.ts";
import { formatSize } from "../../model/size.ts";
import { ways } from "../../model/ways.ts";
import { hostSeen } from "./facts.ts";

const DAY_MS = 86_400_000;
const PATIENCE_DAYS = 7;

export const logsRotation = defineCheck({
  id: "host.logs.rotation",
  title: "Logs of the application's processes do not grow without end",
  consequence: "They fill the disk in the night in which the application has most to say.",
  severity: "warning",
  phase: "production",
  freshFor: "1d",
  every: "1h",
  asks: ways(`
    log rotation configured | set up log rotation | logs rotated | logrotate | log size limited
    log rotation | rotate logs | log file size managed
    logrotate for application logs | logrotate configured
    log files rotated | rotate log files | old logs deleted | Log files do not fill the disk
    logs rotate automatically | logs are rotated
    logs do not fill the disk
    log max-size | maximum log file size | logs rotated and compressed
  `),
  needs: { host: hostSeen },
  run({ host: { logs } }, { options }) {
    const measured = { logBytes: logs.totalBytes, limitBytes: options.logs };
    if (logs.totalBytes <= options.logs) {
      return pass(`${formatSize(logs.totalBytes)} of logs, each file turned over at its limit`, measured);
    }
    return warn("logs take more than they may", {
      expected: `${formatSize(options.logs)} at most`,
      found: `${formatSize(logs.totalBytes)} in ${logs.directory}`,
      fix: '`logs: "10MB"` of a component limits its files; fewer releases are kept with deploy.keep',
      measured,
    });
  },
});

export const rebootRequired = defineCheck({
  id: "host.reboot.required",
  title: "No update waits for a restart",
  consequence: "A hole in the kernel or in OpenSSL is mended on disk only: what runs still has it.",
  severity: "warning",
  phase: "production",
  freshFor: "1d",
  every: "1h",
  asks: ways(`
    no pending reboot | reboot required | server rebooted after updates
    no restart required
    reboot after unattended-upgrades
    running kernel is the installed kernel | server rebooted after security patches
    restart pending | pending reboot | reboot outstanding
    server restarted after kernel update
    machine restarted after updates | kernel equals installed kernel | no restart pending
    reboot after kernel upgrade
  `),
  needs: { host: hostSeen },
  run({ host: { rebootRequiredSince: since, at } }) {
    if (since === undefined) return pass("nothing waits");
    const days = Math.floor((at - since) / DAY_MS);
    if (days < PATIENCE_DAYS) return pass(`waits since ${quantity(days, "day")}`, { days });
    return warn(`an update waits for a restart since ${quantity(days, "day")}`, {
      expected: `a restart within ${PATIENCE_DAYS} days`,
      found: "/run/reboot-required is there",
      fix: "restart the machine in a quiet hour: systemctl reboot",
      measured: { days },
    });
  },
});
