import { posix, resolve } from "node:path";
import { z } from "zod";
import { defineDestination, type Place, type StoredObject } from "../../model/destination.ts";
import { OutsideError, UserError } from "../../model/errors.ts";
import { connection, quoted, type Sftp } from "./sftp-session.ts";

const PARTIAL = ".partial";

/** A directory of a server that is reached over SSH. */
export const sftp = defineDestination({
  kind: "sftp",
  summary: "A directory of a server that is reached over SSH, with the sftp command of this machine.",
  options: z.strictObject({
    host: z
      .string()
      .min(1)
      .regex(/^[^-\s@][^\s@]*$/, "expected a host name or an address"),
    port: z.int().min(1).max(65_535).default(22),
    user: z
      .string()
      .min(1)
      .regex(/^[^-\s@:][^\s@:]*$/, "expected the name of a user"),
    path: z.string().min(1).describe("The directory. It is made when it is not there."),
    hostKey: z
      .string()
      .regex(/^(ssh-|ecdsa-)\S+ \S+/, 'expected a line such as "ssh-ed25519 AAAA..."')
      .optional()
      .describe("The server's public key. Not declared: the one in this user's known_hosts."),
    identity: z
      .string()
      .regex(/^[A-Za-z_][A-Za-z0-9_]*$/, "expected the name of a variable")
      .default("BACKUP_SFTP_IDENTITY")
      .describe(
        "The variable with the path of the private key. Not set: the keys of this user and its agent.",
      ),
  }),
  isElsewhere: true,
  variables: ({ identity, host }) => [
    {
      name: identity,
      is: { type: "string" },
      required: false,
      secret: true,
      description: `Path of the SSH private key for backups on ${host}`,
    },
  ],
  openPlace: ({ options, launch, environment, variables, doors, project }) => {
    const identity = variables.get(options.identity)?.reveal();
    const session = connection({
      ...options,
      identity: identity === undefined ? undefined : resolve(project, identity),
      doors,
    });
    return openDirectoryOverSsh(session, posix.join(options.path, launch, environment));
  },
});

function openDirectoryOverSsh(session: Sftp, root: string): Place {
  const remote = (name: string): string => posix.join(root, name);
  const makeFolders = (name: string): string[] => {
    const parts = posix.dirname(remote(name)).split("/");
    // A minus: that it is there already ends nothing.
    return parts
      .map((_, index) => parts.slice(0, index + 1).join("/"))
      .flatMap((path) => (path ? [`-mkdir ${quoted(path)}`] : []));
  };
  const exchange = async (name: string, partial: string, signal: AbortSignal): Promise<void> => {
    await session.run([`rename ${quoted(partial)} ${quoted(remote(name))}`], signal);
  };
  return {
    label: `sftp://${session.host}${root.startsWith("/") ? "" : "/"}${root}`,
    list: async (signal) => {
      const folders = await session.list(root, signal);
      const found: StoredObject[] = [];
      for (const folder of folders.filter(({ isDirectory }) => isDirectory)) {
        for (const { name, sizeBytes, isDirectory } of await session.list(remote(folder.name), signal)) {
          if (!isDirectory && !name.endsWith(PARTIAL))
            found.push({ name: `${folder.name}/${name}`, sizeBytes });
        }
      }
      return found;
    },
    readText: async (name, signal) => {
      await using copy = await session.fetch(remote(name), signal);
      return copy && (await session.files.read(copy.file, { maxBytes: 256 * 1_048_576 }));
    },
    read: async (name, signal) => {
      const copy = await session.fetch(remote(name), signal);
      if (!copy) return undefined;
      const stream = await session.files.readStream(copy.file);
      stream.once("close", () => void copy[Symbol.asyncDispose]());
      return stream;
    },
    writeText: async (name, text, signal) => {
      const partial = remote(name) + PARTIAL;
      await using local = await session.scratch();
      await session.files.write(local.file, text, { mode: 0o600 });
      await session.run([...makeFolders(name), `put ${quoted(local.file)} ${quoted(partial)}`], signal);
      await exchange(name, partial, signal);
    },
    store: async (name, { file, sizeBytes }, { signal, onBytes }) => {
      const partial = remote(name) + PARTIAL;
      const folder = posix.dirname(partial);
      await session.run(makeFolders(name), signal);
      const size = async (): Promise<number | undefined> =>
        (await session.list(folder, signal)).find((each) => each.name === posix.basename(partial))?.sizeBytes;
      const there = await size();
      const verb = there !== undefined && there > 0 && there < sizeBytes ? "reput" : "put";
      await session.run([`${verb} ${quoted(file)} ${quoted(partial)}`], signal);
      const arrived = await size();
      if (arrived !== sizeBytes)
        throw new OutsideError(`${name} arrived with ${arrived ?? 0} of ${sizeBytes} bytes`, {
          retryable: true,
        });
      await exchange(name, partial, signal);
      onBytes?.(sizeBytes);
    },
    remove: async (names, signal) => {
      if (names.length === 0) return;
      const folders = [...new Set(names.map((name) => posix.dirname(remote(name))))];
      const lines = [
        ...names.map((name) => `-rm ${quoted(remote(name))}`),
        ...folders.map((folder) => `-rmdir ${quoted(folder)}`),
      ];
      await session.run(lines, signal);
      const left = new Set<string>();
      for (const folder of folders)
        for (const { name } of await session.list(folder, signal)) left.add(posix.join(folder, name));
      const kept = names.filter((name) => left.has(remote(name)));
      if (kept.length > 0)
        throw new UserError(`${kept.join(", ")} could not be removed from ${session.host}`);
    },
    freeBytes: async () => undefined,
  };
}
