import { defineCheck } from "../../../model/check.ts";
import { warn } from "../../../model/outcome.ts";
import { quantity } from "../../../model/quantity.ts";
import { ways } from "../../../model/ways.ts";
import { buildRun } from "./facts.ts";
import { judgeRun } from "./run-outcome.ts";

const SHOWN = 15;

export const buildGreen = defineCheck({
  id: "repo.build.green",
  title: "The build succeeds on exactly this code, without warnings where none are declared",
  consequence: "The release cannot be made when it is needed, or a warning nobody read becomes a fault.",
  severity: "blocker",
  phase: "build",
  freshFor: "7d",
  asks: ways(`
    build succeeds | build passes | production build succeeds | build completes without errors | npm run build passes
    npm run build succeeds | next build passes | build passes without warnings | no build errors | no build warnings
    build runs without warnings | application builds without errors | mvn package succeeds | go build succeeds
    cargo build --release succeeds | dotnet build succeeds | gradle build passes | code compiles | no compiler errors
    code compiles without errors | compiles without warnings | build without errors | check for build errors
    backend build passes | frontend build passes | production build without errors | local build tested
    Build läuft ohne Fehler | Build ohne Warnungen | build sans erreur | compilación sin errores | build sem erros
    build completato senza errori | derleme hatasız
    npm run build | yarn build | pnpm run build | bun run build | build successful | build completed
    build done | build works | build verified | production build completed successfully | local build works
    production build works | run the production build | make build succeeds | compilation succeeds
    no compilation errors | code builds | project builds | application builds successfully
    client build succeeds | vite build succeeds | webpack build succeeds | backend compiled
    frontend compiled | assets compiled | npm run build and fix errors | npm run build without errors
    build check passes | release build succeeds | Build erfolgreich | build exitoso | build réussi
    build concluído com sucesso
    build logs checked for errors | no errors in the build log | build log clean
    monitor build logs for errors
  `),
  needs: { run: buildRun },
  run({ run }, { options }) {
    const outcome = judgeRun(run, { what: "build", timeout: options.timeout });
    if (outcome.status !== "pass") return outcome;
    const warnings = run.warnings ?? [];
    const measured = { ...outcome.measured, warnings: warnings.length };
    if (warnings.length <= options.buildWarnings) return { ...outcome, measured };
    return warn(
      `the build succeeds, and ${quantity(warnings.length, "line warns", "lines warn")} of something`,
      {
        expected: `${options.buildWarnings === 0 ? "no warning" : `${options.buildWarnings} at most`} in what \`${run.line}\` prints`,
        found: warnings.slice(0, SHOWN).join("\n"),
        fix: `mend what it warns of, or declare how many are known: repository({ buildWarnings: ${warnings.length} })`,
        measured,
      },
    );
  },
});
