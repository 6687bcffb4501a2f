import { defineCheck } from "../../model/check.ts";
import { formatDuration } from "../../model/duration.ts";
import { fail, pass } from "../../model/outcome.ts";
import { ways } from "../../model/ways.ts";
import { watching } from "./facts.ts";

const ANSWERS_USERS = ["web", "site"];

export const monitorExists = defineCheck({
  id: "uptime.monitor.exists",
  title: "Whatever answers users is asked all the time",
  consequence: "Users find out about an outage first, and tell each other before they tell you.",
  severity: "blocker",
  phase: "production",
  freshFor: "1h",
  gates: "production",
  asks: ways(`
    uptime monitoring configured | UptimeRobot monitor | UptimeRobot configured | Pingdom configured
    uptime monitoring active | external monitoring enabled | uptime checks configured
    availability tests in Application Insights | uptime check every minute
    monitor https://example.com every minutes | monitor the URL every five minutes | URL monitored
    service down | service down > 1 minute
    external monitoring | external monitoring configured | external uptime check | monitoring from outside
    uptime check configured | ping monitoring
    uptime monitoring | availability monitored | frontend availability tracked | Synthetic monitoring
    health endpoint monitored | site down | availability monitoring | health check monitored every minute
    website monitored | ping checks | monitor the health endpoint | service unavailable
    UptimeRobot for public URLs | health endpoint monitored externally
    uptime monitor | external uptime monitor
    BetterStack monitor | uptime monitor passing | health check endpoint monitored | synthetic checks
    website availability monitoring | UptimeRobot pings the site
    availability is monitored | external pings | outside-in monitoring
    website checked every minute | Checkly | StatusCake | Better Stack monitors | blackbox exporter
    uptime of the site watched | someone checks that the site is up | site pinged every minute
    monitor for the API and the website | synthetic monitor | CloudWatch canary
    monitor pings the health endpoint | health endpoint pinged | uptime monitor on /health
  `),
  needs: { seen: watching },
  run({ seen: { at, watcher, latest } }, { options: { within }, siblings }) {
    const wanted = siblings.filter(({ kind }) => ANSWERS_USERS.includes(kind)).map(({ name }) => name);
    const isAsked = (name: string): boolean =>
      latest.some(({ monitor, at: asked }) => monitor.startsWith(`${name}/`) && at - asked <= within);
    const silent = wanted.filter((name) => !isAsked(name));
    const measured = { asked: wanted.length - silent.length, declared: wanted.length };
    if (watcher && silent.length === 0) {
      return pass(`${watcher.who} watches since ${formatDuration(at - watcher.since)}`, measured);
    }
    return fail(watcher ? `${silent.join(", ")} is not asked` : "nobody watches", {
      expected: `each of ${wanted.join(", ") || "them"} asked within ${formatDuration(within)}`,
      found: watcher ? `nothing was asked of ${silent.join(", ")}` : "no watcher runs for this environment",
      fix: "gonogo serve, kept up by systemd: systemd-run --user --same-dir -p Restart=always npx gonogo serve",
      findings: silent,
      measured,
    });
  },
});

export const routeExists = defineCheck({
  id: "alert.route.severity",
  title: "Somebody is told when users cannot use it",
  consequence: "The watcher sees the outage at three in the night and tells nobody.",
  severity: "blocker",
  phase: "production",
  freshFor: "1d",
  gates: "production",
  asks: ways(`
    monitoring alerts configured | on-call alerts configured | alert routing by severity
    critical alerts page somebody | alerts routed to the on-call engineer | SMS to on-call
    pager for critical alerts | notified when something breaks | alert on service failure
    Slack alerts configured | email alert when the service is down | email alerts for downtime configured
    alert channels configured | alerts go to Slack, email or PagerDuty
    alert recipients configured | alerts sent to Slack | PagerDuty configured | Opsgenie configured
    alerting configured for outages
    downtime alerts go to on-call | outage notifications by SMS or email | critical alerts sent to PagerDuty
    on-call notified of outages | alert notifications go to Slack | alerting rules route to on-call
    alert receivers configured | outage pages on-call | alerts by email | critical alerts go to the pager
    Telegram alerts when down | downtime notifications enabled | PagerDuty alerts on downtime
    Slack message when production is down | message to the team when the site is down
    alerts sent to the on-call | real-time alerts for critical issues
    immediate alerts on critical failures | on-call paged for critical errors | site down alert
    downtime alert | outage alerts configured | alerts for downtime | alert when the site is down
    alert if the site goes down | downtime triggers an alert | alerted when the site is down
    notified if the site goes down | downtime alerts | SLO alerts | alerts on SLA breach
    alerts when the SLO is violated | notification when the service is down
    notifications when a service goes down | somebody is paged when production is down
    alerts configured for outages | on-call woken when production is down
  `),
  source: "https://sre.google/sre-book/monitoring-distributed-systems/",
  needs: { seen: watching },
  run({ seen: { toldOf } }) {
    const nobody = (["P0", "P1"] as const).filter((severity) => toldOf[severity].length === 0);
    if (nobody.length === 0) return pass(`P0: ${toldOf.P0.join(", ")}; P1: ${toldOf.P1.join(", ")}`);
    return fail(`nobody is told of ${nobody.join(" and ")}`, {
      expected: "a channel for each",
      found: nobody.map((severity) => `${severity}: none`).join(", "),
      fix: 'alerts: { channels: { team: slack() } } in the declaration, or email({ to: ["..."] , from: "..." })',
      findings: [...nobody],
    });
  },
});
