import { reasonOf } from "../log.ts";

const PATIENCE_MS = 10_000;

/** One step of a walk: the letter about a pass comes through the queue into the mailbox, which only a stand-in shows. */
async function findLetter(): Promise<void> {
  const { SENDGRID_API_URL: url, SENDGRID_API_KEY: key, GONOGO_KEPT: kept = "{}" } = process.env;
  const { random } = JSON.parse(kept) as Record<string, string>;
  const to = encodeURIComponent(`fan-${random}@probe.invalid`);
  await lettersTo(`${url}/stand-in/letters?to=${to}`, key ?? "");
}

/** Looks until it is there: a worker sends it. */
async function lettersTo(url: string, key: string): Promise<string> {
  for (const until = Date.now() + PATIENCE_MS; ; ) {
    const response = await fetch(url, {
      headers: { authorization: `Bearer ${key}` },
      signal: AbortSignal.timeout(5_000),
    });
    if (!response.ok) throw new Error(`the mailbox answered ${response.status}; only a stand-in has one`);
    const pass = ((await response.json()) as string[]).find((each) => each.includes("Your pass"));
    if (pass) return pass;
    if (Date.now() > until) throw new Error("no letter about the pass came");
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

try {
  await findLetter();
} catch (thrown) {
  process.stderr.write(`${reasonOf(thrown)}\n`);
  process.exitCode = 1;
}
