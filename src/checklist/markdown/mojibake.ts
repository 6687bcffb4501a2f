/** Encodings in which UTF-8 is most often misread on its way into a repository. */
const ENCODINGS = ["windows-1252", "windows-1254", "macintosh"] as const;
export type MisreadAs = (typeof ENCODINGS)[number];

export interface Repair {
  readonly text: string;
  /** Undefined: nothing had to be repaired. */
  readonly misreadAs: MisreadAs | undefined;
  /** Characters that were put right. */
  readonly repaired: number;
}

/** How often a text may have been misread one time on top of another. */
const MOST_TIMES = 3;

/**
 * Puts UTF-8 right that was read as another encoding and saved again ("âœ…" for a tick). Only sequences that are
 * valid UTF-8 and give a plausible character are touched: a text that was never misread stays as it is. Lines stay
 * where they are.
 */
export function repairMojibake(text: string): Repair {
  let repair: Repair = { text, misreadAs: undefined, repaired: 0 };
  for (let time = 0; time < MOST_TIMES; time++) {
    const runs = [...new Set(repair.text.match(RUN))];
    const best = ENCODINGS.map((encoding) => repairFrom(repair.text, { encoding, runs })).reduce((a, b) =>
      b.repaired > a.repaired ? b : a,
    );
    if (best.repaired === 0) break;
    repair = {
      ...best,
      misreadAs: repair.misreadAs ?? best.misreadAs,
      repaired: repair.repaired + best.repaired,
    };
  }
  return repair;
}

function repairFrom(
  text: string,
  { encoding, runs }: { readonly encoding: MisreadAs; readonly runs: readonly string[] },
): Repair {
  const bytes = bytesOf(encoding);
  const read = runs.map((run) => piecesOf(run, bytes));
  const found = read.flat();
  if (found.every(({ kind }) => kind === "as it is")) return { text, misreadAs: encoding, repaired: 0 };
  const isCertain = found.some(({ kind }) => kind === "certain") || read.some(isWord);
  let repaired = 0;
  const fixed = text.replace(RUN, (run) => {
    const pieces = piecesOf(run, bytes);
    return pieces
      .map((piece, index) => {
        const beside = [pieces[index - 1], pieces[index + 1]];
        const isBelieved =
          piece.kind === "certain" ||
          (piece.kind === "likely" && (isCertain || beside.some((each) => each && each.kind !== "as it is")));
        repaired += isBelieved ? 1 : 0;
        return isBelieved ? piece.meant : piece.text;
      })
      .join("");
  });
  return { text: fixed, misreadAs: encoding, repaired };
}

/** So many side by side come about by no accident: a word of Korean or Arabic. */
const WORD = 3;

function isWord(pieces: readonly Piece[]): boolean {
  return pieces.some((_piece, at) => {
    const word = pieces.slice(at, at + WORD);
    return word.length === WORD && word.every(({ kind }) => kind !== "as it is");
  });
}

/** No character of another encoding is a single one of ours. */
const RUN = /[\u0080-\uFFFF]{2,}/g;

interface Piece {
  readonly text: string;
  readonly meant: string;
  /** "likely": two or three characters that might stand side by side in an ordinary text. */
  readonly kind: "certain" | "likely" | "as it is";
}

function piecesOf(run: string, bytes: ReadonlyMap<string, number>): Piece[] {
  const pieces: Piece[] = [];
  for (let at = 0; at < run.length; ) {
    const found = characterAt(run, at, bytes);
    const text = run.slice(at, at + (found?.length ?? 1));
    const isCertain = CERTAIN_LEADS.has(bytes.get(run[at] ?? "") ?? 0);
    pieces.push(
      found
        ? { text, meant: found.text, kind: isCertain ? "certain" : "likely" }
        : { text, meant: text, kind: "as it is" },
    );
    at += text.length;
  }
  return pieces;
}

/** First bytes of accented Latin letters, punctuation and emoji: what they turn into no language writes. */
const CERTAIN_LEADS: ReadonlySet<number> = new Set([0xc2, 0xc3, 0xe2, 0xef, 0xf0]);

/** The character whose UTF-8 bytes stand at this place, each as a character of the other encoding. */
function characterAt(
  run: string,
  at: number,
  bytes: ReadonlyMap<string, number>,
): { text: string; length: number } | undefined {
  const lead = bytes.get(run[at] ?? "");
  const length = lead === undefined ? 0 : sequenceLength(lead);
  if (length < 2 || at + length > run.length) return undefined;
  let code = (lead ?? 0) & (0xff >> (length + 1));
  for (let next = 1; next < length; next++) {
    const byte = bytes.get(run[at + next] ?? "");
    if (byte === undefined || (byte & 0xc0) !== 0x80) return undefined;
    code = (code << 6) | (byte & 0x3f);
  }
  if (code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff)) return undefined;
  const text = String.fromCodePoint(code);
  return isPlausible(code, text, length) ? { text, length } : undefined;
}

function sequenceLength(lead: number): number {
  if (lead >= 0xc2 && lead <= 0xdf) return 2;
  if (lead >= 0xe0 && lead <= 0xef) return 3;
  return lead >= 0xf0 && lead <= 0xf4 ? 4 : 0;
}

/** Latin with accents, Greek and Cyrillic, Hebrew, Arabic. */
const TWO_BYTES = [
  [0xa0, 0x24f],
  [0x370, 0x52f],
  [0x5d0, 0x5ea],
  [0x60c, 0x6d2],
] as const;

/**
 * Two characters that happen to stand side by side ("ß“" at the end of a quotation) decode to something too, but to
 * something that stands in no checklist.
 */
function isPlausible(code: number, text: string, length: number): boolean {
  if (length === 2) return TWO_BYTES.some(([from, to]) => code >= from && code <= to);
  if (length === 3) return code >= 0x800 && (/\p{L}|\p{S}|\p{P}|\p{Zs}|\p{N}/u.test(text) || isJoiner(code));
  return code >= 0x10000 && /\p{Extended_Pictographic}|\p{S}|\p{L}|\p{N}|\p{Emoji}/u.test(text);
}

function isJoiner(code: number): boolean {
  return (
    code === 0xfe0f ||
    code === 0xfe0e ||
    (code >= 0x200b && code <= 0x200f) ||
    code === 0xfeff ||
    code === 0x20e3
  );
}

const TABLES = new Map<MisreadAs, ReadonlyMap<string, number>>();

function bytesOf(encoding: MisreadAs): ReadonlyMap<string, number> {
  const known = TABLES.get(encoding);
  if (known) return known;
  const decoder = new TextDecoder(encoding);
  const table = new Map<string, number>();
  for (let byte = 0x80; byte <= 0xff; byte++) {
    table.set(decoder.decode(Uint8Array.of(byte)), byte);
    // Strict tables leave some bytes undefined; readers then keep them as control characters.
    if (byte < 0xa0 && !table.has(String.fromCharCode(byte))) table.set(String.fromCharCode(byte), byte);
  }
  TABLES.set(encoding, table);
  return table;
}
