import { recogniseChecklist } from "./checklist-file.ts";
import { recogniseCompose } from "./compose.ts";
import { recogniseDockerfile } from "./dockerfile.ts";
import { recogniseEnvExample } from "./env-example.ts";
import { recogniseMigrations } from "./migrations.ts";
import { builtAtRoot, recogniseNodePackage } from "./node-package.ts";
import { recogniseOtherLanguages } from "./other-languages.ts";
import { textOf } from "./parsed-text.ts";
import { recogniseProcfile } from "./procfile.ts";
import type { ProjectListing } from "./project-listing.ts";
import { recogniseRailway } from "./railway.ts";
import { joinRecognitions, nameFrom, type Recogniser } from "./recognition.ts";
import { recogniseRender } from "./render.ts";
import { recogniseRoutes } from "./routes.ts";
import { recogniseVercel } from "./vercel.ts";
import { recogniseWorkspace } from "./workspace.ts";

/** The more a file is about running in production, the earlier it is asked. */
const RECOGNISERS: readonly Recogniser[] = [
  recogniseProcfile,
  recogniseRailway,
  recogniseRender,
  recogniseNodePackage,
  recogniseWorkspace,
  recogniseDockerfile,
  recogniseCompose,
  recogniseVercel,
  recogniseMigrations,
  recogniseOtherLanguages,
  recogniseEnvExample,
  recogniseChecklist,
];

export type RecognisedProject = ReturnType<typeof joinRecognitions> & {
  readonly name: { readonly value: string; readonly because: string };
};

/** Everything the project shows of itself. Pure. */
export function recogniseProject(project: ProjectListing): RecognisedProject {
  const found = RECOGNISERS.map((recognise) => recognise(project));
  const front = joinRecognitions(found).components.find(({ kind }) => kind === "web");
  const start = textOf(front?.options.start);
  const joined = joinRecognitions([
    recogniseRoutes(project, start),
    ...found,
    ...(front ? [builtAtRoot(project)] : []),
  ]);
  const name = joined.name ?? { value: nameFrom(project.directoryName), because: "the directory's name" };
  return { ...joined, name };
}
