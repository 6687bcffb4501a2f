import { defineCheck } from "../../model/check.ts";
import { fail, pass, warn } from "../../model/outcome.ts";
import { ways } from "../../model/ways.ts";
import { listed } from "./advice.ts";
import { httpExposed } from "./exposed.ts";

export const exposedFiles = defineCheck({
  id: "probe.exposed-files",
  title: "No repository, dump, key or settings file is public where they usually lie",
  consequence: "Anyone downloads the code, the data or the credentials.",
  severity: "blocker",
  phase: "staging",
  freshFor: "1d",
  every: "6h",
  asks: ways(`
    .env not exposed | .git not accessible | no sensitive files exposed
    source maps not publicly accessible | .env not publicly accessible | source maps disabled in production
    sensitive files not accessible | no backup files exposed | .git folder not exposed
    .env not accessible from the web | sensitive files not publicly accessible
    no source maps exposed | backup files not exposed
    sensitive files blocked | .htaccess blocks sensitive files | .env is not in the public directory
    .env not served | no dump files in the web root | source maps not served | phpinfo removed
    .env outside the web root | .env access blocked | access to .env denied | hidden files blocked
    dotfiles not served | hidden files not accessible | dotfiles and .git not served
    SQL dumps not downloadable | backup files not downloadable
    deny access to dotfiles | phpinfo not accessible
    .env and .git not reachable from outside | dotfiles blocked | hidden files denied
    repository files not served | database dumps not in the web root
    config files not served by the web server | .DS_Store not served
    dump.sql not publicly available | package.json not served
    .git not served | hidden files and backups blocked | no access to hidden files
    source maps not deployed | source maps not shipped to browsers | .env not reachable over HTTP
    backup files cannot be downloaded | .env not reachable from the internet | no .env in the web root
    phpinfo.php removed
    requests to .env and .git return 404 | .env returns 404 | .git/config gives 403 or 404
    direct requests to .env return 404 | direct access to .env refused | composer.json not reachable
    .env and composer.json give 403 | sensitive paths return 404
  `),
  source: "CWE-538; OWASP WSTG-CONF-04",
  needs: { exposed: httpExposed },
  run: ({ exposed }, { component }) => {
    if (exposed.length === 0) return pass("none of the usual files is served");
    const grave = exposed.filter(({ isSourceMap }) => !isSourceMap);
    const told = grave.length > 0 ? grave : exposed;
    const paths = told.map(({ path }) => path);
    const trouble = {
      expected: "404 for each",
      found: listed(told.map(({ path, what }) => `${path} (${what})`)),
      findings: paths,
    };
    return grave.length > 0
      ? fail(`${listed(grave.map(({ what }) => what))} can be downloaded`, {
          ...trouble,
          fix: `let ${component} serve its built files only, not the project; then replace every credential that was in ${listed(paths)}`,
        })
      : warn("source maps give away the original source", {
          ...trouble,
          fix: `build ${component} without source maps, or hand them to the error tracker and leave them out of the release`,
        });
  },
});
