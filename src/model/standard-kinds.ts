/** Components that every launch has, with their default options, whether or not its declaration says a word on them. */
export const STANDARD_KINDS: readonly string[] = ["variables", "repository", "host", "watch"];
