import { UserError } from "../../model/errors.ts";
import { bareReport } from "./bare-report.ts";
import { board } from "./board/board.ts";
import type { CheckRecord } from "./contracts/check.ts";

export const CHECK_FORMATS = [
  "text",
  "json",
  "junit",
  "sarif",
  "tap",
  "markdown",
  "html",
  "prometheus",
] as const;

/** One record in the format asked for. Throws UserError on a format there is not. */
export async function renderCheck(
  record: CheckRecord,
  format: string,
  output: { readonly columns: number; readonly colour: boolean; readonly all?: boolean },
): Promise<string> {
  switch (format) {
    case "text":
      return board(record, output);
    case "json":
      return (await import("./json.ts")).json(record);
    case "junit":
      return (await import("./junit.ts")).junit(record);
    case "sarif":
      return (await import("./sarif.ts")).sarif(record);
    case "tap":
      return (await import("./tap.ts")).tap(record);
    case "markdown":
      return (await import("./markdown.ts")).markdown(record);
    case "html":
      return (await import("./report/html.ts")).reportHtml(bareReport(record));
    case "prometheus":
      return (await import("./prometheus.ts")).prometheus(record);
    default:
      throw new UserError(`there is no format "${format}"`, { fix: `one of: ${CHECK_FORMATS.join(", ")}` });
  }
}
