import { z } from "zod";
import type { Doors } from "../../model/doors.ts";
import { NotObserved } from "../../model/fact.ts";
import { type BrowserPipe, openBrowserPipe } from "./browser-pipe.ts";

const PROGRAMS = ["chromium", "chromium-browser", "google-chrome", "chrome"];
const START_MS = 15_000;
const ANSWER_MS = 20_000;

const answerShape = z.looseObject({
  id: z.number().optional(),
  method: z.string().optional(),
  result: z.looseObject({}).optional(),
  error: z.looseObject({ message: z.string() }).optional(),
});

/** The machine's own Chromium, spoken to by the DevTools protocol. It does not outlive this process. */
export interface Browser extends AsyncDisposable {
  /** Opens a page as somebody who was never there before. Milliseconds until its load event has ended. */
  load(url: string): Promise<number>;
  /** Opens it so, and evaluates an expression in it when it has loaded: what its promise is fulfilled with, as JSON. */
  evaluate(url: string, expression: string): Promise<unknown>;
}

export async function openBrowser(
  { shell, files, random }: Doors,
  { anyCertificate, signal }: { anyCertificate: boolean; signal: AbortSignal },
): Promise<Browser> {
  const program = await found(shell);
  const profile = `/tmp/gonogo-browser-${random.hex(8)}`;
  await files.makeDirectory(profile, { mode: 0o700 });
  const isRoot = (await shell.run({ line: "id -u", timeoutMs: 5_000, signal })).stdout.trim() === "0";
  await using undone = new AsyncDisposableStack();
  undone.defer(() => files.remove(profile).catch(() => undefined));
  const args = [
    ...["--headless", `--user-data-dir=${profile}`, "--disable-gpu", "--disable-dev-shm-usage"],
    ...["--no-first-run", "--disable-background-networking", "about:blank"],
    // Chromium refuses to start as root with its sandbox.
    ...(isRoot ? ["--no-sandbox"] : []),
    ...(anyCertificate ? ["--ignore-certificate-errors"] : []),
  ];
  const pipe = undone.use(openBrowserPipe(shell, { program, args, profile, signal }));
  pipe.send(JSON.stringify({ id: 0, method: "Browser.getVersion" }));
  if ((await pipe.next(START_MS)) === undefined) {
    const words = pipe.lastWords();
    throw new NotObserved(
      `${program} did not start${words === undefined ? ` within ${START_MS} ms` : `: ${words}`}`,
    );
  }
  const drive = driver(pipe);
  const owned = undone.move();
  return {
    load: async (url) => Number(await visit(drive, url, LOAD_TIME)),
    evaluate: (url, expression) => visit(drive, url, expression),
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}

async function found(shell: Doors["shell"]): Promise<string> {
  for (const name of PROGRAMS) {
    const path = await shell.find(name, ["/usr/bin", "/usr/local/bin"]);
    if (path !== undefined) return path;
  }
  throw new NotObserved("there is no Chromium on this machine: apt-get install chromium");
}

interface Drive {
  ask(method: string, params?: object, sessionId?: string): Promise<Readonly<Record<string, unknown>>>;
  until(method: string): Promise<void>;
}

/** Commands one after another; what happens meanwhile is remembered by name. */
function driver(pipe: BrowserPipe): Drive {
  let id = 0;
  const happened: string[] = [];
  async function next(): Promise<z.output<typeof answerShape>> {
    const text = await pipe.next(ANSWER_MS);
    if (text === undefined) throw new NotObserved("the browser no longer answers");
    const message = answerShape.parse(JSON.parse(text));
    if (message.method !== undefined) happened.push(message.method);
    return message;
  }
  return {
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
    async until(method) {
      while (!happened.includes(method)) await next();
      happened.length = 0;
    },
  };
}

/** The event's own handlers end after it is fired. */
const LOAD_TIME =
  "new Promise((done) => setTimeout(() => done(performance.getEntriesByType('navigation')[0].loadEventEnd)))";

async function visit({ ask, until }: Drive, url: string, expression: string): Promise<unknown> {
  const { browserContextId } = await ask("Target.createBrowserContext");
  const { targetId } = await ask("Target.createTarget", { url: "about:blank", browserContextId });
  const { sessionId } = await ask("Target.attachToTarget", { targetId, flatten: true });
  const page = String(sessionId);
  await ask("Page.enable", {}, page);
  const { errorText } = await ask("Page.navigate", { url }, page);
  if (typeof errorText === "string") throw new NotObserved(`${url} could not be opened: ${errorText}`);
  await until("Page.loadEventFired");
  const asked = { expression, awaitPromise: true, returnByValue: true };
  const { result, exceptionDetails } = await ask("Runtime.evaluate", asked, page);
  if (exceptionDetails !== undefined) throw new NotObserved(`${url} could not be looked at in the browser`);
  await ask("Target.disposeBrowserContext", { browserContextId });
  return (result as { value?: unknown } | undefined)?.value;
}
