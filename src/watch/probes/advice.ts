import type { Probe } from "../../model/probe.ts";

/** Where to begin when a light question is answered badly: the command that shows more, or what to change where. */
export function adviceFor(
  probe: Probe,
  { name, component, environment }: { name: string; component: string | undefined; environment: string },
): string {
  const logs = `gonogo logs${component === undefined ? "" : ` ${component}`} --env ${environment}`;
  switch (probe.type) {
    case "http":
    case "websocket":
      return probe.at.startsWith("/")
        ? `see what it says: ${logs}`
        : `open ${probe.at} yourself; whoever runs it has to mend it`;
    case "tcp":
      return `see that something listens at ${probe.host}:${probe.port} and that its firewall lets this machine in`;
    case "tls":
      return `renew the certificate of ${probe.host ?? `${environment}'s own address`}, with its whole chain`;
    case "dns":
      return `at the DNS provider set ${probe.record} of ${probe.name}${probe.expect === undefined ? "" : ` to ${probe.expect}`}`;
    case "postgres":
    case "redis":
      return `see that the server ${probe.variable} names runs and takes connections: ${CLIENTS[probe.type]} "$${probe.variable}"`;
    case "host":
      return HOST[probe.what];
    case "figure":
      return `look at the rows behind it: figures.${name} in the declaration has the statement`;
  }
}

const CLIENTS = { postgres: "psql", redis: "redis-cli -u" } as const;
const HOST = {
  disk: "make room on its disk: old logs, releases and backups first",
  memory: "see what takes the memory (ps aux --sort=-rss), or give the machine more",
  cpu: "see what keeps the processors busy (top), or give the machine more",
} as const;
