import type { FigureProbe } from "../../model/probe.ts";
import { secretOf } from "./database-probes.ts";
import { cannotTell, down, type ProbeGround, type Sighting, up } from "./sighting.ts";

const STATEMENT_TIMEOUT_MS = 5_000;
const MAX_ROWS = 1;

/**
 * Runs the declared statement where it can change nothing: a transaction of its own that is read-only and rolled
 * back, with a time-out, behind a cursor that hands out two rows at most whatever there are.
 */
export async function askFigure(probe: FigureProbe, ground: ProbeGround): Promise<Sighting> {
  const { doors, signal } = ground;
  const url = secretOf(probe.variable, ground);
  if (!url) return cannotTell(`${probe.variable} is not set`);
  // A second statement could end the transaction that lets it read only. Declarations with one are refused, too.
  if (probe.sql.includes(";")) return cannotTell("the statement has a semicolon inside");
  await using session = await doors.sql.open(url, {
    readOnly: true,
    statementTimeoutMs: STATEMENT_TIMEOUT_MS,
    signal,
  });
  await session.query("begin transaction read only");
  await session.query(`declare figure no scroll cursor for ${probe.sql}`);
  const rows = await session.query(`fetch ${MAX_ROWS + 1} from figure`);
  await session.query("rollback");
  return judgeFigure(probe, rows);
}

/** Pure: what the rows say of the figure. */
function judgeFigure(probe: FigureProbe, rows: readonly Record<string, unknown>[]): Sighting {
  const [first] = rows;
  if (!first) return cannotTell("the statement gave no row");
  if (rows.length > MAX_ROWS) return cannotTell("the statement gave more than one row");
  const found = Object.values(first)[0];
  const value = found === null || found === "" ? Number.NaN : Number(found);
  if (!Number.isFinite(value)) return cannotTell("the statement's first column is not a number");
  const told = `${value} ${probe.unit}`.trim();
  if (probe.least !== undefined && value < probe.least)
    return down(`${told}, less than ${probe.least}`, { value });
  if (probe.most !== undefined && value > probe.most)
    return down(`${told}, more than ${probe.most}`, { value });
  return up(told, { value });
}
