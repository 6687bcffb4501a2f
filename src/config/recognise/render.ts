import { type Fields, fieldsOf, listOf, textOf, yamlObject } from "./parsed-text.ts";
import { type ComponentGuess, guess, type Recogniser } from "./recognition.ts";

const FILE = "render.yaml";

/** render.yaml: services by their type, databases, key-value stores. */
export const recogniseRender: Recogniser = (project) => {
  const blueprint = yamlObject(project, FILE) ?? {};
  const services = listOf(blueprint.services).flatMap((each) => serviceOf(fieldsOf(each) ?? {}));
  const databases = listOf(blueprint.databases).map(() => guess("postgres", `${FILE}, databases`));
  return { components: [...services, ...databases.slice(0, 1)] };
};

function serviceOf(service: Fields): ComponentGuess[] {
  const name = textOf(service.name);
  const because = `${FILE}, service "${name ?? "unnamed"}"`;
  const start = textOf(service.startCommand) ?? textOf(service.dockerCommand);
  const build = textOf(service.buildCommand);
  const migrate = textOf(service.preDeployCommand);
  const database =
    migrate !== undefined && /migrat/i.test(migrate) ? [guess("postgres", because, { migrate })] : [];
  switch (service.type) {
    case "web":
    case "pserv":
      if (service.env === "static" || service.runtime === "static") {
        return [
          guess("site", because, {
            build,
            directory: textOf(service.staticPublishPath)?.replace(/^\.\//, ""),
          }),
        ];
      }
      return start === undefined
        ? database
        : [guess("web", because, { build, start, health: textOf(service.healthCheckPath) }), ...database];
    case "worker":
      return start === undefined ? [] : [guess("worker", because, { start }, name)];
    case "cron":
      return start === undefined
        ? []
        : [guess("schedule", because, { cron: textOf(service.schedule), run: start }, name)];
    case "redis":
    case "keyvalue":
      return [guess("redis", because)];
    default:
      return [];
  }
}
