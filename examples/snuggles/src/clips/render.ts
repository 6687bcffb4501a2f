import { spawn } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

const PATIENCE_MS = 60_000;
const SECONDS = 2;

/** A short film of a moment: a colour and a tone made of its title, as MP4 that plays while it loads. */
export async function renderClip(title: string, signal?: AbortSignal): Promise<Buffer> {
  const directory = await mkdtemp(path.join(tmpdir(), "snuggles-clip-"));
  const file = path.join(directory, "clip.mp4");
  const sum = [...title].reduce((total, sign) => (total * 31 + (sign.codePointAt(0) ?? 0)) % 0xffffff, 7);
  const colour = `0x${sum.toString(16).padStart(6, "0")}`;
  try {
    await ffmpeg(
      [
        ...["-f", "lavfi", "-i", `color=c=${colour}:s=320x180:r=12:d=${SECONDS}`],
        ...["-f", "lavfi", "-i", `sine=frequency=${220 + (sum % 440)}:duration=${SECONDS}`],
        ...["-c:v", "mpeg4", "-c:a", "aac", "-movflags", "+faststart", "-shortest", file],
      ],
      signal,
    );
    return await readFile(file);
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

function ffmpeg(args: readonly string[], signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn("ffmpeg", ["-v", "error", "-nostdin", "-y", ...args], {
      stdio: ["ignore", "ignore", "pipe"],
      signal: AbortSignal.any([AbortSignal.timeout(PATIENCE_MS), ...(signal ? [signal] : [])]),
    });
    let told = "";
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      told = (told + text).slice(-500);
    });
    child.once("error", reject);
    child.once("close", (code) =>
      code === 0
        ? resolve()
        : reject(new Error(`ffmpeg ended with ${code}: ${told.trim().split("\n").at(-1) ?? ""}`)),
    );
  });
}
