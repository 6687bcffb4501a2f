import { type Person, personOfToken } from "../accounts/person.ts";
import { openDatabase, type Query } from "../database.ts";
import { reasonOf } from "../log.ts";
import { readSettings } from "../settings.ts";
import { move } from "../wallet/ledger.ts";
import { READER_PROBE } from "./accounts.ts";
import { mintToken } from "./mint.ts";

const FUNDS_MINOR = 100_000n;
const RATE_MINOR = 199n;

/**
 * Prints sessions of probe accounts, one in each state the token endpoint must tell apart, with a token of whoever
 * asks. Made once and found again; probe sessions are never billed, swept or counted.
 */
async function printCases(): Promise<void> {
  const settings = readSettings();
  const { issuer, rolesClaim } = settings.oidc;
  const database = openDatabase({
    url: settings.databaseUrl,
    poolMax: 1,
    name: "probe",
    onIdleError: () => undefined,
  });
  const account = async (sub: string) => ({
    person: await personOfToken(database, { iss: issuer, sub, name: "RTC probe" }, rolesClaim),
    token: await mintToken({ sub, name: "RTC probe" }),
  });
  try {
    const [rich, poor, stranger] = [
      await account("probe|rich"),
      await account("probe|poor"),
      await account("probe|stranger"),
    ];
    const sessions = await database.asSystem(async (query) => {
      await move(query, {
        personId: rich.person.id,
        amountMinor: FUNDS_MINOR,
        kind: "probe",
        idempotencyKey: `probe:funds:${rich.person.id}`,
      });
      return {
        active: await sessionOf(query, rich.person, "active"),
        unpaid: await sessionOf(query, poor.person, "active"),
        over: await sessionOf(query, rich.person, "ended"),
      };
    });
    const cases = {
      allowed: { session: sessions.active, token: rich.token },
      noFunds: { session: sessions.unpaid, token: poor.token },
      notYours: { session: sessions.active, token: stranger.token },
      over: { session: sessions.over, token: rich.token },
    };
    process.stdout.write(`${JSON.stringify(cases)}\n`);
  } finally {
    await database.close();
  }
}

async function sessionOf(query: Query, { id }: Person, state: "active" | "ended"): Promise<string> {
  const [found] = await query<{ id: string }>(
    "select id from reading_session where client_id = $1 and state = $2 and is_probe limit 1",
    [id, state],
  );
  if (found) return found.id;
  const [made] = await query<{ id: string }>(
    `insert into reading_session
       (client_id, reader_id, rate_minor, is_probe, state, activated_at, next_tick_at, ended_at, end_reason)
     values ($1, $2, $3, true, $4, now(), now(), case when $4 = 'ended' then now() end, 'probe')
     returning id`,
    [id, READER_PROBE, RATE_MINOR, state],
  );
  if (!made) throw new Error("the probe session was not written");
  return made.id;
}

try {
  await printCases();
} catch (thrown) {
  process.stderr.write(`${reasonOf(thrown)}\n`);
  process.exitCode = 1;
}
