import { fieldsOf, jsonObject, listOf, textOf } from "./parsed-text.ts";
import { guess, type Recogniser } from "./recognition.ts";

const FILE = "vercel.json";

/** vercel.json: a static front end when it names an output directory; its crons are requests, so only noted. */
export const recogniseVercel: Recogniser = (project) => {
  const config = jsonObject(project, FILE);
  if (!config) return {};
  const directory = textOf(config.outputDirectory);
  const fallback = listOf(config.rewrites)
    .map((each) => textOf(fieldsOf(each)?.destination))
    .find((destination) => destination?.endsWith("index.html"));
  const crons = listOf(config.crons).map((each) => textOf(fieldsOf(each)?.path) ?? "a path");
  return {
    components:
      directory === undefined
        ? []
        : [
            guess("site", `${FILE}, outputDirectory`, {
              build: textOf(config.buildCommand),
              directory,
              fallback: fallback?.replace(/^\//, ""),
            }),
          ],
    notes: crons.map((path) => `${FILE} asks ${path} on a schedule: declare it with schedule({ cron, run })`),
  };
};
