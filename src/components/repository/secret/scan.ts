import type { lintSource as LintSource } from "@secretlint/core";

type Config = Parameters<typeof LintSource>[0]["options"]["config"];

export interface SecretFinding {
  readonly file: string;
  readonly line: number;
  /** "aws", "github", "basicauth", or "the value of JWT_SECRET". */
  readonly rule: string;
  readonly characters: number;
}

export type ScanText = (file: { readonly path: string; readonly text: string }) => Promise<SecretFinding[]>;

/**
 * secretlint with its recommended rules. Its profiler keeps a mark of every rule and file and searches them all
 * at each further one: 1,500 files take 30 s with it and 1 s without (secretlint/secretlint#1653), so it is silenced.
 */
export async function loadScanner(): Promise<ScanText> {
  const [{ lintSource }, { creator }, { secretLintProfiler }] = await Promise.all([
    import("@secretlint/core"),
    import("@secretlint/secretlint-rule-preset-recommend"),
    import("@secretlint/profiler"),
  ]);
  secretLintProfiler.mark = () => undefined;
  const config: Config = { rules: [{ id: creator.meta.id, rule: creator, options: {} }] };
  return async ({ path, text }) => {
    const { messages } = await lintSource({
      source: { filePath: path, content: text, contentType: "text", ext: "" },
      options: { noPhysicFilePath: true, maskSecrets: true, config },
    });
    const found = messages.filter(
      (message) => message.type === "message" && !isHarmless(text.slice(...message.range)),
    );
    return found.map(({ ruleId, loc, range }) => ({
      file: path,
      line: loc.start.line,
      rule: ruleId.replace(/^.*secretlint-rule-/, ""),
      characters: range[1] - range[0],
    }));
  };
}

const LOCAL = /^(localhost|127(\.\d+){3}|\[::1\]|0\.0\.0\.0|db|postgres|mysql|mongo|redis|database|host)$/i;
const RESERVED = /(^|\.)(example\.(com|org|net)|localhost|local|test|invalid|example)$/i;
const MADE_UP =
  /^(pass(word)?|pwd|pw|secret|postgres|root|admin|user(name)?|test|changeme|example|x+|\*+|\.+)$/i;

/** A value that can stand in an example: an address nobody needs a password for, or one with everybody's. */
export function isNoSecret(value: string): boolean {
  const url = /^[a-z][a-z0-9+.-]*:\/\//i.test(value) ? URL.parse(value) : undefined;
  if (!url) return false;
  return (
    (url.username === "" && url.password === "" && LOCAL.test(url.hostname)) || MADE_UP.test(url.password)
  );
}

/** Addresses of this machine or of nobody, and passwords every tutorial has, give nothing away. */
function isHarmless(text: string): boolean {
  const address = /\b[a-z][a-z0-9+.-]*:\/\/[^\s"'`<>]+/i.exec(text)?.[0];
  if (address === undefined) return false;
  if (/[$<{]/.test(address)) return true;
  const url = URL.parse(address);
  if (!url) return false;
  return LOCAL.test(url.hostname) || RESERVED.test(url.hostname) || MADE_UP.test(url.password);
}
