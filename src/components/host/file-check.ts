import { defineCheck } from "../../model/check.ts";
import type { HostFile } from "../../model/host.ts";
import { fail, pass, unknown } from "../../model/outcome.ts";
import { quantity } from "../../model/quantity.ts";
import { ways } from "../../model/ways.ts";
import { hostFiles } from "./file-facts.ts";

export const filePermissions = defineCheck({
  id: "host.file.permissions",
  title:
    "Files with secrets are readable by their owner only, and declared folders writable by the application",
  consequence:
    "Any other program on the machine reads the database's password, or an upload fails with EACCES.",
  severity: "warning",
  phase: "production",
  freshFor: "1d",
  every: "1h",
  asks: ways(`
    file permissions set correctly | correct file permissions | .env permissions 600 | chmod 600 .env
    .env file permissions restricted | file permissions configured | storage directory writable
    storage and bootstrap/cache writable | storage/ writable by the web server | upload directory writable
    file and folder permissions correct | media folder writable by the application | directory permissions set
    file ownership and permissions | private keys chmod 600
    storage folder permissions 775 | permissions on the storage folder | log directory writable
    Dateirechte gesetzt | permisos de archivos correctos | permissions des fichiers correctes
    permissões de arquivos | dosya izinleri ayarlandı | storage writable by www-data
    credentials file chmod 600 | service account file readable by its owner only
    key file permissions restricted | secret files readable by the owner only
    folder permissions set for owner and group
    storage directories exist and are writable | config file permissions 0600 | secure file permissions
    permissions of the upload folder | cache directory writable | log folder permissions
    .env readable by the application user only | file permissions of private keys
    TLS private key readable by root only | folder ownership correct | Schreibrechte gesetzt
    Schreibrechte für Upload-Ordner | droits d'écriture sur les dossiers
    permisos de escritura en las carpetas | write permissions on the storage folder
    write permissions on folders | directory permissions (owner, group)
  `),
  source: "https://owasp.org/www-community/vulnerabilities/Incorrect_Permission_Assignment",
  figures: { mode: { quality: "secretMode", keeps: "no wider" } },
  needs: { seen: hostFiles },
  run({ seen: { secret, writable, userId } }) {
    const unseen = [...secret, ...writable].filter(({ is }) => is === "unseen");
    const wrong = [
      ...secret.flatMap((file) => wrongOfSecret(file, userId)),
      ...writable.flatMap(wrongOfFolder),
    ];
    const measured = {
      secret: secret.length,
      writable: writable.length,
      wrong: wrong.length,
      secretMode: widestMode(secret),
    };
    if (wrong.length > 0)
      return fail(
        `${quantity(wrong.length, "path is", "paths are")} not as ${wrong.length === 1 ? "it" : "they"} should be`,
        {
          expected:
            "secrets 0600 or 0640 and owned by the application's user or root; folders that the application, and not everybody, writes to",
          found: wrong.map(({ path, what }) => `${path}: ${what}`).join("; "),
          fix: wrong.map(({ fix }) => fix).join(" && "),
          findings: wrong.map(({ path }) => path),
          measured,
        },
      );
    if (unseen.length > 0)
      return unknown(
        `the agent's user may not enter the folder of ${unseen.map(({ path }) => path).join(", ")}`,
      );
    return pass(
      [
        ...(secret.length > 0 ? [`${quantity(secret.length, "file")} with secrets closed to others`] : []),
        ...(writable.length > 0 ? [`${quantity(writable.length, "folder")} writable by user ${userId}`] : []),
      ].join(", "),
      measured,
    );
  },
});

/** All that any of them allows; null when none was seen. */
function widestMode(files: readonly HostFile[]): string | null {
  const modes = files.flatMap(({ is, mode }) => (is === "file" ? (mode ?? []) : []));
  const all = modes.reduce((wide, mode) => wide | (mode & 0o777), 0);
  return modes.length > 0 ? all.toString(8).padStart(3, "0") : null;
}

interface Wrong {
  readonly path: string;
  readonly what: string;
  readonly fix: string;
}

function wrongOfSecret({ path, whole, is, mode = 0, userId, folder }: HostFile, user: number): Wrong[] {
  const shown = mode.toString(8).padStart(4, "0");
  if (is === "unseen") return [];
  if (is !== "file")
    return [
      {
        path,
        what: is === "missing" ? "is not there" : "is no file",
        fix: `take ${path} out of host({ files: { secret } }) or put the file there`,
      },
    ];
  if ((mode & 0o007) !== 0)
    return [{ path, what: `${shown}, open to every user`, fix: `chmod 600 ${whole}` }];
  if ((mode & 0o030) !== 0)
    return [{ path, what: `${shown}, its group may change it`, fix: `chmod 640 ${whole}` }];
  if (userId !== user && userId !== 0)
    return [{ path, what: `owned by user ${userId}`, fix: `chown ${user} ${whole}` }];
  // Whoever writes to a folder puts another file in the place of this one, but for the sticky bit.
  if (folder && (folder.mode & 0o022) !== 0 && (folder.mode & 0o1000) === 0)
    return [
      {
        path,
        what: `others may replace it: its folder is ${folder.mode.toString(8)}`,
        fix: `chmod go-w $(dirname ${whole})`,
      },
    ];
  return [];
}

function wrongOfFolder({ path, whole, is, mode = 0, isWritable }: HostFile): Wrong[] {
  if (is === "unseen") return [];
  if (is !== "folder")
    return [{ path, what: is === "missing" ? "is not there" : "is no folder", fix: `mkdir -p ${whole}` }];
  if (!isWritable)
    return [
      {
        path,
        what: "the application cannot write to it",
        fix: `chown -R $(id -un) ${whole} && chmod 750 ${whole}`,
      },
    ];
  if ((mode & 0o002) !== 0 && (mode & 0o1000) === 0)
    return [{ path, what: `${mode.toString(8)}, every user writes to it`, fix: `chmod o-w ${whole}` }];
  return [];
}
