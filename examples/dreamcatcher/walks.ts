import { PROBE_PASSWORD } from "./src/probe/password.ts";

/** Walks through the application as people take them; each makes accounts of its own and deletes them again. */

const PROVIDERS = ["github", "slack", "google"];

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
const write = {
  name: "write a dream down",
  as: "ada",
  path: "/api/dreams",
  json: { title: "Stairs {{random}}", body: "without an end" },
  expect: { status: 201, json: { revision: 1 } },
  keep: { dream: "json:id" },
};

export const homepage = {
  answers: ["Test homepage loads", "Test mobile app connectivity", "Test deployment", "Deploy to production"],
  steps: [
    { name: "open the front page", path: "/", expect: { status: 200, text: "Catch it before it fades" } },
    {
      name: "ask as a phone does",
      path: "/",
      headers: { "user-agent": "gonogo-check (iPhone)" },
      expect: { text: "width=device-width" },
    },
    { name: "ask for prompts", path: "/api/prompts", expect: { json: { "prompts.0": { matches: "." } } } },
  ],
};

export const registration = {
  answers: ["Test user registration", "Test user login", "Configure session security"],
  steps: [
    register("ada"),
    {
      name: "see myself",
      as: "ada",
      path: "/api/me",
      expect: { json: { email: "ada-{{random}}@probe.invalid" } },
    },
    { name: "log out", as: "ada", method: "POST" as const, path: "/api/logout", expect: { status: 204 } },
    { name: "be nobody", as: "ada", path: "/api/me", expect: { status: 401 } },
    {
      name: "log in with a wrong password",
      as: "ada",
      path: "/api/login",
      json: { email: "ada-{{random}}@probe.invalid", password: "not this one, no" },
      expect: { status: 401 },
    },
    {
      name: "log in",
      as: "ada",
      path: "/api/login",
      json: { email: "ada-{{random}}@probe.invalid", password: PROBE_PASSWORD },
    },
    { name: "be myself again", as: "ada", path: "/api/me", expect: { status: 200 } },
  ],
  afterwards: [leave("ada")],
};

export const dreaming = {
  answers: [
    "Test creating a dream",
    "Test critical user flows",
    "Test API endpoints",
    "Deploy API server",
    "Verify all services are running",
  ],
  steps: [
    register("ada"),
    write,
    {
      name: "read it back",
      as: "ada",
      path: "/api/dreams/{{dream}}",
      expect: { json: { body: "without an end" } },
    },
    {
      name: "find it",
      as: "ada",
      path: "/api/dreams?q={{random}}",
      expect: { json: { "dreams.0.title": "Stairs {{random}}" } },
    },
    {
      name: "change it",
      as: "ada",
      method: "PUT" as const,
      path: "/api/dreams/{{dream}}",
      json: { title: "Stairs" },
      expect: { json: { revision: 2 } },
    },
    {
      name: "delete it",
      as: "ada",
      method: "DELETE" as const,
      path: "/api/dreams/{{dream}}",
      expect: { status: 204 },
    },
    { name: "see it gone", as: "ada", path: "/api/dreams/{{dream}}", expect: { status: 404 } },
  ],
  afterwards: [leave("ada")],
};

export const reflecting = {
  answers: ["Test AI assistant features"],
  steps: [
    register("ada"),
    write,
    {
      name: "ask the assistant",
      as: "ada",
      method: "POST" as const,
      path: "/api/dreams/{{dream}}/reflections",
      expect: { status: 201, json: { words: { matches: "\\w" } }, within: "10s" as const },
    },
  ],
  afterwards: [leave("ada")],
};

export const together = {
  answers: [
    "Test real-time collaboration",
    "Test WebSocket connections",
    "Deploy WebSocket server",
    "WebSocket server down",
  ],
  steps: [
    register("ada"),
    register("eve"),
    write,
    {
      name: "share it",
      as: "ada",
      path: "/api/dreams/{{dream}}/shares",
      json: { email: "eve-{{random}}@probe.invalid" },
      expect: { status: 204 },
    },
    {
      name: "ask for the live socket",
      as: "ada",
      method: "POST" as const,
      path: "/api/live-token",
      expect: { status: 201 },
      keep: { live: "json:token" },
    },
    { name: "hear what a friend writes", run: "node src/probe/write-along.ts" },
  ],
  afterwards: [leave("ada"), leave("eve")],
};

export const subscribing = {
  answers: [
    "Test payment flow",
    "Test payment flows in test mode",
    "Set up subscription management",
    "Create products and pricing tiers",
    "Configure tax calculations",
  ],
  steps: [
    register("ada"),
    {
      name: "choose a tier",
      as: "ada",
      path: "/api/checkouts",
      json: { tier: "plus" },
      expect: { status: 201 },
      keep: { checkout: "json:url" },
    },
    { name: "open the payment page", as: "ada", path: "{{checkout}}", expect: { text: "$6.00" } },
    { name: "pay", as: "ada", method: "POST" as const, path: "{{checkout}}", expect: { status: 303 } },
    { name: "have the tier", as: "ada", path: "/api/me", expect: { json: { tier: "plus" } } },
  ],
  afterwards: [leave("ada")],
};

export const signingInElsewhere = {
  answers: ["Test OAuth integrations", "Test OAuth flows"],
  steps: PROVIDERS.flatMap((provider) => [
    {
      name: `begin at ${provider}`,
      as: provider,
      path: `/sign-in/${provider}`,
      expect: { status: 303 },
      keep: { page: "header:location" },
    },
    {
      name: `agree at ${provider}`,
      as: provider,
      path: "{{page}}",
      form: { name: "Ada {{random}}" },
      expect: { status: 303 },
      keep: { back: "header:location" },
    },
    { name: `come back from ${provider}`, as: provider, path: "{{back}}", expect: { status: 303 } },
    {
      name: `be whom ${provider} says`,
      as: provider,
      path: "/api/me",
      expect: { json: { displayName: "Ada {{random}}" } },
    },
  ]),
  afterwards: PROVIDERS.map(leave),
};

export const letters = {
  answers: ["Test email delivery", "Create email templates", "Check that emails are being sent"],
  steps: [register("ada"), { name: "find the welcome in the mail", run: "node src/probe/letter.ts" }],
  afterwards: [leave("ada")],
};

/** Export and deletion: an account with a dream, everything about it, and nothing of it. */
export const ownData = {
  account: [{ ...register("ada"), keep: { person: "json:id" } }, write],
  export: {
    name: "export my data",
    as: "ada",
    path: "/api/me/export",
    expect: { json: { "person.email": "ada-{{random}}@probe.invalid", "dreams.0.body": "without an end" } },
  },
  remove: { ...leave("ada"), name: "delete my account" },
  gone: [
    { name: "the old session", as: "ada", path: "/api/me", expect: { status: 401 } },
    {
      name: "the old password",
      as: "ada",
      path: "/api/login",
      json: { email: "ada-{{random}}@probe.invalid", password: PROBE_PASSWORD },
      expect: { status: 401 },
    },
  ],
  residue: "select audit_traces_of($1::uuid)",
};

/** What is tried against us, by accounts made for it. */
export const attacks = {
  account: [register("ada")],
  leave: [leave("ada")],
  inputs: [
    { name: "the search", as: "ada", path: "/api/dreams?q={{probe}}" },
    {
      name: "a dream's id",
      as: "ada",
      path: "/api/dreams/{{probe}}",
      expect: { status: 404, json: { error: "no-such-dream" } },
    },
    { name: "a dream's title", as: "ada", path: "/api/dreams", json: { title: "{{probe}}" } },
    {
      name: "the name of a provider",
      path: "/sign-in/{{probe}}",
      expect: { status: 404, text: "no such way to sign in" },
    },
    {
      name: "the address to log in with",
      path: "/api/login",
      json: { email: "{{probe}}@probe.invalid", password: PROBE_PASSWORD },
      expect: { status: 401, json: { error: "wrong-login" } },
    },
  ],
  changes: [
    { name: "delete my account", as: "ada", method: "DELETE" as const, path: "/api/me" },
    { name: "write a dream", as: "ada", path: "/api/dreams", json: { title: "not mine" } },
    { name: "buy a tier", as: "ada", path: "/api/checkouts", json: { tier: "circle" } },
  ],
  object: {
    made: write,
    reached: [
      { name: "read somebody's dream", as: "ada", path: "/api/dreams/{{dream}}" },
      {
        name: "change somebody's dream",
        as: "ada",
        method: "PUT" as const,
        path: "/api/dreams/{{dream}}",
        json: { title: "mine now" },
      },
      {
        name: "delete somebody's dream",
        as: "ada",
        method: "DELETE" as const,
        path: "/api/dreams/{{dream}}",
      },
      {
        name: "share somebody's dream",
        as: "ada",
        path: "/api/dreams/{{dream}}/shares",
        json: { email: "ada-{{random}}@probe.invalid" },
      },
    ],
    kept: {
      name: "read it again",
      as: "ada",
      path: "/api/dreams/{{dream}}",
      expect: { json: { revision: 1 } },
    },
  },
  session: {
    opens: [
      { name: "see myself", as: "ada", path: "/api/me" },
      { name: "read my dreams", as: "ada", path: "/api/dreams" },
    ],
    ends: { after: "14d" as const, aged: "node src/probe/age-session.ts" },
    signOut: [{ name: "log out", as: "ada", method: "POST" as const, path: "/api/logout" }],
    signIn: {
      step: {
        name: "log in",
        as: "ada",
        path: "/api/login",
        json: { email: "{{login}}", password: "{{password}}" },
      },
      login: "ada-{{random}}@probe.invalid",
      password: PROBE_PASSWORD,
    },
  },
  signUp: {
    step: {
      name: "register",
      as: "ada",
      path: "/api/register",
      json: { email: "{{login}}", password: "{{password}}" },
      expect: { status: 201 },
    },
    login: "ada-{{random}}@probe.invalid",
    shortest: 12,
  },
  bypass: ["/api/me", "/api/dreams"],
};
