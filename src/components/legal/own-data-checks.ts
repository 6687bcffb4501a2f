import { defineCheck } from "../../model/check.ts";
import { fail, pass, unknown } from "../../model/outcome.ts";
import { quantity } from "../../model/quantity.ts";
import { ways } from "../../model/ways.ts";
import { keptTooLong, ownData } from "./own-data.ts";

const BASE = { severity: "blocker", phase: "staging", freshFor: "7d" } as const;

export const exportWorks = defineCheck({
  ...BASE,
  id: "gdpr.export.works",
  title: "People get out everything that is kept about them",
  consequence: "A request that the law gives a month for cannot be answered.",
  asks: ways(`
    add user data export feature | GDPR data export | right to data portability
    Users can download their data | user data export | GDPR Article 20 | users can export their data
    GDPR export | data portability | data export and deletion | GDPR export and deletion
    users can request a data export | export my data | export all personal data | download my data
    data takeout | GDPR access request | personal data exported as JSON
    data subject request export | download link for my data
  `),
  source: "https://gdpr-info.eu/art-20-gdpr/",
  needs: { data: ownData },
  run({ data: { exported } }) {
    if (!exported.difference) return pass(`the export holds what is declared, ${exported.tookMs} ms`);
    return fail("the export does not hold what it should", {
      ...exported.difference,
      fix: `let "${exported.name}" hand out every table's rows of the person, or correct ownData.export.expect`,
    });
  },
});

export const deleteWorks = defineCheck({
  ...BASE,
  id: "gdpr.delete.works",
  title: "A deleted account is gone, and so is what belonged to it",
  consequence: "Data is kept that people had the right to have deleted.",
  asks: ways(`
    add user account deletion feature | account deletion works | right to erasure | GDPR data deletion
    account deletion and data purge | user account deleted with all data | user data deletion
    Right to be forgotten | GDPR delete request works | right to be forgotten | data deletion endpoint
    data deletion process | deletion of personal data on request | user can delete their account
    account deletion | deletion requests | GDPR Article 17 | data export and deletion
    GDPR export and deletion | erasure request
    deleted account leaves nothing behind
    deletion of user cascades | in-app account deletion | wipe user data
    account erased with its data | delete account and data
    right to erasure tested
    account deletion tested
    deletion of accounts and their data tested
  `),
  source: "https://gdpr-info.eu/art-17-gdpr/",
  needs: { data: ownData },
  run({ data: { removed, stillThere, residue } }) {
    if (removed.difference) {
      return fail("an account cannot be deleted", {
        ...removed.difference,
        fix: `let "${removed.name}" delete the account of whoever asks`,
      });
    }
    const [first] = stillThere;
    if (first?.difference) {
      return fail(`after the deletion, ${first.name} still works`, {
        ...first.difference,
        fix: "end every session of the person and remove their login together with the account",
        findings: stillThere.map(({ name }) => name),
      });
    }
    if (residue === undefined)
      return unknown("nobody says how to count what is left: legal({ ownData: { residue } })");
    if (residue > 0) {
      return fail(`${quantity(residue, "row of a deleted person is", "rows of a deleted person are")} left`, {
        expected: "0",
        found: String(residue),
        fix: "reference the person with on delete cascade, or remove the rows in the same transaction",
        measured: { residue },
      });
    }
    return pass("the account, its sessions and its rows are gone", { residue });
  },
});

export const retentionEnforced = defineCheck({
  ...BASE,
  id: "gdpr.retention.enforced",
  title: "Nothing is kept longer than the privacy page says",
  consequence: "What should have been deleted long ago is in the next leak.",
  severity: "warning",
  every: "1d",
  asks: ways(`
    configure data retention policies | data retention enforced | old data is deleted
    Retention policy enforced | Retention period enforced | records deleted after the retention period
    data is deleted after the retention period | old records purged
    personal data not kept longer than stated
    purge of expired personal data | retention job removes records | data purged after retention
    retention period over, data removed
    expired records removed | retention periods implemented | records older than the limit removed
    data older than the retention period deleted | old personal data deleted automatically
  `),
  source: "https://gdpr-info.eu/art-5-gdpr/",
  needs: { rules: keptTooLong },
  run({ rules }) {
    const old = rules.filter(({ rows }) => rows > 0);
    const [first] = old;
    if (!first)
      return pass(
        `${rules.length} ${rules.length === 1 ? "rule finds" : "rules find"} nothing that is too old`,
      );
    return fail(`${first.name}: ${first.rows} are older`, {
      expected: "0",
      found: old.map(({ name, rows }) => `${name}: ${rows}`).join(", "),
      fix: "delete them by a schedule that runs each day, or say in the privacy page how long they are kept",
      findings: old.map(({ name }) => name),
      measured: { rows: old.reduce((sum, { rows }) => sum + rows, 0) },
    });
  },
});
