/** A named person's statement for an item no machine can answer. Times are milliseconds since 1970 UTC. */
export interface SignOff {
  readonly environment: string;
  readonly item: string;
  readonly by: string;
  readonly at: number;
  readonly until: number;
  /** A sentence, the name of a file or an address. */
  readonly evidence: string;
  /** Who did what is signed, where that is known. */
  readonly doneBy?: string;
  /** `Item.subject` as it was. */
  readonly subject?: string;
  /** What was live. */
  readonly release?: string;
  /** The code of the project then, as `Release.commit`. */
  readonly commit?: string;
  /** The evidence as a file, kept as it was. */
  readonly attachment?: Attachment;
}

export interface Attachment {
  readonly name: string;
  /** Hexadecimal. */
  readonly sha256: string;
  readonly sizeBytes: number;
}

/** A named person accepts one finding until a date; the check still runs. */
export interface Waiver {
  readonly environment: string;
  /** As `findingFingerprint` gives it. */
  readonly finding: string;
  readonly by: string;
  readonly at: number;
  readonly until: number;
  readonly reason: string;
}

/** The waiver that holds for a finding now, if there is one. `at` is milliseconds since 1970 UTC. */
export function waiverFor(
  finding: string,
  waivers: readonly Waiver[],
  now: { readonly environment: string; readonly at: number },
): Waiver | undefined {
  return waivers.find(
    (each) =>
      each.finding === finding &&
      each.environment === now.environment &&
      each.at <= now.at &&
      now.at < each.until,
  );
}

/** Names as people type them: blanks, case, accents' composition and what nobody sees do not make another person. */
export function isSamePerson(a: string, b: string): boolean {
  const plain = (name: string): string => visible(name.normalize("NFKC")).replace(/\s+/g, " ").toLowerCase();
  return plain(a) === plain(b);
}

/** Without characters that take no place (Unicode's Cf and Cc), and without blanks around it. */
export function visible(name: string): string {
  return name.replace(/[\p{Cf}\p{Cc}]/gu, "").trim();
}
