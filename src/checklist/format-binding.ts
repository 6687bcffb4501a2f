import type { Binding, Parameters } from "./binding.ts";

/** The words between `<!-- gonogo:` and `-->`, such that reading them gives the binding again. */
export function formatBinding(binding: Binding): string {
  switch (binding.by) {
    case "none":
      return `none ${quote(binding.why)}`;
    case "person":
      return `sign-off${formatParameters(binding.parameters)}`;
    case "drill":
      return `drill ${binding.drill.replace(/^drill\./, "")}${formatParameters(binding.parameters)}${behind(binding.signed)}`;
    case "checks":
      return binding.checks
        .map(({ check, component, parameters }) => {
          const place = component === undefined ? "" : `${component}/`;
          return `${place}${check}${formatParameters(parameters)}`;
        })
        .join(", ")
        .concat(behind(binding.signed));
  }
}

function behind(signed: Parameters | undefined): string {
  return signed === undefined ? "" : `, sign-off${formatParameters(signed)}`;
}

function formatParameters(parameters: Parameters): string {
  const pairs = Object.entries(parameters).map(([name, value]) => `${name}=${quoteIfNeeded(value)}`);
  return pairs.length === 0 ? "" : ` (${pairs.join(", ")})`;
}

function quoteIfNeeded(value: string): string {
  return /^[\w./:%+~@;&#$!?*]+(?:-[\w./:%+~@;&#$!?*]+)*$/.test(value) ? value : quote(value);
}

/** What would end the comment, the table cell or the line is written as its code: "\x3e". */
function quote(text: string): string {
  const escaped = text.replace(/["\\|<>`\u2028\u2029\uFFFD]|\p{Cc}|-(?=-|$)|^-/gu, (character) => {
    const code = character.charCodeAt(0);
    return code < 256
      ? `\\x${code.toString(16).padStart(2, "0")}`
      : `\\u${code.toString(16).padStart(4, "0")}`;
  });
  return `"${escaped}"`;
}
