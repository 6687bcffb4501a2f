import { defineComponent } from "../../model/component.ts";
import { dependenciesVulnerable } from "./advisory/checks.ts";
import { releaseNoted } from "./changelog/checks.ts";
import { ciTests } from "./ci/checks.ts";
import { todoBlockers } from "./code/checks.ts";
import { buildGreen } from "./command/build-check.ts";
import { lintGreen, testGreen, typesGreen } from "./command/checks.ts";
import { cleanAndPushed } from "./commit/checks.ts";
import { imagePinned } from "./container/image-check.ts";
import { userNonRoot } from "./container/user-check.ts";
import { testCoverage } from "./coverage/checks.ts";
import { debugOutputAbsent } from "./debug/checks.ts";
import { installScripts, lockfileInSync } from "./dependency/checks.ts";
import { documentPresent } from "./document/checks.ts";
import { asksForDocuments } from "./document/document-asks.ts";
import { licencesAllowed } from "./licence/checks.ts";
import { repositoryOptions } from "./options.ts";
import { secretScanTree } from "./secret/checks.ts";
import { secretScanHistory } from "./secret/history-checks.ts";
import { todoAbsent } from "./todo/checks.ts";
import { actionsPinned, workflowInjection } from "./workflow/checks.ts";

/** Every launch has it with its default options; a declaration of its own sets them. */
export const repository = defineComponent({
  kind: "repository",
  summary: "The code as it is in git: committed, tested, locked, and free of credentials.",
  options: repositoryOptions,
  variables: () => [],
  checks: [
    secretScanTree,
    secretScanHistory,
    cleanAndPushed,
    testGreen,
    lintGreen,
    lockfileInSync,
    installScripts,
    dependenciesVulnerable,
    todoBlockers,
    workflowInjection,
    actionsPinned,
    debugOutputAbsent,
    documentPresent,
    ciTests,
    buildGreen,
    typesGreen,
    testCoverage,
    releaseNoted,
    todoAbsent,
    imagePinned,
    userNonRoot,
    licencesAllowed,
  ],
  answers: ({ documents }) => {
    const asks = asksForDocuments(documents);
    return asks.length === 0 ? [] : [{ check: documentPresent.id, asks }];
  },
});
