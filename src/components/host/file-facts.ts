import { DoesNotApply, defineFact, NotObserved, Undeclared } from "../../model/fact.ts";
import type { HostFile } from "../../model/host.ts";
import type { HostOptions } from "./options.ts";

export interface FilesSeen {
  readonly secret: readonly HostFile[];
  readonly writable: readonly HostFile[];
  /** Whom the application's processes run as: 0 is root. */
  readonly userId: number;
}

export const hostFiles = defineFact<FilesSeen, HostOptions>({
  id: "host.files",
  access: "read",
  reach: "application",
  async collect({ subject, signal }) {
    const { target, environment, runtime, options } = subject;
    const { secret, writable } = options.files;
    if (secret.length + writable.length === 0)
      throw new Undeclared(
        'no files are declared: host({ files: { secret: ["/etc/shop/shop.env"], writable: ["/srv/shop/uploads"] } })',
      );
    if (!runtime || !target) throw new NotObserved(`nothing is deployed in ${environment.name} yet`);
    const status = await target.host(signal, { files: [...secret, ...writable] });
    if (!status) throw new DoesNotApply("the target does not let anybody look at its machine");
    const { files, agentUserId: userId } = status;
    if (!files || userId === undefined)
      throw new Error("the agent is of an earlier version and does not look at files; deploy once more");
    const other = status.processes.find((each) => each.userId !== undefined && each.userId !== userId);
    if (other)
      throw new Error(
        `${other.process} runs as user ${other.userId}, and only user ${userId} could be asked`,
      );
    const of = (paths: readonly string[]) => files.filter(({ path }) => paths.includes(path));
    return { secret: of(secret), writable: of(writable), userId };
  },
});
