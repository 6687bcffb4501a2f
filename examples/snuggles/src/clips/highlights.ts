export interface Highlight {
  readonly from: string;
  readonly messages: number;
  readonly title: string;
}

const WINDOW_MS = 60_000;
const BEST = 3;

/** The liveliest minutes of a conversation, each with its longest sentence for a title. */
export function findHighlights(
  messages: readonly { readonly body: string; readonly at: Date }[],
): Highlight[] {
  const minutes = Map.groupBy(messages, ({ at }) => Math.floor(at.getTime() / WINDOW_MS));
  return [...minutes]
    .map(([minute, said]) => ({
      from: new Date(minute * WINDOW_MS).toISOString(),
      messages: said.length,
      title: said
        .reduce((longest, { body }) => (body.length > longest.length ? body : longest), "")
        .slice(0, 80),
    }))
    .sort((a, b) => b.messages - a.messages)
    .slice(0, BEST);
}
