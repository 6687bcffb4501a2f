import { describe, expect, it } from "vitest";
import { cookiesOf, isSessionCookie, parseSetCookie } from "./cookies.ts";

describe("a Set-Cookie line", () => {
  it("is read without regard to case and order, and without its value", () => {
    const cookie = parseSetCookie(
      "sid=canary-4711; samesite=LAX; PATH=/; secure; HttpOnly; Domain=.a.example",
    );
    expect(cookie).toEqual({
      name: "sid",
      sizeBytes: 14,
      secure: true,
      httpOnly: true,
      sameSite: "lax",
      domain: ".a.example",
      path: "/",
      removes: false,
    });
    expect(JSON.stringify(cookie)).not.toContain("canary");
  });

  it.each([
    ["sid=; Path=/", true],
    ["sid=x; Max-Age=0", true],
    ["sid=x; Expires=Thu, 01 Jan 1970 00:00:00 GMT", true],
    ["sid=x; Expires=Thu, 01 Jan 2099 00:00:00 GMT", false],
    ["sid=x; Max-Age=60", false],
  ])("%s takes the cookie away: %s", (line, removes) => {
    expect(parseSetCookie(line)?.removes).toBe(removes);
  });

  it("without a name and a value is none", () => {
    expect(cookiesOf([["set-cookie", "Secure"]])).toEqual([]);
  });
});

describe("session cookies", () => {
  it.each([
    ["connect.sid", true],
    ["PHPSESSID", true],
    ["_soulseer_session", true],
    ["sb-access-token", true],
    ["__Host-session", true],
    ["csrf_token", false],
    ["XSRF-TOKEN", false],
    ["theme", false],
    ["inside", false],
  ])("%s is one by its name: %s", (name, expected) => {
    const cookie = parseSetCookie(`${name}=x`);
    expect(cookie && isSessionCookie(cookie, [])).toBe(expected);
  });

  it("are those that were declared, when any were", () => {
    const cookie = parseSetCookie("connect.sid=x");
    expect(cookie && isSessionCookie(cookie, ["other"])).toBe(false);
  });
});
