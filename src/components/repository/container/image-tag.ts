/**
 * How firmly an image is named. "given": whoever builds or deploys says which. "own": another stage, or an empty
 * image. A tag moves with each release below what it names: "24" with every 24.x.
 */
export type Firmness = "digest" | "version" | "major only" | "no version" | "no tag" | "latest" | "given";

export function firmnessOf(image: string): Firmness {
  if (/@sha256:[0-9a-f]{64}$/.test(image)) return "digest";
  if (/\$\{?\w/.test(image)) return "given";
  const tag = /:([^:/@]+)$/.exec(image)?.[1];
  if (tag === undefined) return "no tag";
  if (/^(latest|stable|edge|nightly|main|master|dev|current|lts)$/.test(tag)) return "latest";
  // The rest of "22-alpine3.21" is the version of something else.
  if (/^v?\d+-[a-z]/i.test(tag) && !/\d{6,}|-\d{4}-\d{2}|-(sha-)?[0-9a-f]{7,40}$/.test(tag))
    return "major only";
  if (/\d+[._]\d+|\d{6,}|^(sha-)?[0-9a-f]{7,40}$|^[\w.]+-\d{4}-\d{2}/.test(tag)) return "version";
  return /\d/.test(tag) ? "major only" : "no version";
}
