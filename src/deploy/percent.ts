/** "5.0 %" of a fraction; two digits below one percent. */
export function percent(fraction: number): string {
  return `${(100 * fraction).toFixed(fraction < 0.01 ? 2 : 1)} %`;
}
