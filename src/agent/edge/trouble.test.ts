import { expect, test } from "vitest";
import { createTroubleTeller, type EdgeTrouble } from "./trouble.ts";

test("of one kind at most one a second is told, with how many it stands for", () => {
  let now = 0;
  const told: EdgeTrouble[] = [];
  const tell = createTroubleTeller((trouble) => told.push(trouble), { monotonicMs: () => now });
  const refused = { release: "r1", what: "upstream refused", port: 1, method: "GET", path: "/" } as const;
  for (now = 0; now < 2_500; now += 100) tell(refused);
  tell({ ...refused, port: 2 });
  expect(told.map(({ port, times }) => [port, times])).toEqual([
    [1, 1],
    [1, 10],
    [1, 10],
    [2, 1],
  ]);
});
