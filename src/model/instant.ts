const INSTANT = /^(\d{4})-(\d\d)-(\d\d)[T ](\d\d):(\d\d)(?::(\d\d))?(?:Z|([+-])(\d\d):(\d\d))$/;

/**
 * Milliseconds since 1970 UTC of "2026-12-01T09:00Z" or "2026-12-01T09:00+01:00" (RFC 3339, seconds may be left
 * out); undefined when it is no such time. Without a zone two people would mean two moments.
 */
export function parseInstant(text: string): number | undefined {
  const match = INSTANT.exec(text.trim());
  if (!match) return undefined;
  const [year, month, day, hour, minute, second, , zoneHour, zoneMinute] = match.slice(1).map(Number);
  const local = Date.UTC(year ?? 0, (month ?? 0) - 1, day, hour, minute, second || 0);
  const isReal =
    (month ?? 0) <= 12 &&
    new Date(local).getUTCDate() === day &&
    (hour ?? 0) < 24 &&
    (minute ?? 0) < 60 &&
    (second || 0) < 60 &&
    (zoneHour || 0) < 24 &&
    (zoneMinute || 0) < 60;
  if (!isReal) return undefined;
  const zone = ((zoneHour || 0) * 60 + (zoneMinute || 0)) * 60_000;
  return match[7] === "-" ? local + zone : local - zone;
}
