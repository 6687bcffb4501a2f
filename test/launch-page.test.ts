import { expect, test } from "vitest";
import { declarationsIn, shapesOf } from "../scripts/declared-members.ts";
import { launchPage } from "../scripts/launch-page.ts";

test("the page of the launch tells every field with its type, what holds without it, and its words", () => {
  const page = launchPage();
  for (const row of [
    '- `deploy.bake` (duration): How long a new release is watched after the switch. Default "1m".',
    '- `environments.<name>.allows` (list of "read" or "active" or "drill"): What checks may do',
    "- `people.roles` (list of text by name): Who may sign as what",
    "- `promises.availability` (percentage or percentage by duration): Over 30 days",
    "- `alerts.routes[].to` (list of text, required): Names of channels",
    '- `watch.probes.<name>` as `{ type: "tls", host?, port?, daysLeft? }`: Down when the certificate ends',
    "- `deploy.rollbackOn[]` as `{ component }`: A blocking check of the component fails.",
    "- `store.postgres` (text, required): The variable with its address",
    "- `backups.keep.daily` (number): Default 7.",
    "- `statusPage.components` (list of text by name): Names users know",
  ]) {
    expect(page).toContain(row);
  }
});

test("fields are read from declarations, whatever stands in their words", () => {
  const source = `/** Not this. */
export interface Outer {
  /**
   * Two lines; a brace }
   * and "a text".
   */
  readonly list?: readonly { readonly of: "a;}" | Inner }[];
  readonly plain: string;
}
type Inner = { readonly deep: number };`;
  const declarations = declarationsIn([source]);
  const [outer] = shapesOf("Outer", declarations);
  expect(outer?.members.map(({ name, optional, says }) => [name, optional, says])).toEqual([
    ["list", true, 'Two lines; a brace } and "a text".'],
    ["plain", false, ""],
  ]);
  const inside = shapesOf(outer?.members[0]?.type ?? "", declarations);
  expect(inside.map(({ members }) => members.map(({ name }) => name))).toEqual([["of"]]);
  expect(shapesOf('"a" | Inner', declarations).flatMap(({ members }) => members)).toHaveLength(1);
});
