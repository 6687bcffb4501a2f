import { UserError } from "../model/errors.ts";
import { SqlFailure } from "../system/sql-pool.ts";
import { StoreAway } from "./store-away.ts";

/** Where a store on a server is, in words that may be shown. */
export interface ServerPlace {
  /** "db.example:5432/team" */
  readonly place: string;
  /** The variable its address comes from. */
  readonly variable: string;
  /** "gonogo_soulseer" */
  readonly schema: string;
}

interface Explanation {
  readonly what: string;
  readonly fix: string;
  /** Nothing can be read or written now, whatever is asked. */
  readonly isAway?: boolean;
}

type Explain = (server: ServerPlace) => Explanation;

const unreachable: Explain = ({ variable }) => ({
  what: "the store's server does not answer",
  fix: `start it, let this machine through to it, or correct the address in ${variable}`,
  isAway: true,
});
const unknownName: Explain = ({ variable }) => ({
  what: "the name of the store's server does not resolve",
  fix: `correct the host in ${variable}`,
  isAway: true,
});
const refused: Explain = ({ variable }) => ({
  what: "the store's server does not accept this user and password",
  fix: `correct user and password in ${variable}`,
  isAway: true,
});
const ending: Explain = () => ({
  what: "the store's server is starting, ending, or has cut the connection",
  fix: "run the command again in a moment; the server's log says why",
  isAway: true,
});

/** https://www.postgresql.org/docs/current/errcodes-appendix.html, and codes of the system's sockets. */
const EXPLAINED: Readonly<Record<string, Explain>> = {
  ECONNREFUSED: unreachable,
  ETIMEDOUT: unreachable,
  EHOSTUNREACH: unreachable,
  ENETUNREACH: unreachable,
  ENOENT: unreachable,
  ENOTFOUND: unknownName,
  EAI_AGAIN: unknownName,
  ECONNRESET: ending,
  EPIPE: ending,
  "57P01": ending,
  "57P02": ending,
  "57P03": ending,
  "28P01": refused,
  "28000": refused,
  "3D000": ({ place }) => ({
    what: "the database of the store does not exist",
    fix: `create database "${place.split("/").at(-1)}"`,
  }),
  "42501": ({ place, schema }) => ({
    what: "the user may not do in the store's database what Gonogo needs",
    fix: `as its owner: create schema ${schema} authorization <the user>, or grant create on database "${place.split("/").at(-1)}" to <the user>`,
  }),
  "25006": ({ variable }) => ({
    what: "the store's server only reads: it is a standby, or read-only",
    fix: `name the primary in ${variable}`,
  }),
  "53100": () => ({
    what: "no space left on the disk of the store's server",
    fix: "free some space there and run the command again",
  }),
  "53300": () => ({
    what: "the store's server takes no more connections",
    fix: "raise max_connections, or end what holds them: select * from pg_stat_activity",
    isAway: true,
  }),
  "55P03": () => ({
    what: "another process holds the store and does not let go",
    fix: "wait for the other gonogo command, or end it: select * from pg_stat_activity where application_name = 'gonogo'",
  }),
};

const MEANWHILE = "meanwhile gonogo rollback, stop, logs and status work without it";

/** A UserError naming server and fix where the answer is one a user can mend; else what was thrown. */
export function explainPostgres(thrown: unknown, server: ServerPlace): unknown {
  if (!(thrown instanceof SqlFailure)) return thrown;
  const known =
    EXPLAINED[thrown.code ?? ""] ?? (thrown.code === undefined ? lost(thrown.message) : undefined);
  if (!known) return thrown;
  const { what, fix, isAway } = known(server);
  const said = `${what}: ${thrown.message}`;
  if (!isAway) return new UserError(said, { where: server.place, fix });
  return new StoreAway(said, { where: server.place, fix: `${fix}; ${MEANWHILE}` });
}

/** What the driver says by itself has no code. */
function lost(message: string): Explain | undefined {
  return /connection (terminated|timeout|error)|timeout (expired|exceeded)/i.test(message)
    ? ending
    : undefined;
}
