import { defineCheck } from "../../../model/check.ts";
import { fail, pass } from "../../../model/outcome.ts";
import { quantity } from "../../../model/quantity.ts";
import { ways } from "../../../model/ways.ts";
import { releaseNotes } from "./facts.ts";

/** "Fixes and improvements" tells nobody anything. */
const FEWEST_WORDS = 5;

export const releaseNoted = defineCheck({
  id: "repo.release.noted",
  title: "The changelog tells what the version that is deployed changes",
  consequence:
    "When something breaks after the release, nobody can tell what it changed, or which release it was.",
  severity: "warning",
  phase: "build",
  freshFor: "7d",
  asks: ways(`
    changelog updated | CHANGELOG.md updated | update the changelog | changelog entry for this version
    release notes in the changelog | CHANGELOG has an entry for the release | version bumped and changelog updated
    version bumped in package.json | bump version and update CHANGELOG | changelog reflects the release
    version number updated | version tagged and noted in the changelog | changelog complete for the release
    Changelog aktualisiert | changelog actualizado | changelog atualizado | changelog mis à jour | changelog güncellendi
    version bumped in pyproject.toml | version raised in the manifest
    changelog lists all changes of the release | changelog current
    release notes prepared | release notes written | release notes for this version
    release notes in the repository
    package.json version matches the release | version in package.json correct
    package version equals the release | version in the manifest raised
  `),
  source: "https://keepachangelog.com/en/1.1.0/",
  needs: { notes: releaseNotes },
  run({ notes }) {
    const { version, manifest, changelog, entry, newest, tagged } = notes;
    const measured = { version, words: entry?.words ?? 0, commitsSinceTag: tagged?.commitsSince ?? null };
    const expected = `a heading for ${version} in ${changelog}, with what it changes below it`;
    if (!notes.isThere) {
      return fail(`${changelog} does not exist`, {
        expected,
        found: "no such file",
        fix: `write ${changelog} with "## ${version}" and what it changes`,
        measured,
      });
    }
    if (tagged && tagged.commitsSince > 0) {
      return fail(`${version} was released already, and the code has changed since`, {
        expected: `a version of its own for what is deployed, in ${manifest} and ${changelog}`,
        found: `${quantity(tagged.commitsSince, "commit")} after the tag ${tagged.tag}`,
        fix: `raise the version in ${manifest} and tell in ${changelog} what changed since ${tagged.tag}`,
        measured,
      });
    }
    if (!entry) {
      return fail(`${changelog} says nothing of ${version}`, {
        expected,
        found: newest === undefined ? "no heading that names a version" : `its newest heading is "${newest}"`,
        fix: `write "## ${version}" with what it changes at the top of ${changelog}, or correct the version in ${manifest}`,
        measured,
      });
    }
    if (entry.words < FEWEST_WORDS) {
      return fail(`${changelog} has a heading for ${version}, and hardly a word below it`, {
        expected: `${FEWEST_WORDS} words or more`,
        found: quantity(entry.words, "word"),
        fix: `tell below "${entry.heading}" what ${version} changes for those who use it`,
        measured,
      });
    }
    return pass(`${changelog}: ${entry.heading}, ${entry.words} words`, measured);
  },
});
