import { deserialize, serialize } from "node:v8";
import { type Dictionary, dictionary, useDictionary } from "../vocabulary/dictionary.ts";
import { type Answerer, aroundOf } from "./ask-index.ts";
import { type Readings, readSenses } from "./words.ts";

/**
 * What does not change from one import to the next, read when the package was built: to read all words and all asks
 * takes longer than to bind most lists.
 */
export interface Prepared {
  readonly dictionary: Dictionary;
  /** From an ask, or what stands around one, to what its words mean. */
  readonly readings: Readings;
}

export function prepare(answerers: readonly Answerer[]): Prepared {
  const texts = answerers.flatMap((each) => [...each.asks, aroundOf(each)]);
  return { dictionary: dictionary(), readings: new Map(texts.map((text) => [text, readSenses(text)])) };
}

export function packed(prepared: Prepared): Uint8Array {
  return serialize(prepared);
}

/** Takes the dictionary in use. Throws on bytes that `packed` did not give. */
export function unpacked(bytes: Uint8Array): Prepared {
  const prepared = deserialize(bytes) as Prepared;
  useDictionary(prepared.dictionary);
  return prepared;
}
