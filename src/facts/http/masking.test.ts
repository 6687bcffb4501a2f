import { expect, it } from "vitest";
import { subjectFor } from "../../../test/fixtures/subject.ts";
import { STRIPE_CANARY, STRIPE_KEY } from "../../../test/fixtures/web-subject.ts";
import { masked, withoutQuery } from "./masking.ts";

const { variables } = subjectFor({
  options: {},
  declared: [STRIPE_KEY, { ...STRIPE_KEY, name: "SHORT" }],
  variables: { STRIPE_SECRET_KEY: STRIPE_CANARY, SHORT: "abc" },
});

it.each([
  [`{"key":"${STRIPE_CANARY}"}`, '{"key":"[STRIPE_SECRET_KEY]"}'],
  ["connect postgres://app:hunter2@db/x failed", "connect postgres://[secret]@db/x failed"],
  ["redis://:hunter2@cache:6379", "redis://[secret]@cache:6379"],
  ["abc is too short to tell", "abc is too short to tell"],
  ["https://app.example:8443/path", "https://app.example:8443/path"],
])("%s", (text, expected) => {
  expect(masked(text, variables)).toBe(expected);
});

it("leaves the query of an address out", () => {
  expect(withoutQuery("https://id.example/authorize?state=canary#x")).toBe("https://id.example/authorize");
});
