import { defineCheck } from "../../../model/check.ts";
import { fail, pass, warn } from "../../../model/outcome.ts";
import { quantity } from "../../../model/quantity.ts";
import { ways } from "../../../model/ways.ts";
import { FEWEST_WORDS } from "./document-text.ts";
import { type DeclaredDocument, type DocumentMistake, declaredDocuments } from "./facts.ts";

export const documentPresent = defineCheck({
  id: "repo.document.present",
  title:
    "The declared documents (README, runbook, rollback plan, ...) are in the repository, say something, and link to what is there",
  consequence: "In the night of the incident the plan everybody relied on turns out to be an empty page.",
  severity: "blocker",
  phase: "build",
  freshFor: "30d",
  asks: ways(`
    declared documents present | documents committed to the repository | documentation committed to git
    documents without TBD | no placeholders in the documentation | documentation links lead to files
    no dead links in the docs folder | documents exist in the repository
    docs/NAME.md | runbook in docs/NAME.md | docs/runbooks/NAME.md | README in the repository
    README present | runbook in the repository | runbook committed to git
    runbook exists in the docs folder | rollback plan in the repository | documented in docs/NAME.md
    runbook links work | links in the README work | links in the documentation work
    plan committed to the repository
  `),
  needs: { seen: declaredDocuments },
  run({ seen: { documents, isInGit } }) {
    const wrong = documents.filter(({ mistakes }) => mistakes.length > 0);
    const measured = { documents: documents.length, wrong: wrong.length };
    if (wrong.length === 0) {
      const names = documents.map(({ name, words }) => `${name} (${words} words)`).join(", ");
      const where = isInGit ? "in git" : "there, though not in a git repository";
      return pass(`${names}: ${where}, without placeholders or links to nothing`, measured);
    }
    const each = wrong.flatMap((document) => document.mistakes.map((mistake) => ({ document, mistake })));
    const absent = wrong.filter(({ mistakes }) => mistakes[0]?.kind === "absent").length;
    const summary =
      absent === wrong.length
        ? `${quantity(absent, "declared document is", "declared documents are")} not there`
        : `${quantity(wrong.length, "declared document is", "declared documents are")} not fit to be relied on`;
    // A dead link alone keeps nobody from working by the document.
    const isBad = each.some(({ mistake }) => mistake.kind !== "link to nothing");
    return (isBad ? fail : warn)(summary, {
      expected: `each in git, with ${FEWEST_WORDS} words or more below its headings, no placeholder, and links that lead to files`,
      found: each.map(({ document, mistake }) => `${document.file} ${found(mistake)}`).join("; "),
      fix: [...new Set(each.map(({ document, mistake }) => fixOf(document, mistake)))].join("\n"),
      findings: [...new Set(each.map(({ document, mistake }) => `${document.name}: ${findingOf(mistake)}`))],
      measured,
    });
  },
});

function found(mistake: DocumentMistake): string {
  switch (mistake.kind) {
    case "absent":
      return "does not exist";
    case "not in git":
      return "is not in git";
    case "hardly anything":
      return `says ${quantity(mistake.words, "word")} below its headings`;
    case "empty section":
      return `says nothing below "${mistake.heading}"`;
    case "placeholder":
      return `line ${mistake.line} still says ${mistake.what}`;
    case "link to nothing":
      return `line ${mistake.line} links to ${mistake.target}, which does not exist`;
  }
}

function findingOf(mistake: DocumentMistake): string {
  switch (mistake.kind) {
    case "empty section":
      return `nothing below "${mistake.heading}"`;
    case "link to nothing":
      return `link to ${mistake.target}`;
    default:
      return mistake.kind;
  }
}

function fixOf({ name, file }: DeclaredDocument, mistake: DocumentMistake): string {
  switch (mistake.kind) {
    case "absent":
      return `write ${file}, or name the file that holds the ${name}: repository({ documents: { "${name}": "<path>" } })`;
    case "not in git":
      return `git add ${file}`;
    case "hardly anything":
      return `write in ${file} what the ${name} is to tell`;
    case "empty section":
      return `${file}: write what "${mistake.heading}" is to tell, or take the heading out`;
    case "placeholder":
      return `${file}:${mistake.line}: write what ${mistake.what} stands for`;
    case "link to nothing":
      return `${file}:${mistake.line}: correct the link to ${mistake.target}`;
  }
}
