import { defineComponent } from "../../model/component.ts";
import { filePermissions } from "./file-check.ts";
import { firewallDefaultDeny } from "./firewall-check.ts";
import { portsUndeclared, securityUpdates, startsAtBoot, timeSynchronised } from "./hardening-checks.ts";
import { hostOptions } from "./options.ts";
import { openFilesLimit, serviceNonRoot } from "./process-checks.ts";
import { diskHeadroom, loadHeadroom, memoryHeadroom } from "./room-checks.ts";
import { sizeEnough } from "./size-check.ts";
import { sshdGuarded, sshdNoPassword, sshdNoRoot } from "./sshd-checks.ts";
import { logsRotation, rebootRequired } from "./upkeep-checks.ts";
import { userKnown } from "./user-check.ts";

/** Every launch has it with its default options; a declaration of its own sets them. */
export const host = defineComponent({
  kind: "host",
  summary:
    "The machine the application runs on: room on the disk, memory, limits, logs, users; a server's logins, ports and updates.",
  options: hostOptions,
  variables: () => [],
  checks: [
    diskHeadroom,
    memoryHeadroom,
    loadHeadroom,
    serviceNonRoot,
    openFilesLimit,
    logsRotation,
    rebootRequired,
    startsAtBoot,
    sshdNoPassword,
    sshdNoRoot,
    sshdGuarded,
    securityUpdates,
    portsUndeclared,
    timeSynchronised,
    firewallDefaultDeny,
    filePermissions,
    sizeEnough,
    userKnown,
  ],
});
