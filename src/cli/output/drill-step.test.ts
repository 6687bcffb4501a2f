import { expect, it } from "vitest";
import { drillStep } from "./closing.ts";

it("names the command of a drill with its environment, behind what has to be declared for it", () => {
  const record = { environment: "production" };
  expect(drillStep("the drill has not been held: gonogo drill point-in-time", record)).toBe(
    "`gonogo drill point-in-time --env production`",
  );
  const refused =
    'the drill has not been held, and production does not allow drills: declare environments.production: { allows: ["read", "drill"] }, then gonogo drill restore';
  expect(drillStep(refused, record)).toBe(
    'declare environments.production: { allows: ["read", "drill"] }, then `gonogo drill restore --env production`',
  );
  expect(drillStep("it went stale", record)).toBeUndefined();
});
