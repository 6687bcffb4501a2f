import { defineComponent } from "../../model/component.ts";
import * as checks from "./checks.ts";
import { mailOptions } from "./options.ts";

/** Mail the application sends, as receivers judge it. */
export const mail = defineComponent({
  kind: "mail",
  summary: "Mail the application sends: SPF, DKIM, DMARC and where answers go.",
  options: mailOptions,
  variables: () => [],
  checks: Object.values(checks),
});
