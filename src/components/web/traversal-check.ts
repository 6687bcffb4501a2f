import { listed } from "../../facts/http/advice.ts";
import { defineCheck } from "../../model/check.ts";
import { fail, pass } from "../../model/outcome.ts";
import { ways } from "../../model/ways.ts";
import { webTraversal } from "./traversal.ts";

export const pathTraversal = defineCheck({
  id: "probe.path-traversal",
  title: "No path leads out of the folders that are served",
  consequence: "Anybody reads the source, its secrets and the machine's files with a browser.",
  severity: "blocker",
  phase: "staging",
  freshFor: "7d",
  asks: ways(`
    no path traversal | path traversal tested | directory traversal tested | no directory traversal
    ../ does not leave the public folder | ../../etc/passwd refused | encoded ../ refused | dot-dot-slash attacks
    static files cannot leave the root | static file server without path traversal | Path-Traversal geprüft
    salto de directorio | no directory traversal in static files | encoded dot-dot paths return 404
    traversée de répertoire | travessia de diretório | dizin geçişi
    file paths from users validated | user-supplied paths cannot leave the folder
    file names from users cannot contain ../ | download paths cannot leave the upload folder
  `),
  source: "CWE-22; https://owasp.org/www-community/attacks/Path_Traversal",
  needs: { traversal: webTraversal },
  run({ traversal: { out, places, requests } }, { component }) {
    const measured = { requests, ledOut: out.length };
    const [first] = out;
    if (!first) return pass(`${requests} ways out of ${listed(places)} lead nowhere`, measured);
    const isQuery = first.where.includes("?");
    const isAlias = !first.path.startsWith(first.where) && !isQuery;
    return fail(`${first.where} hands out ${first.what}`, {
      expected: "400, 403 or 404",
      found: listed(out.map(({ path, what }) => `GET ${path}: ${what}`)),
      fix: isAlias
        ? `end the location with a slash where its alias does (nginx: location ${first.where} { alias .../; })`
        : `in ${component}: decode ${isQuery ? "the parameter" : "the path"} once, resolve it, and serve the file only when path.resolve(root, name) still begins with root + "/"; then replace every secret that could be read`,
      findings: [...new Set(out.map(({ where, what }) => `${where}: ${what}`))],
      measured,
    });
  },
});
