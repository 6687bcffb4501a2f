import { fieldsOf, jsonObject, textOf, tomlTexts } from "./parsed-text.ts";
import type { ProjectListing } from "./project-listing.ts";
import { guess, type Recogniser } from "./recognition.ts";

/** railway.toml or railway.json: one service, what builds and starts it, where it is asked for its health. */
export const recogniseRailway: Recogniser = (project) => {
  const { file, text } = readerOf(project);
  const start = text("deploy.startCommand");
  const cron = text("deploy.cronSchedule");
  const migrate = text("deploy.preDeployCommand");
  const build = text("build.buildCommand");
  if (start === undefined) return {};
  const because = `${file}, startCommand`;
  return {
    components: [
      cron === undefined
        ? guess("web", because, { build, start, health: text("deploy.healthcheckPath") })
        : guess("schedule", because, { cron, run: start }),
      ...(migrate !== undefined && /migrat/i.test(migrate)
        ? [guess("postgres", `${file}, preDeployCommand`, { migrate })]
        : []),
    ],
  };
};

function readerOf(project: ProjectListing): { file: string; text: (path: string) => string | undefined } {
  const json = jsonObject(project, "railway.json");
  if (json) {
    return {
      file: "railway.json",
      text: (path) => {
        const [table = "", key = ""] = path.split(".");
        const value = fieldsOf(json[table])?.[key];
        return textOf(Array.isArray(value) ? value[0] : value);
      },
    };
  }
  const texts = tomlTexts(project, "railway.toml");
  return { file: "railway.toml", text: (path) => textOf(texts.get(path)) };
}
