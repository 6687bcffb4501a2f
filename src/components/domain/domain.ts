import { defineComponent } from "../../model/component.ts";
import * as aliases from "./alias-checks.ts";
import { apexWww } from "./apex-checks.ts";
import * as hosts from "./host-checks.ts";
import { domainOptions } from "./options.ts";
import * as zone from "./zone-checks.ts";

/** The names users reach the application by. */
export const domain = defineComponent({
  kind: "domain",
  summary: "Names in the DNS: that they resolve, everywhere alike, and who may issue certificates for them.",
  options: domainOptions,
  variables: () => [],
  checks: [...Object.values(hosts), ...Object.values(aliases), ...Object.values(zone), apexWww],
});
