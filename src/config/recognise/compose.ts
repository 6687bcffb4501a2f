import { quoted } from "./dockerfile.ts";
import { type Fields, fieldsOf, listOf, textOf, yamlObject } from "./parsed-text.ts";
import { type ComponentGuess, guess, type Recogniser } from "./recognition.ts";

const FILES = [
  "compose.yaml",
  "compose.yml",
  "docker-compose.yml",
  "docker-compose.yaml",
  "docker-compose.prod.yml",
];

/** Compose: images of Postgres and Redis are relied on, services with a command of their own are processes. */
export const recogniseCompose: Recogniser = (project) => {
  const components = FILES.flatMap((file) => {
    const services = Object.entries(fieldsOf(yamlObject(project, file)?.services) ?? {});
    return services.flatMap(([name, service]) => componentOf(file, name, fieldsOf(service) ?? {}));
  });
  return { components };
};

function componentOf(file: string, name: string, service: Fields): ComponentGuess[] {
  const because = `${file}, service "${name}"`;
  const [image = "", tag = ""] = (textOf(service.image) ?? "").split(":");
  const product = image.split("/").at(-1) ?? "";
  if (/^(postgres|postgis|timescaledb|pgvector)$/.test(product)) {
    const version = /^(?:pg)?(\d{2})\b/.exec(tag)?.[1];
    return [guess("postgres", because, { version: version === undefined ? undefined : Number(version) })];
  }
  if (/^(redis|valkey|redis-stack.*)$/.test(product)) return [guess("redis", because)];
  const start = commandOf(service.command);
  if (start === undefined || service.build === undefined) return [];
  if (/worker|celery|sidekiq|beat|queue|consumer|jobs/.test(name))
    return [guess("worker", because, { start }, name)];
  return listOf(service.ports).length > 0 ? [guess("web", because, { start })] : [];
}

function commandOf(command: unknown): string | undefined {
  if (Array.isArray(command)) return textOf(command.map((word) => quoted(String(word))).join(" "));
  return textOf(command);
}
