import { messageOf, OutsideError } from "../../model/errors.ts";
import { defineFact, Undeclared } from "../../model/fact.ts";
import { STRONG_SUITES, type Suite, WEAK_SUITES } from "./cipher-suites.ts";
import { clientHello, type HelloAnswer, helloAnswer } from "./client-hello.ts";
import type { HttpOptions } from "./options.ts";
import { endOf, httpTls, secureAddress } from "./tls.ts";

export interface OfferedSuites {
  /** Weak suites the server took, in the order of its choice. */
  readonly taken: readonly Suite[];
  /** How many it was offered in all. */
  readonly asked: number;
}

export const httpTlsSuites = defineFact<OfferedSuites, HttpOptions>({
  id: "http.tls-suites",
  access: "read",
  reach: "application",
  timeoutMs: 60_000,
  async collect(context) {
    const { doors, signal } = context;
    const address = await secureAddress(context);
    await context.get(httpTls);
    const { hostname: host, port } = address;
    const offer = async (suites: readonly number[]): Promise<HelloAnswer | undefined> => {
      const send = clientHello(host, suites, doors.random.bytes(32));
      return helloAnswer(await doors.sockets.exchange({ host, port, send, timeoutMs: 5_000, signal }));
    };
    // Strong ones first: silence afterwards must be a refusal, not a server that does not understand the question.
    if (!(await offer(STRONG_SUITES)))
      throw new Error(`${host}:${port} did not answer a TLS 1.2 ClientHello`);
    const taken: Suite[] = [];
    let left = WEAK_SUITES;
    // Each hello shows one suite, the one the server likes best of those that are left.
    while (left.length > 0) {
      const answer = await offer(left.map(({ id }) => id));
      const chosen = left.find(({ id }) => id === answer?.suite);
      if (!chosen) break;
      taken.push(chosen);
      left = left.filter((each) => each !== chosen);
    }
    return { taken, asked: WEAK_SUITES.length };
  },
});

/** RFC 9113 section 3.4: preface, empty SETTINGS; then GOAWAY, so that the server ends the connection. */
const PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";
const SETTINGS = [0, 0, 0, 4, 0, 0, 0, 0, 0];
const GOAWAY = [0, 0, 8, 7, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];

/** Whether a client that offers "h2" in the handshake is then answered in frames of HTTP/2. */
export const httpTwo = defineFact<{ readonly offered: boolean; readonly instead: string }, HttpOptions>({
  id: "http.two",
  access: "read",
  reach: "application",
  async collect(context) {
    const address = await secureAddress(context);
    if (!context.subject.options.http2)
      throw new Undeclared("HTTP/2 is not declared (http2: true), and Gonogo's own edge speaks HTTP/1.1");
    await context.get(httpTls);
    const send = Uint8Array.from([...Buffer.from(PREFACE), ...SETTINGS, ...GOAWAY]);
    const end = { ...endOf(address, context.signal), timeoutMs: 4_000 };
    const answer = await context.doors.sockets
      .exchange({ ...end, tls: true, alpn: ["h2"], send })
      .catch((thrown: unknown) => {
        // RFC 7301 section 3.2: a server without a protocol in common says so in an alert.
        if (thrown instanceof OutsideError && !/did not answer|given up|refused the/.test(messageOf(thrown)))
          return undefined;
        throw thrown;
      });
    const isSettings =
      answer !== undefined && answer.length >= 9 && answer[3] === 4 && answer[5] === 0 && answer[8] === 0;
    const text = Buffer.from(answer ?? []).toString("latin1");
    return {
      offered: isSettings,
      instead:
        /^HTTP\/1\.[01] \d{3}/.exec(text)?.[0] ??
        (answer === undefined ? "h2 is refused in the handshake" : "no frame of HTTP/2"),
    };
  },
});
