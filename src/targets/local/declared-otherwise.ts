import { UserError } from "../../model/errors.ts";
import type { Address } from "../../model/subject.ts";

interface Declared {
  readonly environment: string;
  readonly hostName: string;
  /** Undefined: any will do. */
  readonly port: number | undefined;
  readonly httpPort: number | undefined;
}

/** Its parent holds the sockets and its users know the name: both stay as long as it runs, whatever is declared. */
export function declaredOtherwise({ url, plainUrl }: Address, declared: Declared): UserError | undefined {
  const { environment, hostName, port, httpPort } = declared;
  const differing = {
    ...(port !== undefined && port !== portOf(url) && { port }),
    ...(httpPort !== undefined && httpPort !== portOf(plainUrl) && { httpPort }),
    ...(hostName !== new URL(url).hostname && { host: hostName }),
  };
  const names = Object.keys(differing);
  if (names.length === 0) return undefined;
  const wanted = Object.entries(differing).map((each) => each.join(" "));
  const answers = plainUrl === undefined ? url : `${url} and ${plainUrl}`;
  const what = `declared ${names.length === 1 ? "is" : "are"} ${wanted.join(", ")}; what runs answers at ${answers}`;
  return new UserError(what, {
    where: `local({ ${names.join(", ")} })`,
    fix: `gonogo stop --env ${environment}, then gonogo deploy --env ${environment}: what its users know is not changed while it runs`,
  });
}

function portOf(url: string | undefined): number | undefined {
  if (url === undefined) return undefined;
  const { port, protocol } = new URL(url);
  return port === "" ? (protocol === "https:" ? 443 : 80) : Number(port);
}
