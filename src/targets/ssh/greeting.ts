/** What the machine says of itself when somebody connects. */
export interface Greeting {
  /** Absolute directory of the environment over there. */
  readonly base: string;
  /** "Linux x86_64". */
  readonly system: string;
  readonly userId: number | undefined;
  /** The first that is new enough. */
  readonly node: string | undefined;
  /** Others that are not: "18.19.0 at /usr/bin/node". */
  readonly oldNodes: readonly string[];
  /** Version of the agent's program that is there. */
  readonly program: string | undefined;
  /** What the program on the host says, as it said it. */
  readonly look: string | undefined;
}

const FIRST_LINE = "gonogo-target-is-here";
export const LAST_LINE = "gonogo-target-has-spoken";
const OLDEST_NODE = 24;

/* Read by whatever shell the user has over there, hence no single quote inside and nothing but words outside.
   It ends when its input does: with the command that started it, however that ended. */
const SCRIPT = `
printf "${FIRST_LINE}\\n"
case "$1" in /*) base=$1 ;; *) base=$HOME/$1 ;; esac
printf "base %s\\nsystem %s\\nuser %s\\n" "$base" "$(uname -sm)" "$(id -u)"
node=
for each in "$2" "$(command -v node)" "$HOME"/.local/bin/node "$HOME"/.nvm/versions/node/*/bin/node "$HOME"/.local/share/fnm/node-versions/*/installation/bin/node /opt/node*/bin/node; do
  [ -x "$each" ] || continue
  version=$("$each" -p process.versions.node 2>/dev/null) || continue
  if [ "\${version%%.*}" -ge ${OLDEST_NODE} ]; then node=$each; break; fi
  printf "old %s at %s\\n" "$version" "$each"
done
[ -n "$node" ] && printf "node %s\\n" "$node"
if [ -r "$base/runtime/version" ]; then
  printf "program %s\\n" "$(cat "$base/runtime/version")"
  for program in "$base"/runtime/program/agent/host-program.*; do
    [ -n "$node" ] && printf "look %s\\n" "$("$node" --disable-warning=ExperimentalWarning "$program" look "$base")"
  done
fi
printf "${LAST_LINE}\\n"
exec cat > /dev/null
`;

/** The line to run over there. `directory` below the home directory unless it begins with a slash. */
export function greetingCommand(directory: string, node: string | undefined): string {
  return `exec /bin/sh -c '${SCRIPT}' gonogo ${directory} ${node ?? "/nowhere/node"}`;
}

/** Undefined until everything was said. What a login shell prints before is skipped. */
export function readGreeting(text: string): Greeting | undefined {
  const lines = text.split("\n");
  const first = lines.indexOf(FIRST_LINE);
  const last = lines.indexOf(LAST_LINE);
  if (first < 0 || last < 0) return undefined;
  const said = lines.slice(first + 1, last);
  const all = (word: string): string[] =>
    said.flatMap((line) => (line.startsWith(`${word} `) ? [line.slice(word.length + 1)] : []));
  const userId = Number(all("user")[0]);
  return {
    base: all("base")[0] ?? "",
    system: all("system")[0] ?? "",
    userId: Number.isInteger(userId) ? userId : undefined,
    node: all("node")[0],
    oldNodes: [...new Set(all("old"))],
    program: all("program")[0],
    look: all("look")[0],
  };
}
