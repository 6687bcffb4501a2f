import { deserialize, serialize } from "node:v8";
import { once } from "../model/once.ts";
import { answerersOf } from "./answerers.ts";
import { type Answerer, aroundOf } from "./binder/answerer.ts";
import { readAsks } from "./binder/ask-table.ts";
import type { ReadBefore } from "./binder/bind.ts";
import { createReader } from "./binder/binding-line.ts";
import { type Readings, readSenses } from "./binder/words.ts";
import { bagOf } from "./classifier/bag.ts";
import { PERSON } from "./classifier/classifier.ts";
import { train } from "./classifier/train.ts";
import { type TrainingFiles, trainingLines } from "./classifier/training-lines.ts";
import type { Weights } from "./classifier/weights.ts";
import type { KnownKinds } from "./known-kinds.ts";
import { type Dictionary, dictionary, useDictionary } from "./vocabulary/dictionary.ts";

/**
 * What does not change from one import to the next, made when the package is built: to read all words and all asks
 * takes longer than to bind most lists, and to learn from labelled lines longer still.
 */
export interface Prepared extends ReadBefore {
  readonly dictionary: Dictionary;
  readonly kinds: KnownKinds;
  /** What lines in which words ask for. */
  readonly weights: Weights;
}

export function prepare(kinds: KnownKinds, files: TrainingFiles): Prepared {
  const answerers = answerersOf(kinds.values());
  const texts = answerers.flatMap((each) => [...each.asks, aroundOf(each)]);
  const readings: Readings = new Map(texts.map((text) => [text, readSenses(text)]));
  return {
    dictionary: dictionary(),
    kinds,
    asks: readAsks(answerers, readings),
    readings: () => readings,
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

/** What asks mean is packed by itself: nobody unpacks it whose asks were all read. */
interface Packed extends Omit<Prepared, "readings"> {
  readonly readings: Uint8Array;
}

export function packed({ readings, ...prepared }: Prepared): Uint8Array {
  return serialize({ ...prepared, readings: serialize(readings()) } satisfies Packed);
}

/** Takes the dictionary in use. Throws on bytes that `packed` did not give. */
export function unpacked(bytes: Uint8Array): Prepared {
  const { readings, ...prepared } = deserialize(bytes) as Packed;
  useDictionary(prepared.dictionary);
  return { ...prepared, readings: once(() => deserialize(readings) as Readings) };
}
