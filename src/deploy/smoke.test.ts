import { expect, it } from "vitest";
import { serve } from "../../test/fixtures/http-servers.ts";
import { openDoors } from "../system/doors.ts";
import { smoke } from "./smoke.ts";

it("waits out a limit that somebody else has used up, and takes nothing else for an answer", async () => {
  await using doors = openDoors();
  let asked = 0;
  await using server = await serve(({ url }, response) => {
    if (url === "/limited" && ++asked === 1) response.writeHead(429, { "retry-after": "0" }).end();
    else response.writeHead(url === "/broken" ? 500 : url === "/closed" ? 429 : 200).end();
  });
  const ask = (...paths: string[]) =>
    smoke(paths, { staged: { url: server.url }, doors, signal: AbortSignal.timeout(10_000) });
  await ask("/", "/limited");
  expect(asked).toBe(2);
  await expect(ask("/", "/broken")).rejects.toThrow("smoke: /broken answered 500");
  await expect(ask("/closed")).rejects.toThrow("smoke: /closed answered 429");
});
