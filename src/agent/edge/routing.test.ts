import { expect, test } from "vitest";
import { below, bySpecificity, findRoute } from "./routing.ts";

const routes = bySpecificity([
  { prefix: "/" },
  { prefix: "/api" },
  { prefix: "/api/v1/" },
  { prefix: "/", host: "Admin.example" },
  { prefix: "/api", host: "admin.example" },
]);

test.each([
  ["a", "/", "/", undefined],
  ["a", "/api", "/api", undefined],
  ["a", "/api/", "/api", undefined],
  ["a", "/api/v1", "/api/v1/", undefined],
  ["a", "/api/v1/x", "/api/v1/", undefined],
  ["a", "/api/v10", "/api", undefined],
  ["a", "/apis", "/", undefined],
  ["admin.example", "/apis", "/", "Admin.example"],
  ["admin.example", "/api/v1/x", "/api", "admin.example"],
  ["a", "*", "/", undefined],
])("%s%s goes to %s", (host, path, prefix, routeHost) => {
  expect(findRoute(routes, host, path)).toEqual(routeHost ? { prefix, host: routeHost } : { prefix });
});

test("nothing answers what no prefix covers", () => {
  expect(findRoute([{ prefix: "/api" }], "a", "/")).toBeUndefined();
});

test.each([
  ["/", "/a/b", "/a/b"],
  ["/app", "/app", "/"],
  ["/app/", "/app/x", "/x"],
])("below %s, %s is %s", (prefix, path, rest) => expect(below(prefix, path)).toBe(rest));
