import { dirname, join, relative } from "node:path/posix";
import { messageOf } from "../../../model/errors.ts";
import { defineFact, NotObserved, Undeclared } from "../../../model/fact.ts";
import { dependencies } from "../dependency/facts.ts";
import type { RepositoryOptions } from "../options.ts";
import { type InstalledPackage, installedPackages, licenceOf } from "./installed.ts";

export interface Licences {
  readonly lock: string;
  readonly packages: readonly InstalledPackage[];
}

export const packageLicences = defineFact<Licences, RepositoryOptions>({
  id: "repository.licences",
  access: "read",
  reach: "source",
  timeoutMs: 60_000,
  async collect({ subject, doors, get }) {
    const { directory, options } = subject;
    const { licences } = options;
    if (licences === undefined) {
      throw new Undeclared(
        'no licences are declared; add repository({ licences: { allow: ["MIT", "ISC", "Apache-2.0", "BSD-3-Clause"] } })',
      );
    }
    const { lock } = await get(dependencies);
    if (lock === undefined || !/(^|\/)(package-lock|npm-shrinkwrap)\.json$/.test(lock)) {
      throw new NotObserved(`licences are read from npm's package-lock.json; here is ${lock ?? "no lock"}`);
    }
    const root = join(directory, dirname(lock));
    const text = (await doors.files.read(join(directory, lock), { maxBytes: 64 * 1_048_576 })) ?? "";
    const packages = packagesOf(lock, text, {
      folder: relative(root, directory),
      productionOnly: licences.productionOnly,
    });
    // A lock that an older npm began does not tell every licence; what is installed does.
    const told = await Promise.all(
      packages.map(async (each): Promise<InstalledPackage> => {
        if (each.licence !== undefined) return each;
        const manifest = await doors.files.read(join(root, each.path, "package.json")).catch(() => undefined);
        return { ...each, licence: manifest === undefined ? undefined : licenceOf(JSON.parse(manifest)) };
      }),
    );
    return { lock, packages: told };
  },
});

function packagesOf(lock: string, ...request: Parameters<typeof installedPackages>): InstalledPackage[] {
  try {
    return installedPackages(...request);
  } catch (thrown) {
    throw new NotObserved(`${lock}: ${messageOf(thrown).split("\n")[0]}`);
  }
}
