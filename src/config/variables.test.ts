import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { UserError } from "../model/errors.ts";
import type { Environment } from "../model/launch.ts";
import { Secret } from "../model/secret.ts";
import type { Variable, Variables } from "../model/variable.ts";
import { openDoors } from "../system/doors.ts";
import { readVariables } from "./variables.ts";

const doors = openDoors();
let directory: string;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "gonogo-test-variables-"));
});
afterEach(() => rm(directory, { recursive: true }));

type Sources = Partial<Environment["variables"]>;

function read(
  sources: Sources,
  options: {
    declared?: readonly Variable[];
    provisioned?: Record<string, string>;
    suppliable?: ReadonlySet<string>;
  } = {},
): Promise<Variables> {
  return readVariables({
    environment: {
      name: "staging",
      stage: "staging",
      target: { kind: "local", options: {} },
      variables: { file: undefined, command: undefined, process: false, ...sources },
      domain: undefined,
      allows: ["read"],
    },
    directory,
    declared: options.declared ?? [],
    ...(options.suppliable && { suppliable: options.suppliable }),
    provisioned: new Map(
      Object.entries(options.provisioned ?? {}).map(([name, text]) => [name, new Secret(text)]),
    ),
    doors,
    signal: AbortSignal.timeout(30_000),
  });
}

function told({ values }: Variables): Record<string, string> {
  return Object.fromEntries(
    [...values].map(([name, { value, source }]) => [name, `${value.reveal()} (${source})`]),
  );
}

async function errorOf(work: Promise<unknown>): Promise<UserError> {
  const thrown: unknown = await work.catch((error: unknown) => error);
  if (thrown instanceof UserError) return thrown;
  throw new Error(`expected a UserError, got ${String(thrown)}`);
}

function declare(name: string, more: Partial<Variable> = {}): Variable {
  return {
    name,
    declaredBy: "launch",
    is: { type: "string" },
    required: true,
    secret: false,
    description: "",
    ...more,
  };
}

test("sources in their order, each value with where it came from", async () => {
  await writeFile(join(directory, ".env"), "A=file\n\nB=file\nBLANK=\nSTAYS_BLANK=");
  process.env.GONOGO_TEST_B = "process";
  process.env.GONOGO_TEST_UNDECLARED = "process";
  const command = "printf 'A=command\\nC=command\\nBLANK=command\\n'";
  const variables = await read(
    { file: ".env", process: true, command },
    {
      declared: [
        declare("GONOGO_TEST_B"),
        declare("D", { default: "d" }),
        declare("C", { default: "c" }),
        declare("STAYS_BLANK", { default: "x" }),
      ],
      provisioned: { C: "provisioned", E: "provisioned" },
    },
  );
  expect(told(variables)).toEqual({
    A: "file (.env:1)",
    B: "file (.env:3)",
    BLANK: `command (command \`${command.slice(0, 39)}…\`)`,
    STAYS_BLANK: " (.env:5)",
    GONOGO_TEST_B: "process (process)",
    C: `command (command \`${command.slice(0, 39)}…\`)`,
    E: "provisioned (provisioned)",
    D: "d (default)",
  });
});

test("of a name set twice in a file the last line counts", async () => {
  await writeFile(join(directory, ".env"), "A=1\nA=2");
  expect(told(await read({ file: ".env" }))).toEqual({ A: "2 (.env:2)" });
});

test("a missing file says how to make it", async () => {
  expect((await errorOf(read({ file: ".env.staging" }))).fix).toContain("create .env.staging");
  await writeFile(join(directory, ".env.example"), "A=");
  expect((await errorOf(read({ file: ".env.staging" }))).fix).toContain("cp .env.example .env.staging");
  const suppliable = new Set(["DATABASE_URL", "REDIS_URL"]);
  expect((await errorOf(read({ file: ".env.staging" }, { suppliable }))).fix).toBe(
    "cp .env.example .env.staging, then fill in the values; leave DATABASE_URL, REDIS_URL out of it, and Gonogo supplies what they lead to",
  );
});

test("bytes that are no text, a value of 10 MB and a file too large are named with their line", async () => {
  const file = ".env";
  await writeFile(join(directory, file), Buffer.from([0x41, 0x3d, 0x31, 0x0a, 0xff, 0xfe, 0x00, 0x01]));
  expect((await errorOf(read({ file }))).message).toBe(".env:2: there are bytes that are not text");
  await writeFile(join(directory, file), `A=1\nBIG=${"canary".repeat(1_700_000)}`);
  const large = await errorOf(read({ file }));
  expect(large.message).toBe(".env:2: BIG has 9.7 MB; a process can be given at most 128.0 KB");
  await writeFile(join(directory, file), Buffer.alloc(33 * 1_048_576, "x"));
  expect((await errorOf(read({ file }))).message).toContain(".env is larger than 32.0 MB");
});

test("a value as long as a process can be given is taken", async () => {
  const value = "x".repeat(131_071 - 2);
  await writeFile(join(directory, ".env"), `A=${value}`);
  const { values } = await read({ file: ".env" });
  const env = { A: values.get("A")?.value.reveal() ?? "" };
  expect((await doors.shell.run({ line: 'printf %s "$A" | wc -c', env })).stdout.trim()).toBe(
    String(value.length),
  );
});

test("a command that fails is named, what it printed is not", async () => {
  const error = await errorOf(read({ command: "echo A=canary-1; echo canary-2 >&2; exit 7" }));
  expect(error.message).toContain("exit code 7");
  expect(error.fix).toContain("by hand");
  expect(`${error.message}${error.fix}`.replace(/`.*?`/, "")).not.toContain("canary");
});

test("printing the result shows no value", async () => {
  await writeFile(join(directory, ".env"), "A=canary4711");
  expect(JSON.stringify([...(await read({ file: ".env" })).values])).not.toContain("canary");
});
