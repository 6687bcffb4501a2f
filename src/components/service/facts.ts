import { headerValue } from "../../facts/http/headers.ts";
import { defineFact, NotObserved } from "../../model/fact.ts";
import { objectIn } from "../../model/json.ts";
import type { ServiceOptions } from "./options.ts";
import { VENDORS } from "./vendors.ts";

/** How the vendor answered this environment's own credential. Never the answer itself. */
export interface VendorAnswer {
  readonly host: string;
  readonly status: number;
  readonly tookMs: number;
  /** Whether it has the shape the vendor publishes. */
  readonly isShaped: boolean;
  readonly limit: number | undefined;
  readonly left: number | undefined;
  readonly scopes: readonly string[] | undefined;
}

export const vendorAnswer = defineFact<VendorAnswer, ServiceOptions>({
  id: "service.answer",
  access: "read",
  reach: "environment",
  attempts: 2,
  sends: "1 request to the vendor with this environment's own credential; it changes nothing",
  async collect({ subject, doors, signal }) {
    const vendor = VENDORS[subject.options.vendor];
    const value = (name: string): string => {
      const found = subject.variables.values.get(name)?.value.reveal().trim().replace(/\/$/, "");
      const real = name === vendor.address.variable ? vendor.address.real : undefined;
      if (!found && !real) throw new NotObserved(`${name} is not set`);
      return found || real || "";
    };
    const asked = vendor.ask(value, doors.clock.now());
    if (!URL.canParse(asked.url)) throw new NotObserved(`${vendor.address.variable} is no URL`);
    const answer = await doors.http.send({ ...asked, timeoutMs: 8_000, signal });
    const body = objectIn(answer.body);
    const figure = (name: string | undefined): number | undefined => {
      const text = name === undefined ? undefined : headerValue(answer.headerLines, name);
      return text === undefined || !/^\d+$/.test(text) ? undefined : Number(text);
    };
    return {
      host: new URL(asked.url).host,
      status: answer.status,
      tookMs: Math.round(answer.tookMs),
      isShaped: body !== undefined && vendor.isAnswer(body),
      limit: figure(vendor.limits?.limit),
      left: figure(vendor.limits?.left),
      scopes: body && vendor.scopesOf?.(body),
    };
  },
});
