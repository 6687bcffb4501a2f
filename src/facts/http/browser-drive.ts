import { z } from "zod";
import { NotObserved } from "../../model/fact.ts";
import type { BrowserPipe } from "./browser-pipe.ts";

const ANSWER_MS = 20_000;

const messageShape = z.looseObject({
  id: z.number().optional(),
  method: z.string().optional(),
  params: z.looseObject({}).optional(),
  sessionId: z.string().optional(),
  result: z.looseObject({}).optional(),
  error: z.looseObject({ message: z.string() }).optional(),
});

/** What a page let be known by itself, by the names of the DevTools protocol: "Runtime.exceptionThrown". */
export interface Heard {
  readonly method: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly sessionId: string | undefined;
}

/** Commands one after another; what happens meanwhile is kept in order. */
export interface Drive {
  ask(method: string, params?: object, sessionId?: string): Promise<Readonly<Record<string, unknown>>>;
  /** Returns when it has happened in this page. Throws NotObserved when nothing at all comes for 20 s. */
  until(method: string, sessionId: string): Promise<void>;
  /** Hears on until nothing has come for so long; false when `mostMs` went by first. */
  quiet(forMs: number, mostMs: number): Promise<boolean>;
  /** Everything since it was forgotten last. */
  readonly heard: readonly Heard[];
  forget(): void;
}

export function driver(pipe: BrowserPipe, monotonicMs: () => number): Drive {
  let id = 0;
  const heard: Heard[] = [];

  async function read(withinMs: number): Promise<z.output<typeof messageShape> | undefined> {
    const text = await pipe.next(withinMs);
    if (text === undefined) return undefined;
    const message = messageShape.parse(JSON.parse(text));
    const { method, params = {}, sessionId } = message;
    if (method !== undefined) heard.push({ method, params, sessionId });
    if (method === "Page.javascriptDialogOpening") dismiss(sessionId);
    return message;
  }

  /** An alert would keep the page from ever being loaded. */
  function dismiss(sessionId: string | undefined): void {
    const method = "Page.handleJavaScriptDialog";
    pipe.send(JSON.stringify({ id: 0, method, params: { accept: true }, sessionId }));
  }

  async function next(): Promise<z.output<typeof messageShape>> {
    const message = await read(ANSWER_MS);
    if (message === undefined) throw new NotObserved("the browser no longer answers");
    return message;
  }

  return {
    heard,
    async ask(method, params = {}, sessionId) {
      id += 1;
      const asked = id;
      pipe.send(JSON.stringify({ id: asked, method, params, ...(sessionId !== undefined && { sessionId }) }));
      for (;;) {
        const { id: answered, result = {}, error } = await next();
        if (answered !== asked) continue;
        if (error) throw new NotObserved(`the browser says: ${error.message}`);
        return result;
      }
    },
    async until(method, sessionId) {
      while (!heard.some((each) => each.method === method && each.sessionId === sessionId)) await next();
    },
    async quiet(forMs, mostMs) {
      const end = monotonicMs() + mostMs;
      while (monotonicMs() < end) if ((await read(forMs)) === undefined) return true;
      return false;
    },
    forget() {
      heard.length = 0;
    },
  };
}
