import path from "node:path";
import { readDotenv } from "../config/dotenv.ts";
import type { Files } from "../model/doors.ts";
import type { Launch } from "../model/launch.ts";

/** A shorter text is a word that stands in many lines and hides nothing. */
const SHORTEST = 8;

/** Values of secret variables as the environments' files have them: whoever reads a list that tells one has it. */
export async function secretsInFiles(launch: Launch, files: Pick<Files, "read">): Promise<string[]> {
  const secret = new Set(launch.variables.flatMap((each) => (each.secret ? [each.name] : [])));
  const named = launch.environments.flatMap(({ variables }) => variables.file ?? []);
  const texts = await Promise.all(
    // What is wrong with the file is told by whoever needs its values.
    named.map((file) => files.read(path.join(launch.directory, file)).catch(() => undefined)),
  );
  const values = texts.flatMap((text) =>
    readDotenv(text ?? "").entries.flatMap(({ name, value }) => (secret.has(name) ? [value.trim()] : [])),
  );
  return [...new Set(values)].filter((value) => value.length >= SHORTEST && !/[\r\n]/.test(value));
}
