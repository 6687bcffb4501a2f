import { Refusal } from "../http/answer.ts";
import { type Log, reasonOf } from "../log.ts";
import type { Settings } from "../settings.ts";

/** Makes a live stream at Mux and gives back what a player needs. Throws Refusal 502. */
export type OpenVideo = (title: string) => Promise<string>;

export function createOpenVideo({ apiUrl, tokenId, tokenSecret }: Settings["video"], log: Log): OpenVideo {
  const pair = Buffer.from(`${tokenId}:${tokenSecret}`).toString("base64");
  return async (title) => {
    try {
      const response = await fetch(`${apiUrl}/video/v1/live-streams`, {
        method: "POST",
        headers: { authorization: `Basic ${pair}`, "content-type": "application/json" },
        body: JSON.stringify({ playback_policies: ["signed"], passthrough: title.slice(0, 200) }),
        signal: AbortSignal.timeout(8_000),
        redirect: "error",
      });
      if (!response.ok) throw new Error(`Mux answered ${response.status}`);
      const { data } = (await response.json()) as { data?: { playback_ids?: { id?: unknown }[] } };
      const id = data?.playback_ids?.[0]?.id;
      if (typeof id !== "string") throw new Error("Mux sent no playback id");
      return id;
    } catch (thrown) {
      log.error("no video", { reason: reasonOf(thrown) });
      throw new Refusal(502, "no-video", "video is out of reach right now; nothing was made");
    }
  };
}
