import { type ComponentGuess, guess, type Recogniser } from "./recognition.ts";

/** What answers requests where no process is called "web", the more telling first. */
const FRONTS = ["api", "server", "app", "http", "backend"];

/** Procfile: one process a line. "release" runs once per deploy; what is no front works in the background. */
export const recogniseProcfile: Recogniser = (project) => {
  const lines = project.text("Procfile")?.split(/\r?\n/) ?? [];
  const notes: string[] = [];
  const names = new Set(lines.map((line) => /^([\w-]+)\s*:/.exec(line)?.[1]));
  const front = ["web", ...FRONTS].find((name) => names.has(name));
  const components = lines.flatMap((line): ComponentGuess[] => {
    const [, process = "", command = ""] = /^([\w-]+)\s*:\s*(\S.*)$/.exec(line) ?? [];
    if (process === "") return [];
    const because = `Procfile, process "${process}"`;
    if (process === front) return [guess("web", because, { start: command })];
    if (process !== "release") return [guess("worker", because, { start: command }, process)];
    if (/migrat/i.test(command)) return [guess("postgres", because, { migrate: command })];
    notes.push(`Procfile runs "${command}" at each release: put it into build or migrate`);
    return [];
  });
  return { components, notes };
};
