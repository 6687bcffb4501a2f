import { guess, type Recogniser } from "./recognition.ts";

/** Dockerfile: its last CMD starts the server when it exposes a port; HEALTHCHECK tells the path. */
export const recogniseDockerfile: Recogniser = (project) => {
  const text = project.text("Dockerfile");
  if (text === undefined) return {};
  const lines = text.replace(/\\\r?\n/g, " ").split(/\r?\n/);
  const start = [...argumentsOf(lines, "ENTRYPOINT"), ...argumentsOf(lines, "CMD")].join(" ");
  const isServer = lines.some((line) => /^\s*EXPOSE\s/i.test(line));
  const health = /https?:\/\/[^/\s"']+(\/[^\s"'|)]*)/.exec(
    lines.find((line) => /^\s*HEALTHCHECK\s/i.test(line)) ?? "",
  )?.[1];
  if (start === "" || !isServer) return {};
  const because = health === undefined ? "Dockerfile, CMD" : "Dockerfile, CMD and HEALTHCHECK";
  return { components: [guess("web", because, { start, health })] };
};

/** What the last such instruction runs, as a shell line: ["node", "a b.js"] is node 'a b.js'. */
function argumentsOf(lines: readonly string[], instruction: string): string[] {
  const pattern = new RegExp(`^\\s*${instruction}\\s+(.*)$`, "i");
  const last = lines.findLast((line) => pattern.test(line));
  const given = pattern.exec(last ?? "")?.[1]?.trim() ?? "";
  if (given === "") return [];
  return [given.startsWith("[") ? (fromList(given) ?? given) : given];
}

function fromList(text: string): string | undefined {
  try {
    const words = JSON.parse(text) as unknown;
    if (!Array.isArray(words)) return undefined;
    // sh -c "line" is the line itself.
    if (/^(\/bin\/)?(ba)?sh$/.test(String(words[0])) && words[1] === "-c") return String(words[2] ?? "");
    return words.map((word) => quoted(String(word))).join(" ");
  } catch {
    return undefined;
  }
}

export function quoted(word: string): string {
  return /^[\w@%+=:,./$-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
