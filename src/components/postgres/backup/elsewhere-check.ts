import { defineCheck } from "../../../model/check.ts";
import { fail, notApplicable, pass, warn } from "../../../model/outcome.ts";
import { quantity } from "../../../model/quantity.ts";
import { ways } from "../../../model/ways.ts";
import { UNDECLARED } from "./checks.ts";
import { awayWords, databaseBackups } from "./facts.ts";

export const backupElsewhere = defineCheck({
  id: "postgres.backup.offsite-encrypted",
  title: "The newest backup is encrypted and also lies where the machine's loss does not reach",
  consequence: "The disk, the provider or an intruder that takes the database takes its backups as well.",
  severity: "blocker",
  phase: "production",
  freshFor: "1d",
  every: "1h",
  asks: ways(`
    backups stored off-site | backups copied to s3 | backups encrypted
    backups stored offsite | backups stored in S3 | backups in cloud storage | offsite copy of the backups
    remote backup copy | backups offsite | pg_dump to S3 | backups in object storage
    backup copy in another location | backups leave the server
    encrypt backups | backup encrypted | Backup storage separate from server | backup storage configured
    backups encrypted at rest | backups uploaded to S3
    backups uploaded to object storage | backup files encrypted
    backups stored securely | backups sent to an S3 bucket | offsite copy encrypted
    dumps kept somewhere other than the database server
    offsite backup in Backblaze | backup copy outside the server | off-site backup location
  `),
  source: "https://www.cisa.gov/sites/default/files/publications/data_backup_options.pdf",
  needs: { backups: databaseBackups },
  run: ({ backups }, { component, environment }) => {
    if (environment.stage !== "production") return notApplicable("its data can be made again");
    if (!backups) return UNDECLARED;
    const { places, newest, policy, isKeyHere } = backups;
    const elsewhere = places.filter(({ isElsewhere }) => isElsewhere);
    if (elsewhere.length === 0) {
      return fail("every backup lies on the machine whose loss it is for", {
        expected: "a destination elsewhere",
        found: places.map(({ name, label }) => `${name}: ${label}`).join(", "),
        fix: 'backups: { destinations: { offsite: s3({ bucket: "..." }) } }',
      });
    }
    const away = elsewhere.filter(({ unreachable }) => unreachable !== undefined);
    if (away.length > 0) {
      return fail(awayWords(away), {
        expected: "every destination answers",
        found: awayWords(away),
        fix: `mend its address or its credentials, then gonogo backup --env ${environment.name}`,
      });
    }
    const copies = elsewhere.flatMap((place) =>
      place.backups.flatMap((backup) => (backup.id === newest?.id ? [{ place, backup }] : [])),
    );
    const whole = copies.find(({ backup }) => backup.damage.length === 0)?.place;
    if (!newest || copies.length === 0) {
      return fail(`the newest backup of ${component} is not elsewhere`, {
        expected: `${newest?.id ?? "a backup"} in ${elsewhere.map(({ name }) => name).join(" or ")}`,
        found: newest ? `only in ${newest.place}` : "no backup",
        fix: `gonogo backup --env ${environment.name} brings it there`,
      });
    }
    if (!whole) {
      const problems = copies.flatMap(({ place, backup }) =>
        backup.damage.map(({ kind, what }) => `${place.name}: ${kind}: ${what}`),
      );
      return fail(`${newest.id} is damaged where it lies elsewhere`, {
        expected: "every object there as it was written",
        found: problems.join("; "),
        fix: `gonogo backup --env ${environment.name}`,
        findings: problems,
      });
    }
    if (isKeyHere) {
      return warn("the key that opens the backups lies beside the project", {
        expected: "recipients whose private keys are kept elsewhere",
        found: "a pair of keys that Gonogo made on this machine",
        fix: 'age-keygen -o key.txt, keep it safe, and declare backups: { recipients: ["age1..."] }',
      });
    }
    return pass(
      `${newest.id} in ${whole.name}, sealed with age to ${quantity(policy.recipients.length, "recipient")}, ${whole.backups.length} kept`,
      { kept: whole.backups.length, recipients: policy.recipients.length },
    );
  },
});
