import type { VariableType } from "../../model/variable.ts";
import { readDotenv } from "../dotenv.ts";
import {
  type ComponentGuess,
  guess,
  guessStripe,
  type Recogniser,
  type VariableGuess,
} from "./recognition.ts";

const FILES = [".env.example", ".env.sample", ".env.template"];
/** Given by whatever runs the process. */
const GIVEN = /^(PORT|HOST|HOSTNAME|NODE_ENV|RAILS_ENV|RACK_ENV|GONOGO_.*)$/;

/** .env.example: every name is a variable; a commented-out one is optional. Values are looked at, never copied. */
export const recogniseEnvExample: Recogniser = (project) => {
  const file = FILES.find((each) => project.text(each) !== undefined);
  const text = file === undefined ? undefined : project.text(file);
  if (file === undefined || text === undefined) return {};
  const required = readDotenv(text).entries;
  const uncommented = text.replace(/^\s*#\s?(?=[A-Z][A-Z0-9_]*=)/gm, "");
  const all = new Map(readDotenv(uncommented).entries.map((each) => [each.name, each]));
  const names = [...all.keys()].filter((name) => !GIVEN.test(name));
  const variables = names.map(
    (name): VariableGuess => ({
      name,
      is: typeOf(name, all.get(name)?.value ?? ""),
      required: required.some((each) => each.name === name),
      because: file,
    }),
  );
  return { variables, components: namedComponents(names, file), notes: notesOn(names, file) };
};

function namedComponents(names: readonly string[], file: string): ComponentGuess[] {
  const has = (name: string): boolean => names.includes(name);
  return [
    ...(names.length > 0
      ? [guess("variables", file, { example: file === FILES[0] ? undefined : file })]
      : []),
    ...(has("DATABASE_URL") ? [guess("postgres", `${file} names DATABASE_URL`)] : []),
    ...(has("REDIS_URL") ? [guess("redis", `${file} names REDIS_URL`)] : []),
    ...(has("STRIPE_SECRET_KEY") ? [guessStripe(`${file} names STRIPE_SECRET_KEY`)] : []),
  ];
}

function notesOn(names: readonly string[], file: string): string[] {
  const issuer = names.find((name) => /^(AUTH0|OIDC|OAUTH|CLERK|KEYCLOAK|OKTA)_/.test(name));
  const calls = names.find((name) => /^(AGORA|LIVEKIT|TWILIO_VIDEO|RTC)_/.test(name));
  return [
    ...(issuer === undefined
      ? []
      : [`${file} names ${issuer}: declare the sign-in with identity({ route: "/api/me" })`]),
    ...(calls === undefined
      ? []
      : [`${file} names ${calls}: declare tokens for calls with rtc({ endpoint, lifetime, cases })`]),
  ];
}

function typeOf(name: string, value: string): VariableType {
  if (/^(true|false)$/i.test(value)) return { type: "boolean" };
  if (/(^|_)PORT$/.test(name)) return { type: "port" };
  if (/(^|_)(URL|URI|ENDPOINT|DSN)$/.test(name) || /^[a-z][a-z0-9+.-]*:\/\//.test(value))
    return { type: "url" };
  if (/^\d{1,9}$/.test(value)) return { type: "integer" };
  return { type: "string" };
}
