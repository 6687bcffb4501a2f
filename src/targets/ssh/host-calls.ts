import type { Carried, HostAnswers, HostVerb } from "../../agent/host/verbs.ts";
import { OutsideError, UserError } from "../../model/errors.ts";
import type { SshConnection } from "./connection.ts";

interface Call {
  readonly id?: string;
  readonly body?: unknown;
  readonly signal: AbortSignal;
  readonly timeoutMs?: number;
}

/** Runs the program on the host; values go in by its input, never by its arguments. */
export async function callHost<Verb extends HostVerb>(
  connection: SshConnection,
  verb: Verb,
  { id, body, signal, timeoutMs = 120_000 }: Call,
): Promise<HostAnswers[Verb]> {
  const line = hostLine(connection, verb, id);
  const input = JSON.stringify(body ?? {});
  const { stdout, stderr, timedOut } = await connection.run(line, { input, signal, timeoutMs });
  if (timedOut) throw new OutsideError(`"${verb}" on the host took longer than ${timeoutMs} ms`);
  return readAnswer(stdout, { verb, stderr });
}

/** The shell line for one verb over there. */
export function hostLine({ greeting: { base, node } }: SshConnection, verb: HostVerb, id?: string): string {
  const program = `${base}/runtime/program/agent/host-program.*`;
  return `exec /bin/sh -c 'exec ${node} --disable-warning=ExperimentalWarning ${program} ${verb} ${base}${id === undefined ? "" : ` ${id}`}'`;
}

export function readAnswer<Verb extends HostVerb>(
  stdout: string,
  { verb, stderr }: { verb: Verb; stderr: string },
): HostAnswers[Verb] {
  const found = parsed(stdout);
  if (found && "answer" in found) return found.answer as HostAnswers[Verb];
  if (found?.refusal) throw errorFrom(found.refusal);
  const words = stderr.trim().split("\n").slice(-5).join("\n");
  throw new OutsideError(
    `"${verb}" on the host ended without an answer${words === "" ? "" : `:\n${words}`}`,
    {
      retryable: true,
    },
  );
}

function parsed(text: string): { answer?: unknown; refusal?: Carried } | undefined {
  // A login shell may have printed something before.
  const at = text.search(/\{"(answer|refusal)":/);
  try {
    return at < 0 ? undefined : (JSON.parse(text.slice(at)) as { answer?: unknown; refusal?: Carried });
  } catch {
    return undefined;
  }
}

function errorFrom({ kind, message, fix, retryable = false }: Carried): Error {
  if (kind === "user") return new UserError(message, fix === undefined ? {} : { fix });
  return new OutsideError(kind === "bug" ? `the program on the host failed: ${message}` : message, {
    retryable,
  });
}
