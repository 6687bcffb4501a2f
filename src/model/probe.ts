import type { IncidentSeverity } from "./channel.ts";
import type { Duration } from "./duration.ts";

/** A question light enough to be asked every few seconds. */
export type Probe =
  | HttpProbe
  | TcpProbe
  | TlsProbe
  | DnsProbe
  | WebSocketProbe
  | PostgresProbe
  | RedisProbe
  | HostProbe
  | FigureProbe;

export interface HttpProbe {
  readonly type: "http";
  /** A path of the environment's own address, or a whole URL. */
  readonly at: string;
  readonly accept: "2xx" | "below 400" | "below 500";
  /** Name it answers under at the environment's address, where that is not the address's own. */
  readonly host?: string | undefined;
  readonly timeoutMs?: number;
  /** A connection and handshake of its own each time. */
  readonly fresh?: boolean;
}

export interface TcpProbe {
  readonly type: "tcp";
  readonly host: string;
  readonly port: number;
}

/** Of the environment's own address when no host is named. */
export interface TlsProbe {
  readonly type: "tls";
  readonly host?: string;
  readonly port?: number;
  /** Down when the certificate ends sooner. */
  readonly daysLeft: number;
}

export interface DnsProbe {
  readonly type: "dns";
  readonly name: string;
  readonly record: DnsRecordType;
  /** One of the answers must be this. */
  readonly expect?: string;
  /** "9.9.9.9", "127.0.0.1:5353"; without it the watcher's own resolver, whose silence is the watcher's trouble. */
  readonly server?: string;
}
export type DnsRecordType = "A" | "AAAA" | "CNAME" | "MX" | "NS" | "TXT";

export interface WebSocketProbe {
  readonly type: "websocket";
  /** A path of the environment's own address, or a whole URL. */
  readonly at: string;
  /** As of an HttpProbe. */
  readonly host?: string | undefined;
}

export interface PostgresProbe {
  readonly type: "postgres";
  /** Variable with its address. */
  readonly variable: string;
}

export interface RedisProbe {
  readonly type: "redis";
  readonly variable: string;
}

/** Of the machine the environment runs on. */
export interface HostProbe {
  readonly type: "host";
  readonly what: "disk" | "memory" | "cpu";
  /** Greatest share in use, 0..1. */
  readonly most: number;
}

/** One number out of the database: its first column, which the statement must give in one row. */
export interface FigureProbe {
  readonly type: "figure";
  readonly variable: string;
  readonly sql: string;
  readonly unit: string;
  readonly least?: number;
  readonly most?: number;
}

/** What a component has asked of itself all the time. */
export interface ComponentProbe {
  /** After the component's name and a slash it is the monitor's id: "up". */
  readonly name: string;
  /** What is so while it is up. */
  readonly title: string;
  readonly consequence: string;
  readonly severity: IncidentSeverity;
  readonly every: Duration;
  readonly probe: Probe;
}
