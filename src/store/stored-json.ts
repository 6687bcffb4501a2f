import { jsonIn } from "../model/json.ts";

/** What a column holds; undefined when it is no JSON: one bad row never takes the others with it. */
export function storedJson<Value>(text: string): Value | undefined {
  return jsonIn(text) as Value | undefined;
}
