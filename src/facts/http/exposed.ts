import type { HttpResponse } from "../../model/doors.ts";
import { defineFact, type FactContext, NotObserved } from "../../model/fact.ts";
import type { HttpAddress } from "./address.ts";
import { httpAnswer } from "./connection.ts";
import { headerValue } from "./headers.ts";
import type { HttpOptions } from "./options.ts";
import { httpPages } from "./pages.ts";
import { requestsTo } from "./requests.ts";

/** A file whose first bytes proved that it is what its name says. */
export interface Exposed {
  readonly path: string;
  readonly what: string;
  readonly isSourceMap: boolean;
}

interface Suspect {
  readonly paths: readonly string[];
  readonly what: string;
  /** Tried on the first bytes as Latin-1: the name alone proves nothing. */
  readonly magic: RegExp;
  /** It is a page itself; anything else that comes as one is the app's own. */
  readonly isPage?: boolean;
}

const SUSPECTS: readonly Suspect[] = [
  { what: "the Git repository", paths: ["/.git/HEAD"], magic: /^(ref: refs\/|[0-9a-f]{40}\s*$)/ },
  { what: "the Git repository", paths: ["/.git/config"], magic: /^[ \t]*\[core\]/m },
  {
    what: "environment variables",
    paths: ["/.env", "/.env.local", "/.env.staging", "/.env.production", "/.env.bak"],
    magic: /^(?:[ \t]*(?:#[^\n]*)?\r?\n)*[ \t]*(?:export[ \t]+)?[A-Za-z_]\w*[ \t]*=/,
  },
  {
    what: "a database dump",
    paths: ["/backup.sql", "/dump.sql", "/database.sql", "/db.sql"],
    magic: /^PGDMP|^--\s.*(dump|postgres|mysql)|\b(create table|insert into|copy \w+)\b/im,
  },
  { what: "an archive", paths: ["/backup.zip", "/site.zip", "/www.zip"], magic: /^PK[^\w\s]{2}/ },
  { what: "an archive", paths: ["/backup.tar.gz", "/backup.sql.gz", "/site.tar.gz"], magic: /^[^ -~]\u008b/ },
  { what: "a database", paths: ["/db.sqlite3", "/database.sqlite", "/data.db"], magic: /^SQLite format 3/ },
  {
    what: "a private key",
    paths: ["/id_rsa", "/server.key", "/private.key"],
    magic: /^-----BEGIN [A-Z ]*PRIVATE KEY/,
  },
  { what: "cloud credentials", paths: ["/.aws/credentials"], magic: /^\s*\[[\w-]{1,80}\]\s+aws_/ },
  { what: "registry credentials", paths: ["/.npmrc"], magic: /_auth(Token)?\s*=/ },
  { what: "password hashes", paths: ["/.htpasswd"], magic: /^[^\s:<]+:(\$|\{SHA\}|[./0-9A-Za-z]{13}\s*$)/m },
  { what: "the compose file", paths: ["/docker-compose.yml", "/compose.yaml"], magic: /^services:\s*$/m },
  { what: "the launch declaration", paths: ["/gonogo.config.ts"], magic: /defineLaunch/ },
  {
    what: "package.json",
    paths: ["/package.json"],
    magic: /^\s*\{[\s\S]*"(dependencies|scripts|devDependencies)"/,
  },
  { what: "a folder listing of macOS", paths: ["/.DS_Store"], magic: /^[^ -~]{4}Bud1/ },
  { what: "Apache's status page", paths: ["/server-status"], magic: /Apache (Server )?Status/, isPage: true },
  { what: "nginx' status page", paths: ["/nginx_status"], magic: /^Active connections:/ },
  {
    what: "phpinfo",
    paths: ["/phpinfo.php", "/info.php"],
    magic: /<title>[^<]{0,100}phpinfo\(\)/,
    isPage: true,
  },
  { what: "Spring's actuator", paths: ["/actuator/env"], magic: /"(activeProfiles|propertySources)"/ },
  { what: "Go's profiler", paths: ["/debug/pprof/"], magic: /Types of profiles available/, isPage: true },
];
const SOURCE_MAP = /^\s*(\)\]\}'\s*)?\{[\s\S]*"mappings"\s*:/;
const HEAD_BYTES = 65_536;
const AT_ONCE = 6;
const PAUSE_MS = 1_000;

/** Files that must not be public, asked for by name, below the root and below the component's own path. */
export const httpExposed = defineFact<readonly Exposed[], HttpOptions>({
  id: "http.exposed",
  access: "read",
  reach: "application",
  timeoutMs: 45_000,
  async collect(context) {
    const address = await context.get(httpAnswer);
    const { list } = await context.get(httpPages);
    const maps = list.filter(({ kind, status }) => kind === "asset" && status === 200).map(mapOf);
    const wanted = [
      ...SUSPECTS.flatMap(({ paths, ...rest }) =>
        paths.map((path) => ({ isPage: false, ...rest, path: `${address.base}${path}`, isSourceMap: false })),
      ),
      ...[...new Set(maps)].map((path) => ({
        path,
        what: "a source map",
        magic: SOURCE_MAP,
        isPage: false,
        isSourceMap: true,
      })),
    ];
    const answers = await askForAll(
      context,
      address,
      wanted.map(({ path }) => path),
    );
    return wanted.flatMap(({ magic, isPage, ...exposed }, index) => {
      const answer = answers[index];
      if (answer?.status !== 200 && answer?.status !== 206) return [];
      const head = Buffer.from(answer.body).toString("latin1");
      if (!isPage && /^\s*<(!doctype|html)\b/i.test(head)) return [];
      return magic.test(head) ? [exposed] : [];
    });
  },
});

/**
 * Every answer in the order of the paths. Throws NotObserved at the first one that a limit still gives after the wait
 * it asked for: a file that is served lies behind it as well as one that is not.
 */
async function askForAll(
  context: FactContext<HttpOptions>,
  address: HttpAddress,
  paths: readonly string[],
): Promise<HttpResponse[]> {
  const { send } = requestsTo(context, address, { patient: true });
  const ask = async (path: string): Promise<HttpResponse> => {
    const answer = await send({ path, maxBodyBytes: HEAD_BYTES });
    if (answer.status !== 503) return answer;
    // nginx' limit_req says 503 unless it is told otherwise, and an instance that comes back says so for a moment.
    await context.doors.clock.delay(PAUSE_MS, context.signal);
    return await send({ path, maxBodyBytes: HEAD_BYTES });
  };
  const answers = new Array<HttpResponse>(paths.length);
  const queue = paths.entries();
  let limited: string | undefined;
  const lane = async (): Promise<void> => {
    for (const [index, path] of queue) {
      if (limited !== undefined) return;
      const answer = await ask(path);
      if (answer.status === 429 || answer.status === 503) limited ??= path;
      answers[index] = answer;
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, lane));
  if (limited !== undefined)
    throw new NotObserved(`a rate limit answers ${limited}: it hides whether any file is served`);
  return answers;
}

/** Where the source map of an asset lies: as it says itself, else beside it. */
function mapOf({
  path,
  text,
  headers,
}: {
  path: string;
  text: string;
  headers: Parameters<typeof headerValue>[0];
}): string {
  const said =
    headerValue(headers, "sourcemap") ??
    /[#@] sourceMappingURL=([^\s*]+)\s*(\*\/)?\s*$/.exec(text.slice(-2_000))?.[1];
  const plain = path.split("?")[0] ?? path;
  if (said === undefined || said.startsWith("data:") || !URL.canParse(said, `http://host${plain}`))
    return `${plain}.map`;
  return new URL(said, `http://host${plain}`).pathname;
}
