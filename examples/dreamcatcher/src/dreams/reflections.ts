import type { Database } from "../database.ts";
import { json, Refusal } from "../http/answer.ts";
import type { Route } from "../http/route.ts";
import { type Log, reasonOf } from "../log.ts";
import type { Person } from "../people/person.ts";
import type { Settings } from "../settings.ts";
import { idOf } from "./routes.ts";

const TASK =
  "You help somebody to remember a dream. Ask one gentle question about it and say nothing about what it means.";
const MOST_TOKENS = 300;
/** A month of each tier; every answer costs money. */
const QUOTA: Readonly<Record<Person["tier"], number>> = { free: 20, plus: 500, circle: 2_000 };

/** The assistant's words about one dream, by OpenAI's chat completions. */
export function reflectionRoute(world: {
  database: Database;
  assistant: Settings["assistant"];
  log: Log;
}): Route {
  const { database, assistant, log } = world;
  return {
    method: "POST",
    path: "/api/dreams/:id/reflections",
    access: "signed in",
    limit: { requests: 20, seconds: 60 },
    async handle(request) {
      const { id: personId, tier } = request.person as Person;
      const dreamId = idOf(request);
      const [dream] = await database.asPerson(personId, (query) =>
        query<{ title: string; body: string; used: string }>(
          `select title, body, (select count(*) from reflection
             where person_id = $2 and created_at > now() - interval '30 days') as used
           from dream where id = $1`,
          [dreamId, personId],
        ),
      );
      if (!dream) throw new Refusal(404, "no-such-dream", "there is no such dream among yours");
      if (Number(dream.used) >= QUOTA[tier])
        throw new Refusal(402, "quota-used", "this month's reflections are used up");
      const { words, tokens } = await ask(`${dream.title}\n\n${dream.body}`);
      await database.asPerson(personId, (query) =>
        query("insert into reflection (dream_id, person_id, words, tokens) values ($1, $2, $3, $4)", [
          dreamId,
          personId,
          words,
          tokens,
        ]),
      );
      return json(201, { words });
    },
  };

  async function ask(dream: string): Promise<{ words: string; tokens: number }> {
    try {
      const response = await fetch(`${assistant.apiUrl}/v1/chat/completions`, {
        method: "POST",
        headers: { authorization: `Bearer ${assistant.key}`, "content-type": "application/json" },
        body: JSON.stringify({
          model: assistant.model,
          max_completion_tokens: MOST_TOKENS,
          messages: [
            { role: "system", content: TASK },
            { role: "user", content: dream },
          ],
        }),
        signal: AbortSignal.timeout(15_000),
        redirect: "error",
      });
      if (!response.ok) throw new Error(`OpenAI answered ${response.status}`);
      const { choices, usage } = (await response.json()) as {
        choices?: { message?: { content?: unknown } }[];
        usage?: { total_tokens?: number };
      };
      const words = choices?.[0]?.message?.content;
      if (typeof words !== "string" || words === "") throw new Error("OpenAI said nothing");
      return { words: words.slice(0, 8_000), tokens: usage?.total_tokens ?? 0 };
    } catch (thrown) {
      log.error("no reflection", { reason: reasonOf(thrown) });
      throw new Refusal(502, "assistant-away", "the assistant is out of reach right now; your dream is safe");
    }
  }
}
