import { PROBE_PASSWORD } from "./src/probe/password.ts";

/** Walks through the application as people take them; each makes accounts of its own and deletes them again. */

const register = (as: string) => ({
  name: `register ${as}`,
  as,
  path: "/api/register",
  json: { email: `${as}-{{random}}@probe.invalid`, password: PROBE_PASSWORD },
  expect: { status: 201 },
  keep: { [as]: "json:id" },
});
const leave = (as: string) => ({
  name: `${as} leaves`,
  as,
  method: "DELETE" as const,
  path: "/api/me",
  expect: { status: 204 },
});
const open = [
  {
    name: "open a space",
    as: "creator",
    path: "/api/spaces",
    json: { name: "Space {{random}}" },
    expect: { status: 201 },
    keep: { space: "json:id" },
  },
  {
    name: "announce a stream",
    as: "creator",
    path: "/api/spaces/{{space}}/streams",
    json: { title: "Stream {{random}}", priceMinor: 900, isProbe: true },
    expect: { status: 201 },
    keep: { stream: "json:id" },
  },
];

export const visiting = {
  answers: ["Application deployed to Heroku/Railway", "Follow PUBLIC_ROUTES_ARCHITECTURE.md for routes"],
  steps: [
    { name: "open the front page", path: "/", expect: { status: 200, text: "Behind the curtain" } },
    { name: "see what is on, as nobody and of no team", path: "/api/streams", expect: { text: '"streams"' } },
  ],
};

export const creating = {
  answers: ["Maintain team context where needed", "Test the creator's way"],
  steps: [
    register("creator"),
    ...open,
    {
      name: "enter my own stream",
      as: "creator",
      method: "POST" as const,
      path: "/api/streams/{{stream}}/ticket",
      expect: { status: 201, json: { live: { matches: "^ey" }, chat: { matches: "^ey" }, seconds: 1_200 } },
    },
    {
      name: "end it",
      as: "creator",
      method: "DELETE" as const,
      path: "/api/streams/{{stream}}",
      expect: { status: 204 },
    },
    {
      name: "find it over",
      as: "creator",
      method: "POST" as const,
      path: "/api/streams/{{stream}}/ticket",
      expect: { status: 410 },
    },
  ],
  afterwards: [leave("creator")],
};

export const buying = {
  answers: ["Test the way of a pass from payment to stream", "Background job processing working"],
  steps: [
    register("creator"),
    ...open,
    register("fan"),
    {
      name: "stand before a closed door",
      as: "fan",
      method: "POST" as const,
      path: "/api/streams/{{stream}}/ticket",
      expect: { status: 402 },
    },
    {
      name: "ask for a pass",
      as: "fan",
      method: "POST" as const,
      path: "/api/streams/{{stream}}/passes",
      expect: { status: 201 },
      keep: { checkout: "json:url" },
    },
    { name: "open the payment page", as: "fan", path: "{{checkout}}", expect: { text: "$9.00" } },
    { name: "pay", as: "fan", method: "POST" as const, path: "{{checkout}}", expect: { status: 303 } },
    {
      name: "enter",
      as: "fan",
      method: "POST" as const,
      path: "/api/streams/{{stream}}/ticket",
      expect: { status: 201, json: { seconds: 1_200 } },
    },
    { name: "find the pass in the mail", run: "node src/probe/letter.ts" },
  ],
  afterwards: [leave("fan"), leave("creator")],
};

/** Export and deletion: an account with a space, everything about it, and nothing of it. */
export const ownData = {
  account: [{ ...register("creator"), keep: { person: "json:id" } }, ...open],
  export: {
    name: "export my data",
    as: "creator",
    path: "/api/me/export",
    expect: {
      json: { "person.email": "creator-{{random}}@probe.invalid", "spaces.0.name": "Space {{random}}" },
    },
  },
  remove: { ...leave("creator"), name: "delete my account" },
  gone: [{ name: "the old session", as: "creator", path: "/api/me", expect: { status: 401 } }],
  residue: "select audit_traces_of($1::uuid)",
};

/** What is tried against us, by accounts made for it. */
export const attacks = {
  account: [register("creator")],
  leave: [leave("creator")],
  inputs: [
    {
      name: "a stream's id",
      as: "creator",
      path: "/api/streams/{{probe}}/ticket",
      method: "POST" as const,
      expect: { status: 404, json: { error: "no-such-stream" } },
    },
    { name: "a space's name", as: "creator", path: "/api/spaces", json: { name: "{{probe}}" } },
    {
      name: "the address to log in with",
      path: "/api/login",
      json: { email: "{{probe}}@probe.invalid", password: PROBE_PASSWORD },
      expect: { status: 401, json: { error: "wrong-login" } },
    },
  ],
  changes: [
    { name: "delete my account", as: "creator", method: "DELETE" as const, path: "/api/me" },
    { name: "open a space", as: "creator", path: "/api/spaces", json: { name: "not mine" } },
  ],
  object: {
    made: { ...(open[0] as (typeof open)[number]) },
    reached: [
      {
        name: "announce a stream in somebody's space",
        as: "creator",
        path: "/api/spaces/{{space}}/streams",
        json: { title: "not mine", priceMinor: 100, isProbe: true },
      },
    ],
    kept: {
      name: "find the space as it was",
      as: "creator",
      path: "/api/me/export",
      expect: { json: { "spaces.0.name": "Space {{random}}" } },
    },
  },
  session: {
    opens: [{ name: "see myself", as: "creator", path: "/api/me" }],
    signOut: [{ name: "log out", as: "creator", method: "POST" as const, path: "/api/logout" }],
    signIn: {
      step: {
        name: "log in",
        as: "creator",
        path: "/api/login",
        json: { email: "{{login}}", password: "{{password}}" },
      },
      login: "creator-{{random}}@probe.invalid",
      password: PROBE_PASSWORD,
    },
  },
  bypass: ["/api/me", "/api/me/export"],
};
