/** Whether "5.1" is older than "5.2.1"; what is not said is 0. */
export function isOlder(version: string, least: string): boolean {
  const [have, want] = [version, least].map((each) => each.split(".").map(Number));
  for (const [index, number] of (want ?? []).entries()) {
    const own = have?.[index] ?? 0;
    if (own !== number) return own < number;
  }
  return false;
}
