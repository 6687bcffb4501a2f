import { UserError } from "../../../model/errors.ts";
import type { ReportRecord } from "../contracts/report.ts";

export const REPORT_FORMATS = ["markdown", "html", "json"] as const;

/** One report in the format asked for. Throws UserError on a format there is not. */
export async function renderReport(report: ReportRecord, format: string): Promise<string> {
  switch (format) {
    case "markdown":
      return (await import("./markdown.ts")).reportMarkdown(report);
    case "html":
      return (await import("./html.ts")).reportHtml(report);
    case "json":
      return (await import("../json.ts")).json(report);
    default:
      throw new UserError(`there is no format "${format}"`, { fix: `one of: ${REPORT_FORMATS.join(", ")}` });
  }
}
