import { parseDuration } from "../../../model/duration.ts";
import type { VariableType } from "../../../model/variable.ts";

const BOOLEANS = new Set(["true", "false", "1", "0", "yes", "no", "on", "off"]);

/** What a value of this type looks like, for people. */
export function describeType(is: VariableType): string {
  switch (is.type) {
    case "string":
      return [
        "text",
        is.minLength === undefined ? "" : ` of at least ${is.minLength} characters`,
        is.pattern === undefined ? "" : ` matching ${is.pattern}`,
      ].join("");
    case "url":
      return `an absolute URL${is.protocols ? ` with ${is.protocols.map(withoutColon).join(" or ")}://` : ""}`;
    case "integer":
      return `a whole number${range(is.min, is.max)}`;
    case "port":
      return "a port from 1 to 65535";
    case "boolean":
      return "true or false";
    case "enum":
      return `one of ${is.values.join(", ")}`;
    case "duration":
      return "a duration such as 500ms, 30s or 15m";
    case "hex":
      return `hexadecimal digits${is.lengthBytes === undefined ? "" : ` of exactly ${is.lengthBytes} bytes`}`;
  }
}

/** What is wrong with a value; undefined when nothing is. Never a part of the value itself. */
export function whyNot(is: VariableType, text: string): string | undefined {
  switch (is.type) {
    case "string":
      if (is.minLength !== undefined && text.length < is.minLength) return `only ${text.length} characters`;
      if (is.pattern !== undefined && !new RegExp(is.pattern, "u").test(text)) return "another form";
      return undefined;
    case "url":
      return whyNotUrl(text, is.protocols);
    case "integer":
      return whyNotInteger(text, is.min, is.max);
    case "port":
      return whyNotInteger(text, 1, 65_535);
    case "boolean":
      return BOOLEANS.has(text.toLowerCase()) ? undefined : "another word";
    case "enum":
      if (is.values.includes(text)) return undefined;
      return is.values.some((each) => each.toLowerCase() === text.trim().toLowerCase())
        ? "the right word in another spelling (capitals or spaces)"
        : "another word";
    case "duration":
      return parseDuration(text) === undefined ? "no number with a unit" : undefined;
    case "hex":
      return whyNotHex(text, is.lengthBytes);
  }
}

function whyNotUrl(text: string, protocols: readonly string[] | undefined): string | undefined {
  const url = URL.parse(text);
  if (!url) return text.includes("://") ? "a URL that cannot be parsed" : "no scheme such as https://";
  if (protocols && !protocols.map(withoutColon).includes(withoutColon(url.protocol))) {
    return "a URL with another scheme";
  }
  return undefined;
}

function whyNotInteger(text: string, min?: number, max?: number): string | undefined {
  if (!/^[+-]?\d+$/.test(text)) return "not a whole number";
  const number = Number(text);
  if (min !== undefined && number < min) return "a smaller number";
  if (max !== undefined && number > max) return "a larger number";
  return undefined;
}

function whyNotHex(text: string, lengthBytes: number | undefined): string | undefined {
  if (!/^[0-9a-f]*$/i.test(text)) return "other characters than 0-9 and a-f";
  if (lengthBytes !== undefined && text.length !== lengthBytes * 2) return `${text.length / 2} bytes`;
  return undefined;
}

function withoutColon(protocol: string): string {
  return protocol.replace(/:(\/\/)?$/, "");
}

function range(min?: number, max?: number): string {
  if (min !== undefined && max !== undefined) return ` from ${min} to ${max}`;
  if (min !== undefined) return `, at least ${min}`;
  return max === undefined ? "" : `, at most ${max}`;
}
