import { isBackupId, MANIFEST } from "../../backups/manifest.ts";
import type { Candidate } from "./completes.ts";
import type { Ground } from "./ground.ts";

/** Backups in directories of this machine, and those a release names: other destinations would have to be asked. */
export async function knownBackups({
  launch,
  environment,
  known,
  line,
  world,
}: Ground): Promise<Candidate[]> {
  const [declared, { name }] = await Promise.all([launch(), environment()]);
  const only = line.options.get("--from");
  const near = (declared.backups?.destinations ?? []).filter(
    (each) => !each.kind.isElsewhere && (only === undefined || each.name === only),
  );
  const listed = await Promise.all(
    near.map(async ({ name: destination, kind, options }) => {
      const place = kind.openPlace({
        ...{ options, launch: declared.name, environment: name, project: declared.directory },
        variables: new Map(),
        doors: world.doors,
      });
      const stored = await place.list(world.signal).catch(() => []);
      return stored.flatMap(({ name: file }): Candidate[] => {
        const [id = "", last] = file.split("/");
        return last === MANIFEST && isBackupId(id) ? [{ value: id, about: `in ${destination}` }] : [];
      });
    }),
  );
  const found = listed.flat().toSorted((a, b) => b.value.localeCompare(a.value));
  if (only !== undefined) return found;
  const named = await known().then(
    (here) => here.backups(name),
    () => [],
  );
  return [...found, ...named];
}
