import type { Doors } from "../../model/doors.ts";
import { NotObserved } from "../../model/fact.ts";
import { type Drive, driver, type Heard } from "./browser-drive.ts";
import { openBrowserPipe } from "./browser-pipe.ts";

const PROGRAMS = ["chromium", "chromium-browser", "google-chrome", "chrome"];
const START_MS = 15_000;
const PORT_MS = 100;
/** A page is still when it has let nothing be known for so long: no request, no error, no event. */
const STILL_MS = 400;
/** Some pages never are. */
const MOST_STILL_MS = { first: 5_000, later: 2_000 };

/** As whom, and how, a page is looked at. */
export interface Look {
  readonly screen?: { readonly width: number; readonly height: number; readonly dots: number };
  /** A line and a processor slower than this machine's. */
  readonly slow?: { readonly latencyMs: number; readonly bytesPerSecond: number; readonly cpu: number };
  /** Evaluated before any script of the page. */
  readonly before?: string;
  /** Evaluated one after another, each when the page is still. */
  readonly expressions: readonly string[];
}

export interface Looked {
  /** What each expression came to, as JSON. */
  readonly values: readonly unknown[];
  /** What the page let be known, in order: requests, answers, errors. */
  readonly heard: readonly Heard[];
}

/** The machine's own Chromium, spoken to by the DevTools protocol. It does not outlive this process. */
export interface Browser extends AsyncDisposable {
  /** Opens a page as somebody who was never there before. Milliseconds until its load event has ended. */
  load(url: string): Promise<number>;
  /** Opens it so, and evaluates an expression in it when it has loaded: what its promise is fulfilled with, as JSON. */
  evaluate(url: string, expression: string): Promise<unknown>;
  /** Opens it on a screen of its own, and hears what happens until it is still. */
  look(url: string, look: Look): Promise<Looked>;
  /** Where another program of this machine may drive it; only when it was opened `toOthers`. */
  port(): Promise<number>;
}

export async function openBrowser(
  { shell, files, random, clock }: Doors,
  {
    anyCertificate,
    signal,
    toOthers = false,
  }: { anyCertificate: boolean; signal: AbortSignal; toOthers?: boolean },
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
    ...(toOthers ? ["--remote-debugging-port=0"] : []),
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
  const drive = driver(pipe, clock.monotonicMs);
  const owned = undone.move();
  return {
    load: async (url) => Number(await visit(drive, url, LOAD_TIME)),
    evaluate: (url, expression) => visit(drive, url, expression),
    look: (url, how) => look(drive, url, how),
    port: () => portOf(profile, { files, clock }),
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}

/** The browser writes it into its profile when the port is open. */
async function portOf(profile: string, { files, clock }: Pick<Doors, "files" | "clock">): Promise<number> {
  for (let left = START_MS; left > 0; left -= PORT_MS) {
    const port = Number((await files.read(`${profile}/DevToolsActivePort`))?.split("\n")[0]);
    if (port > 0) return port;
    await clock.delay(PORT_MS);
  }
  throw new NotObserved("the browser opened no port for other programs");
}

async function found(shell: Doors["shell"]): Promise<string> {
  for (const name of PROGRAMS) {
    const path = await shell.find(name, ["/usr/bin", "/usr/local/bin"]);
    if (path !== undefined) return path;
  }
  throw new NotObserved("there is no Chromium on this machine: apt-get install chromium");
}

/** The event's own handlers end after it is fired. */
const LOAD_TIME =
  "new Promise((done) => setTimeout(() => done(performance.getEntriesByType('navigation')[0].loadEventEnd)))";

async function visit(drive: Drive, url: string, expression: string): Promise<unknown> {
  const { page, leave } = await newPage(drive);
  await open(drive, page, url);
  const value = await evaluated(drive, { page, url, expression });
  await leave();
  return value;
}

async function look(drive: Drive, url: string, how: Look): Promise<Looked> {
  const { page, leave } = await newPage(drive);
  for (const domain of ["Network", "Runtime", "Log"]) await drive.ask(`${domain}.enable`, {}, page);
  for (const [method, params] of settings(how)) await drive.ask(method, params, page);
  await open(drive, page, url);
  const values: unknown[] = [];
  for (const expression of how.expressions) {
    await drive.quiet(STILL_MS, values.length === 0 ? MOST_STILL_MS.first : MOST_STILL_MS.later);
    values.push(await evaluated(drive, { page, url, expression }));
  }
  const heard = drive.heard.filter(({ sessionId }) => sessionId === page);
  await leave();
  return { values, heard };
}

function settings({ screen, slow, before }: Look): (readonly [method: string, params: object])[] {
  return [
    ...(screen
      ? ([
          [
            "Emulation.setDeviceMetricsOverride",
            {
              width: screen.width,
              height: screen.height,
              deviceScaleFactor: screen.dots,
              mobile: screen.width < 1_024,
            },
          ],
        ] as const)
      : []),
    ...(slow
      ? ([
          ["Emulation.setCPUThrottlingRate", { rate: slow.cpu }],
          [
            "Network.emulateNetworkConditions",
            {
              offline: false,
              latency: slow.latencyMs,
              downloadThroughput: slow.bytesPerSecond,
              uploadThroughput: slow.bytesPerSecond,
            },
          ],
        ] as const)
      : []),
    ...(before === undefined
      ? []
      : ([["Page.addScriptToEvaluateOnNewDocument", { source: before }]] as const)),
  ];
}

async function newPage(drive: Drive): Promise<{ page: string; leave: () => Promise<unknown> }> {
  drive.forget();
  const { browserContextId } = await drive.ask("Target.createBrowserContext");
  const { targetId } = await drive.ask("Target.createTarget", { url: "about:blank", browserContextId });
  const { sessionId } = await drive.ask("Target.attachToTarget", { targetId, flatten: true });
  const page = String(sessionId);
  await drive.ask("Page.enable", {}, page);
  return { page, leave: () => drive.ask("Target.disposeBrowserContext", { browserContextId }) };
}

async function open(drive: Drive, page: string, url: string): Promise<void> {
  // What the blank page let be known is not this page's.
  drive.forget();
  const { errorText } = await drive.ask("Page.navigate", { url }, page);
  if (typeof errorText === "string") throw new NotObserved(`${url} could not be opened: ${errorText}`);
  await drive.until("Page.loadEventFired", page);
}

async function evaluated(
  { ask }: Drive,
  { page, url, expression }: { page: string; url: string; expression: string },
): Promise<unknown> {
  const asked = { expression, awaitPromise: true, returnByValue: true };
  const { result, exceptionDetails } = await ask("Runtime.evaluate", asked, page);
  if (exceptionDetails !== undefined) throw new NotObserved(`${url} could not be looked at in the browser`);
  return (result as { value?: unknown } | undefined)?.value;
}
