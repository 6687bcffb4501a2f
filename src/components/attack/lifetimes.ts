import { objectIn } from "../../model/json.ts";
import { cookiesOf, type Session } from "./sessions.ts";

/**
 * The shortest time that the browser is told to keep one of the session's HttpOnly cookies (RFC 6265 section 5.3);
 * undefined where none says how long. A cookie that scripts read is no session.
 */
export function cookieLifetimeMs({ sent, copies }: Session, nowMs: number): number | undefined {
  const names = new Set(copies[0] ? cookiesOf(copies[0].request).keys() : []);
  const lifetimes = sent.flatMap(({ answer }) =>
    answer.headerLines.flatMap(([name, line]) => {
      const [pair = "", ...attributes] = line.split(";").map((part) => part.trim());
      const isHttpOnly = attributes.some((each) => /^httponly$/i.test(each));
      if (name.toLowerCase() !== "set-cookie" || !isHttpOnly) return [];
      if (!names.has(pair.split("=")[0] ?? "")) return [];
      const lifetime = lifetimeIn(attributes, nowMs);
      return lifetime === undefined || lifetime <= 0 ? [] : [lifetime];
    }),
  );
  return lifetimes.length === 0 ? undefined : Math.min(...lifetimes);
}

function lifetimeIn(attributes: readonly string[], nowMs: number): number | undefined {
  const attribute = (key: string) =>
    attributes.find((each) => each.toLowerCase().startsWith(`${key}=`))?.slice(key.length + 1);
  const [age, until] = [attribute("max-age"), attribute("expires")];
  if (age !== undefined) return Number(age) * 1_000;
  return until === undefined ? undefined : Date.parse(until) - nowMs;
}

/** From its issue to its expiry, of a JWT; undefined for another token or one without either. */
export function tokenLifetimeMs(token: string): number | undefined {
  const { exp, iat } = objectIn(Buffer.from(token.split(".")[1] ?? "", "base64url")) ?? {};
  return typeof exp === "number" && typeof iat === "number" ? (exp - iat) * 1_000 : undefined;
}
