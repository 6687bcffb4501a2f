/** Lists of numbers, one behind the other: the one at place `at` lies from `starts[at]` to `starts[at + 1]`. */
export interface FlatLists {
  readonly starts: Uint32Array;
  readonly numbers: Uint32Array;
}

export function flatLists(lists: readonly (readonly number[])[]): FlatLists {
  const starts = new Uint32Array(lists.length + 1);
  for (const [at, { length }] of lists.entries()) starts[at + 1] = (starts[at] ?? 0) + length;
  return { starts, numbers: Uint32Array.from(lists.flat()) };
}

export function listAt({ starts, numbers }: FlatLists, place: number): Uint32Array {
  return numbers.subarray(starts[place], starts[place + 1]);
}
