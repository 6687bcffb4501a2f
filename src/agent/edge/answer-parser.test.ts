import fc from "fast-check";
import { expect, test } from "vitest";
import { type AnswerHead, createAnswerParser, MalformedAnswer } from "./answer-parser.ts";

interface Parsed {
  readonly head: AnswerHead | undefined;
  readonly body: string;
  readonly complete: boolean;
  readonly switched: string | undefined;
}

function parse(pieces: readonly Buffer[], method = "GET", ends = false): Parsed {
  let head: AnswerHead | undefined;
  let body = "";
  let lasts = 0;
  let switched: string | undefined;
  const parser = createAnswerParser(method, {
    onHead: (given) => {
      head = given;
    },
    onBody: (chunk, last) => {
      body += chunk.toString("latin1");
      if (last) lasts += 1;
    },
    onSwitch: (given, rest) => {
      head = given;
      switched = rest.toString("latin1");
    },
  });
  for (const piece of pieces) parser.push(piece);
  if (ends) parser.end();
  expect(lasts).toBeLessThanOrEqual(1);
  return { head, body, complete: lasts === 1, switched };
}

const bytes = (text: string): Buffer => Buffer.from(text.replaceAll("\n", "\r\n"), "latin1");

const WHOLE: readonly (readonly [string, string, string, string])[] = [
  ["a length", "GET", "HTTP/1.1 200 OK\nContent-Length: 5\n\nhello", "hello"],
  ["no length at 204", "GET", "HTTP/1.1 204 No Content\n\n", ""],
  ["a length at 304", "GET", "HTTP/1.1 304 Not Modified\nContent-Length: 99\n\n", ""],
  ["a length at HEAD", "HEAD", "HTTP/1.1 200 OK\nContent-Length: 99\n\n", ""],
  [
    "chunks",
    "GET",
    "HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\n3\nabc\nA;x=y\n0123456789\n0\n\n",
    "abc0123456789",
  ],
  [
    "chunks and trailers",
    "GET",
    "HTTP/1.1 200 OK\nTransfer-Encoding: Chunked\n\n1\na\n0\nX-T: 1\nX-U: 2\n\n",
    "a",
  ],
  [
    "chunks beside a length",
    "GET",
    "HTTP/1.1 200 OK\nContent-Length: 9\nTransfer-Encoding: chunked\n\n1\na\n0\n\n",
    "a",
  ],
  [
    "early hints",
    "GET",
    "HTTP/1.1 103 Early Hints\nLink: x\n\nHTTP/1.1 100 Continue\n\nHTTP/1.1 200 OK\nContent-Length: 1\n\na",
    "a",
  ],
  ["no reason", "GET", "HTTP/1.1 200\nContent-Length: 1\n\na", "a"],
];

test.each(WHOLE)("an answer with %s is read whole, however it is cut up", (_, method, text, body) => {
  const all = bytes(text);
  fc.assert(
    fc.property(fc.uniqueArray(fc.nat(all.length)), (cuts) => {
      const edges = [0, ...cuts.toSorted((a, b) => a - b), all.length];
      const pieces = edges.slice(1).map((end, index) => all.subarray(edges[index], end));
      expect(parse(pieces, method)).toMatchObject({ body, complete: true });
    }),
    { numRuns: 60 },
  );
});

test("an answer without a length lasts until the connection ends", () => {
  const all = [bytes("HTTP/1.1 200 OK\n\nhel"), bytes("lo")];
  expect(parse(all)).toMatchObject({ body: "hello", complete: false });
  expect(parse(all, "GET", true)).toMatchObject({ body: "hello", complete: true });
});

test.each([
  "HTTP/1.1 200 OK\nContent-Length: 5\n\nhell",
  "HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\n5\nhello\n",
  "HTTP/1.1 200 OK\nContent-Le",
])("%j that ends there is not complete", (text) => {
  expect(parse([bytes(text)], "GET", true).complete).toBe(false);
});

test.each([
  "HTTP/2 200 OK\n\n",
  "200 OK\n\n",
  "HTTP/1.1 20 OK\n\n",
  "HTTP/1.1 200 OK\nContent-Length: 1\nContent-Length: 2\n\na",
  "HTTP/1.1 200 OK\nContent-Length: 1, 1\n\na",
  "HTTP/1.1 200 OK\nContent-Length: -1\n\n",
  "HTTP/1.1 200 OK\nContent-Length: 0x1\n\na",
  "HTTP/1.1 200 OK\nTransfer-Encoding: gzip\n\na",
  "HTTP/1.1 200 OK\nTransfer-Encoding: chunked\nTransfer-Encoding: identity\n\na",
  "HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\nxyz\n",
  "HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\n1\nab\n",
  "HTTP/1.1 200 OK\nX-A: b\n folded\n\n",
  "HTTP/1.1 200 OK\nX-A : b\n\n",
  "HTTP/1.1 200 OK\nno colon\n\n",
  "HTTP/1.1 200 OK\nContent-Length: 1\n\nabove",
])("%j is refused", (text) => {
  expect(() => parse([bytes(text)])).toThrow(MalformedAnswer);
});

test("a head or a line without an end is refused before it fills the memory", () => {
  const block = Buffer.alloc(16_384, "a");
  expect(() => parse([bytes("HTTP/1.1 200 OK\nX: "), ...Array(8).fill(block)])).toThrow("head too large");
  const chunked = bytes("HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\n1;");
  expect(() => parse([chunked, ...Array(8).fill(block)])).toThrow("line too long");
});

test.each([
  ["HTTP/1.1 200 OK\nContent-Length: 0\n\n", true],
  ["HTTP/1.1 200 OK\nContent-Length: 0\nConnection: Close\n\n", false],
  ["HTTP/1.0 200 OK\nContent-Length: 0\n\n", false],
  ["HTTP/1.0 200 OK\nContent-Length: 0\nConnection: keep-alive\n\n", true],
  ["HTTP/1.1 200 OK\n\n", false],
])("%j: the connection can be used again: %j", (text, persistent) => {
  expect(parse([bytes(text)], "GET", true).head?.persistent).toBe(persistent);
});

test("what follows a switch belongs to the other protocol", () => {
  const { head, switched } = parse([
    bytes("HTTP/1.1 101 Switching Protocols\nUpgrade: websocket\nX-A: b\n\n\x81\x01a"),
  ]);
  expect(switched).toBe("\x81\x01a");
  expect(head?.headers).toEqual(["X-A", "b"]);
});
