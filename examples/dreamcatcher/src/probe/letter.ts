import { reasonOf } from "../log.ts";

/** One step of a walk: the letter that greets whoever registered is in their mailbox, which only a stand-in shows. */
async function findLetter(): Promise<void> {
  const { SENDGRID_API_URL: url, SENDGRID_API_KEY: key, GONOGO_KEPT: kept = "{}" } = process.env;
  const { random } = JSON.parse(kept) as Record<string, string>;
  const to = encodeURIComponent(`ada-${random}@probe.invalid`);
  const response = await fetch(`${url}/stand-in/letters?to=${to}`, {
    headers: { authorization: `Bearer ${key}` },
    signal: AbortSignal.timeout(5_000),
  });
  if (!response.ok) throw new Error(`the mailbox answered ${response.status}; only a stand-in has one`);
  const [letter] = (await response.json()) as string[];
  if (!letter) throw new Error("no letter came");
  const { subject, content } = JSON.parse(letter) as { subject?: string; content?: { value?: string }[] };
  if (!subject?.startsWith("Welcome")) throw new Error(`the letter is about "${subject}"`);
  if (/undefined|\{\{|\$\{/.test(content?.[0]?.value ?? "undefined")) throw new Error("the letter has gaps");
}

try {
  await findLetter();
} catch (thrown) {
  process.stderr.write(`${reasonOf(thrown)}\n`);
  process.exitCode = 1;
}
