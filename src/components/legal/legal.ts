import { defineComponent } from "../../model/component.ts";
import { legalOptions } from "./options.ts";
import { deleteWorks, exportWorks, retentionEnforced } from "./own-data-checks.ts";
import { consentFirst, pagesReachable, processorsListed } from "./page-checks.ts";

/** What the law asks of whoever keeps people's data: the pages, consent, export, deletion, retention. */
export const legal = defineComponent({
  kind: "legal",
  summary: "What the law asks: privacy and terms, consent, who receives data, export, deletion, retention.",
  options: legalOptions,
  variables: () => [],
  checks: [pagesReachable, processorsListed, consentFirst, exportWorks, deleteWorks, retentionEnforced],
});
