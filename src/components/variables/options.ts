import { z } from "zod";

const variableName = z.string().regex(/^[A-Za-z_][A-Za-z0-9_]*$/, "expected the name of a variable");

export const variablesOptions = z.strictObject({
  example: z
    .string()
    .min(1)
    .default(".env.example")
    .describe("The file that shows a newcomer which variables there are, relative to the project."),
  publicPrefixes: z
    .array(z.string().min(1))
    .default([
      "NEXT_PUBLIC_",
      "NUXT_PUBLIC_",
      "VITE_",
      "PUBLIC_",
      "REACT_APP_",
      "GATSBY_",
      "EXPO_PUBLIC_",
      "VUE_APP_",
    ])
    .describe("Variables whose names begin like this end up in the browser."),
  ignore: z
    .array(variableName)
    .default([])
    .describe("Names the code reads that need no declaration (the platform sets them)."),
  exclude: z
    .array(z.string().min(1))
    .default([])
    .describe("Paths or folders of the project whose code does not run in an environment."),
  chosen: z
    .array(variableName)
    .default([])
    .describe(
      "Secrets the team makes up itself, besides those known by name (SECRET_KEY, JWT_SECRET, SESSION_SECRET, ...): they must be strong.",
    ),
  onThisMachine: z
    .array(variableName)
    .default([])
    .describe(
      "Variables that rightly point at the machine itself in production (a database beside the app).",
    ),
  sameEverywhere: z
    .array(variableName)
    .default([])
    .describe("Secrets that production rightly shares with other environments."),
  differences: z
    .array(variableName)
    .default([])
    .describe("Variables that are set in some environments only, on purpose."),
});

export type VariablesOptions = z.output<typeof variablesOptions>;
