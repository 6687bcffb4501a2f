import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { until } from "../../../test/fixtures/local-environment.ts";
import { openDoors } from "../../system/doors.ts";
import { openBrowser } from "./browser.ts";

/** A command of its own with a browser open, until it is killed. */
const COMMAND = `
import { openDoors } from "DOORS";
import { openBrowser } from "BROWSER";
const doors = openDoors();
const known = { ...doors, random: { ...doors.random, hex: () => process.argv[1] } };
const browser = await openBrowser(known, { anyCertificate: false, signal: AbortSignal.timeout(50_000) });
await browser.load("data:text/html,<title>there</title>");
process.stdout.write("there");
setInterval(() => undefined, 1_000);
`
  .replace("DOORS", new URL("../../system/doors.ts", import.meta.url).href)
  .replace("BROWSER", new URL("./browser.ts", import.meta.url).href);

function programsWith(text: string): string[] {
  return readdirSync("/proc").filter((pid) => {
    if (!/^\d+$/.test(pid)) return false;
    try {
      return readFileSync(`/proc/${pid}/cmdline`, "utf8").includes(text);
    } catch {
      return false;
    }
  });
}

test("no browser outlives a command that is killed, nor what it wrote", async () => {
  const id = `killed-${process.pid}`;
  const profile = `/tmp/gonogo-browser-${id}`;
  const command = spawn(process.execPath, ["--input-type=module", "-e", COMMAND, id], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  await once(command.stdout, "data");
  expect(programsWith(profile).length).toBeGreaterThan(0);
  command.kill("SIGKILL");
  await until(
    () => ({ left: programsWith(profile), isThere: existsSync(profile) }),
    ({ left, isThere }) => left.length === 0 && !isThere,
    10_000,
  );
});

test("a browser is gone when it is disposed of, and says what does not load", async () => {
  await using doors = openDoors();
  const id = `ended-${process.pid}`;
  const profile = `/tmp/gonogo-browser-${id}`;
  const known = { ...doors, random: { ...doors.random, hex: () => id } };
  {
    await using browser = await openBrowser(known, {
      anyCertificate: false,
      signal: AbortSignal.timeout(50_000),
    });
    const long = await browser.evaluate("data:text/html,", "'\u00fc'.repeat(100_000) + 'end'");
    expect(/^\u00fc{100000}end$/.test(String(long))).toBe(true);
    await expect(browser.load("http://127.0.0.1:1/")).rejects.toThrow(
      "http://127.0.0.1:1/ could not be opened: net::ERR_UNSAFE_PORT",
    );
  }
  expect([programsWith(profile), existsSync(profile)]).toEqual([[], false]);
});
