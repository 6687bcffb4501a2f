/** The commands of a script, each as it would be typed: no comments, no variables before it, one space between words. */
export function commandsIn(script: string): {
  readonly command: string;
  readonly isForgiven: boolean;
  /** Its output goes into another command, whose end counts instead of its own unless pipefail is set. */
  readonly isPiped: boolean;
  folder: string;
}[] {
  let folder = "";
  return script
    .replace(/\\\r?\n/g, " ")
    .split("\n")
    .flatMap((line) => {
      const code = line.replace(/(^|\s)#.*$/, "").trim();
      return code.split(/(?=&&|\|\||;|(?<!\|)\|(?!\|))/).flatMap((begun, at, parts) => {
        const part = begun.replace(/^(&&|\|\||;|\|)/, "");
        const isForgiven = forgives(parts.slice(at + 1).join(""));
        const isPiped = /^\|(?!\|)/.test(parts[at + 1] ?? "");
        const command = part
          .trim()
          .replace(/\s+/g, " ")
          .replace(/^(?:(?:env|time|npx|exec|xvfb-run(?: -\S+)*) |[A-Z_][A-Z0-9_]*=\S* )+/, "");
        const moved = /^cd (\S+)$/.exec(command)?.[1];
        if (moved !== undefined) folder = moved.replace(/^["']|["']$|^\.\/|\/$/g, "");
        return command === "" ? [] : [{ command, isForgiven, isPiped, folder }];
      });
    });
}

/** What follows a command on its line: "|| true", "|| echo failed; ls", but not "|| exit 1", "|| (cat log; exit 1)" or "|| ended=$?". */
function forgives(rest: string): boolean {
  const at = rest.indexOf("||");
  const end = rest.indexOf(";");
  if (at < 0 || (end >= 0 && end < at)) return false;
  const otherwise = rest.slice(at + 2).trim();
  const done = /^[({]/.test(otherwise) ? otherwise : (otherwise.split(";")[0] ?? "");
  return !/=\$\?|(?:^|[\s;({&])(?:exit\s+(?:[1-9]|\$)|return\s+[1-9]|false\b)/.test(done);
}

const PACKAGE_SCRIPT = /^(npm|pnpm|yarn|bun) (?:run |run-script )?(?:-\S+ )*([\w:.-]+)/;

/** "npm t", "npm test" and "npm run test" are one; what follows a command only adds to it. */
export function isSameCommand(ran: string, wanted: string): boolean {
  const [left, right] = [usual(ran), usual(wanted)];
  return left === right || left.startsWith(`${right} `);
}

function usual(command: string): string {
  return command
    .replace(/^(npm|pnpm) t(st)?(?= |$)/, "$1 test")
    .replace(/^(npm|pnpm|yarn|bun) (?:run|run-script) /, "$1 ")
    .replace(/^(npm|pnpm|yarn) (?:(?:--silent|-s|--if-present|-r|--recursive) )+/, "$1 ");
}

/** Name of the script of package.json that a command runs: "test" of "pnpm run test". */
export function scriptOf(command: string): string | undefined {
  const [, , name] = PACKAGE_SCRIPT.exec(`${usual(command)} `) ?? [];
  return name;
}
