import { request } from "node:https";
import { WebSocket } from "ws";
import { reasonOf } from "../log.ts";
import { PROBE_PASSWORD as password } from "./password.ts";

const PATIENCE_MS = 10_000;

/** One step of a walk: a friend logs in and writes, and the owner's open page hears of it. */
async function writeAlong(): Promise<void> {
  const { GONOGO_URL: url = "", GONOGO_CA: ca, GONOGO_KEPT: kept = "{}" } = process.env;
  const { live, dream, random } = JSON.parse(kept) as Record<string, string>;
  const place = new URL(url);
  // Names under localhost are this machine (RFC 6761); not every resolver knows that.
  const host = place.hostname.endsWith("localhost") ? "127.0.0.1" : place.hostname;
  const to = { host, port: place.port || 443, servername: place.hostname, ...(ca && { ca }) };

  const send = (method: string, path: string, cookie: string, body: object): Promise<string> =>
    new Promise((resolve, reject) => {
      const headers = {
        host: place.host,
        origin: place.origin,
        cookie,
        "user-agent": "gonogo-check",
        "content-type": "application/json",
      };
      const sent = request({ ...to, method, path, headers, timeout: PATIENCE_MS }, (response) => {
        response.resume();
        const { statusCode: status = 0, headers: back } = response;
        if (status > 299) reject(new Error(`${method} ${path} answered ${status}`));
        else resolve((back["set-cookie"] ?? []).map((line) => line.split(";")[0]).join("; "));
      });
      sent.on("error", reject);
      sent.end(JSON.stringify(body));
    });

  const headers = { host: place.host, "user-agent": "gonogo-check" };
  const asBrowser = { ...to, headers, origin: place.origin };
  const page = new WebSocket(`wss://${host}:${to.port}/live?token=${live}`, asBrowser);
  const heard = new Promise<void>((resolve, reject) => {
    setTimeout(reject, PATIENCE_MS, new Error("the open page heard nothing")).unref();
    page.on("error", reject);
    page.on("message", (data) => {
      const { kind, signedIn, dreamId } = JSON.parse(String(data)) as Record<string, unknown>;
      if (kind === "hello" && !signedIn) reject(new Error("the live socket does not know its token"));
      else if (kind === "hello") friendWrites().catch(reject);
      else if (dreamId === dream) resolve();
    });
  });
  async function friendWrites(): Promise<void> {
    const email = `eve-${random}@probe.invalid`;
    const cookie = await send("POST", "/api/login", "", { email, password });
    await send("PUT", `/api/dreams/${dream}`, cookie, { title: "Stairs", body: "and a door at their end" });
  }
  try {
    await heard;
  } finally {
    page.terminate();
  }
}

try {
  await writeAlong();
  process.exit(0);
} catch (thrown) {
  process.stderr.write(`${reasonOf(thrown)}\n`);
  process.exit(1);
}
