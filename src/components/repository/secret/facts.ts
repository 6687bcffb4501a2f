import { projectFiles, readTexts } from "../../../facts/project-files.ts";
import { defineFact } from "../../../model/fact.ts";
import { isAmong, type RepositoryOptions } from "../options.ts";
import { tellingValues, valuesIn } from "./known-values.ts";
import { loadScanner, type SecretFinding } from "./scan.ts";

export interface SecretScan {
  readonly findings: readonly SecretFinding[];
  readonly files: number;
  /** Too large or unreadable. */
  readonly unread: readonly string[];
}

const LARGEST_BYTES = 1_048_576;
export const NO_TEXT =
  /\.(png|jpe?g|gif|webp|avif|ico|woff2?|ttf|eot|pdf|zip|gz|br|zst|mp[34]|webm|wasm|svg)$|(^|\/)(package-lock\.json|npm-shrinkwrap\.json|yarn\.lock|pnpm-lock\.yaml|bun\.lock|go\.sum|Cargo\.lock|poetry\.lock|uv\.lock|composer\.lock|Gemfile\.lock)$/;

/** What git keeps of the project, or every file when it is not in a repository. */
export const secretScan = defineFact<SecretScan, RepositoryOptions>({
  id: "repository.secret-scan",
  access: "read",
  reach: "source",
  timeoutMs: 120_000,
  async collect({ subject, doors, signal, get }) {
    const { paths, tracked } = await get(projectFiles);
    const scan = await loadScanner();
    const known = tellingValues(subject.variables);
    const findings: SecretFinding[] = [];
    const { read, unread } = await readTexts(doors, {
      directory: subject.directory,
      paths: paths.filter(
        (path) =>
          (tracked?.has(path) ?? true) &&
          !NO_TEXT.test(path) &&
          !isAmong(path, subject.options.secrets.ignore),
      ),
      maxBytes: LARGEST_BYTES,
      signal,
      each: async (file) => {
        findings.push(...(await scan(file)), ...valuesIn(file, known));
      },
    });
    return { findings, files: read, unread: unread.map(({ path }) => path) };
  },
});
