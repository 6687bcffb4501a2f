import { deserialize, serialize } from "node:v8";
import { type Answerer, aroundOf } from "./binder/ask-index.ts";
import { createReader } from "./binder/binding-line.ts";
import { type Readings, readSenses } from "./binder/words.ts";
import { bagOf } from "./classifier/bag.ts";
import { PERSON } from "./classifier/classifier.ts";
import { train } from "./classifier/train.ts";
import { type TrainingFiles, trainingLines } from "./classifier/training-lines.ts";
import type { Weights } from "./classifier/weights.ts";
import { type Dictionary, dictionary, useDictionary } from "./vocabulary/dictionary.ts";

/**
 * What does not change from one import to the next, made when the package is built: to read all words and all asks
 * takes longer than to bind most lists, and to learn from labelled lines longer still.
 */
export interface Prepared {
  readonly dictionary: Dictionary;
  /** From an ask, or what stands around one, to what its words mean. */
  readonly readings: Readings;
  /** What lines in which words ask for. */
  readonly weights: Weights;
}

export function prepare(answerers: readonly Answerer[], files: TrainingFiles): Prepared {
  const texts = answerers.flatMap((each) => [...each.asks, aroundOf(each)]);
  return {
    dictionary: dictionary(),
    readings: new Map(texts.map((text) => [text, readSenses(text)])),
    weights: learn(answerers, files),
  };
}

/** Learns from labelled lines, and from every ask as a line that asks for its answerer. */
function learn(answerers: readonly Answerer[], files: TrainingFiles): Weights {
  const read = createReader();
  const ids = answerers.map(({ id }) => id);
  const asked = answerers.flatMap(({ id, asks }) =>
    [...new Set(asks)].map((text) => ({
      bag: bagOf(read({ text, path: [] })),
      classes: new Map([[id, 1]]),
      isAsk: true,
    })),
  );
  return train([...ids, PERSON], [...asked, ...trainingLines(files, read, new Set(ids))]);
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
