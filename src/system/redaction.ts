import type { Secret } from "../model/secret.ts";

/**
 * Takes a connection address and the credentials inside it out of a library's words, however the library
 * encodes them.
 */
export function redactionOf(address: Secret): (text: string) => string {
  const whole = address.reveal();
  const url = URL.parse(whole);
  const hidden = [whole, url?.password ?? "", decoded(url?.password ?? ""), passwordParameter(url)]
    .filter((text) => text !== "")
    .sort((a, b) => b.length - a.length);
  return (text) => hidden.reduce((rest, each) => rest.replaceAll(each, "[secret]"), text);
}

function passwordParameter(url: URL | null): string {
  return url?.searchParams.get("password") ?? "";
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return "";
  }
}
