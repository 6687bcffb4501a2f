import type { Route } from "../http/route.ts";

/** Fails on purpose: what a mistake of ours looks like from outside. */
export const brokenRoute: Route = {
  method: "GET",
  path: "/probe/broken",
  access: "public",
  handle() {
    throw new Error("broken on purpose");
  },
};
