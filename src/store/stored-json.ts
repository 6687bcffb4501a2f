/** What a column holds; undefined when it is no JSON: one bad row never takes the others with it. */
export function storedJson<Value>(text: string): Value | undefined {
  try {
    return JSON.parse(text) as Value;
  } catch {
    return undefined;
  }
}
