import { expect, it } from "vitest";
import { subjectFor } from "../../test/fixtures/subject.ts";
import { UserError } from "../model/errors.ts";
import { defineFact } from "../model/fact.ts";
import { openDoors } from "../system/doors.ts";
import { createObserver } from "./observer.ts";

const fact = <Value>(id: string, collect: () => Promise<Value>) =>
  defineFact<Value, unknown>({ id, access: "read", reach: "source", collect });
const subject = subjectFor({ options: {} });

it("observes a fact once however many ask, and keeps each attempt", async () => {
  await using doors = openDoors();
  let looks = 0;
  const flaky = {
    ...fact("flaky", async () => (++looks < 2 ? Promise.reject(new Error("refused")) : "seen")),
    attempts: 3,
  };
  const observer = createObserver(doors);
  const [one, two] = await Promise.all([observer.observe(subject, flaky), observer.observe(subject, flaky)]);
  expect(looks).toBe(2);
  expect(one).toBe(two);
  expect(one.trace.attempts.map((each) => each.error)).toEqual(["refused", undefined]);
});

it("does not hang when one fact asks for several at once and there is a single place", async () => {
  await using doors = openDoors();
  const parts = ["a", "b", "c"].map((id) => fact(id, async () => id));
  const whole = defineFact<string, unknown>({
    id: "whole",
    access: "read",
    reach: "source",
    collect: async ({ get }) => (await Promise.all(parts.map((part) => get(part)))).join(""),
  });
  const observer = createObserver(doors, { parallel: 1 });
  expect(await observer.observe(subject, whole)).toMatchObject({ seen: true, value: "abc" });
  expect(
    await observer.observe(
      subject,
      fact("after", async () => "free"),
    ),
  ).toMatchObject({ value: "free" });
});

it("leaves no place taken by a fact that failed while another it asked for was on its way", async () => {
  await using doors = openDoors();
  const { promise: asked, resolve: answer } = Promise.withResolvers<string>();
  const [refused, slow] = [fact("refused", () => Promise.reject(new Error("no"))), fact("slow", () => asked)];
  const both = defineFact<string, unknown>({
    id: "both",
    access: "read",
    reach: "source",
    collect: async ({ get }) => (await Promise.all([get(refused), get(slow)])).join(""),
  });
  const observer = createObserver(doors, { parallel: 1 });
  expect(await observer.observe(subject, both)).toMatchObject({ seen: false, cause: "refused" });
  answer("late");
  await observer.observe(subject, slow);
  const after = fact("after", async () => "free");
  expect(await observer.observe(subject, after)).toMatchObject({ value: "free" });
});

it("names the fact at the root of what cannot be had", async () => {
  await using doors = openDoors();
  const root = fact("dns", () => Promise.reject(new Error("no such host")));
  const rests = defineFact<string, unknown>({
    id: "tls",
    access: "read",
    reach: "source",
    collect: async ({ get }) => String(await get(root)),
  });
  const seen = await createObserver(doors).observe(subject, rests);
  expect(seen).toMatchObject({ seen: false, cause: "dns", reason: "no such host" });
});

it("tells the way out of what cannot be had, where the fact knows one", async () => {
  await using doors = openDoors();
  const error = new UserError("no folder m", { fix: "name it in components.db.migrations" });
  expect(
    await createObserver(doors).observe(
      subject,
      fact("m", () => Promise.reject(error)),
    ),
  ).toMatchObject({
    reason: "no folder m; name it in components.db.migrations",
  });
});

it("gives up on a fact that never answers", async () => {
  await using doors = openDoors();
  const silent = { ...fact("silent", () => new Promise<never>(() => undefined)), timeoutMs: 20 };
  expect(await createObserver(doors).observe(subject, silent)).toMatchObject({
    seen: false,
    reason: "no answer within 20 ms",
  });
});

it("does not hold against a fact what another one takes", async () => {
  await using doors = openDoors();
  const slow = fact("slow", async () => {
    await doors.clock.delay(80);
    return 1;
  });
  const quick = defineFact<number, unknown>({
    id: "quick",
    access: "read",
    reach: "source",
    timeoutMs: 40,
    collect: async ({ get }) => (await get(slow)) + 1,
  });
  expect(await createObserver(doors).observe(subject, quick)).toMatchObject({ seen: true, value: 2 });
});
