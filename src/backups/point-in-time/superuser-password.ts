import { dirname, join } from "node:path";
import { quoteIdentifier, quoteLiteral } from "../../components/postgres/identifiers.ts";
import { chooseDump, findPrograms } from "../../components/postgres/server/binaries.ts";
import { OutsideError } from "../../model/errors.ts";
import type { Site } from "./recovery-site.ts";

/** The copy has the passwords of its time, which may be lost with the machine: it gets one of its own. */
export async function setPassword(
  { home, account, request }: Site,
  login: { readonly role: string; readonly password: string; readonly port: number },
): Promise<void> {
  const { doors, window, signal } = request;
  const { file } = chooseDump(await findPrograms("pg_dump", doors), window.base.serverMajor);
  const set = `set password_encryption = 'scram-sha-256'; alter role ${quoteIdentifier(login.role)} valid until 'infinity' password ${quoteLiteral(login.password)};`;
  const result = await doors.shell.run({
    file: join(dirname(file), "psql"),
    args: ["--no-psqlrc", "--quiet", "--no-password", "--set=ON_ERROR_STOP=1", "--file=-"],
    cwd: home,
    env: {
      LC_ALL: "C",
      PGHOST: join(home, "socket"),
      PGPORT: String(login.port),
      PGUSER: login.role,
      PGDATABASE: "postgres",
    },
    ...(account && { uid: account.uid, gid: account.gid }),
    input: set,
    timeoutMs: 60_000,
    signal,
  });
  if (result.code === 0) return;
  const said = result.stderr.trim().replaceAll(login.password, "[secret]");
  throw new OutsideError(`the recovered server cannot be opened: ${said.split("\n").slice(-2).join(" ")}`);
}
