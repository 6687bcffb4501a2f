/** The fraction of a percentage as people write it: "99.9%" is 0.999; undefined outside 0..100 or of another form. */
export function parsePercentage(text: string): number | undefined {
  const match = /^(\d+(?:\.\d+)?)%$/.exec(text.trim());
  if (!match || Number(match[1]) > 100) return undefined;
  // 99.9 / 100 is 0.9990000000000001 in binary.
  return Number((Number(match[1]) / 100).toPrecision(12));
}
