export interface WorkflowRisk {
  readonly line: number;
  readonly kind: "injection" | "untrusted checkout" | "write-all" | "unpinned action";
  /** The expression, the action; never a secret. */
  readonly what: string;
}

/** Text that a stranger writes: titles, bodies, branch names of a pull request. */
const STRANGERS_TEXT =
  /\$\{\{[^}]*\b(github\.head_ref|github\.event\.(?:issue|pull_request|comment|review|review_comment|discussion|commits|head_commit|pages|workflow_run)\b[\w.[\]*]*\.(?:title|body|name|email|message|ref|label|page_name|head_branch|default_branch))\b/;
const PULL_REQUEST_HEAD = /github\.(event\.pull_request\.head\.|head_ref)/;

/**
 * The dangers OpenSSF Scorecard names (Dangerous-Workflow, Token-Permissions, Pinned-Dependencies), read line by
 * line: what is in a `run:` or `script:` is told by its indentation, as YAML does.
 */
export function risksIn(text: string): WorkflowRisk[] {
  const lines = text.split(/\r?\n/);
  const targetsPullRequests =
    /^\s*(-\s*)?['"]?pull_request_target['"]?\s*:?|[[,]\s*pull_request_target\s*[\],]/m.test(
      text.replace(/#.*$/gm, ""),
    );
  const risks: WorkflowRisk[] = [];
  let scriptIndent: number | undefined;
  lines.forEach((raw, index) => {
    const line = index + 1;
    const indent = raw.search(/\S/);
    if (indent === -1) return;
    if (scriptIndent !== undefined && indent <= scriptIndent) scriptIndent = undefined;
    const key = /^(\s*(?:-\s+)?)(run|script|uses|ref|permissions):\s*(.*)$/.exec(raw);
    const isScript = key?.[2] === "run" || key?.[2] === "script";
    if (isScript && scriptIndent === undefined) scriptIndent = (key?.[1] ?? "").length;
    const code = scriptIndent !== undefined ? raw : undefined;
    const injected = code && STRANGERS_TEXT.exec(code)?.[1];
    if (injected) risks.push({ line, kind: "injection", what: injected });
    if (code && !isScript) return;
    const value = (key?.[3] ?? "").replace(/\s+#.*$/, "").replace(/^(['"])(.*)\1$/, "$2");
    if (key?.[2] === "permissions" && value === "write-all")
      risks.push({ line, kind: "write-all", what: value });
    if (key?.[2] === "ref" && targetsPullRequests && PULL_REQUEST_HEAD.test(value)) {
      risks.push({ line, kind: "untrusted checkout", what: "the head of a pull request" });
    }
    if (key?.[2] === "uses" && !isPinned(value)) risks.push({ line, kind: "unpinned action", what: value });
  });
  return risks;
}

function isPinned(action: string): boolean {
  if (action.startsWith("./")) return true;
  if (action.startsWith("docker://")) return /@sha256:[0-9a-f]{64}$/.test(action);
  return /@[0-9a-f]{40}$/.test(action);
}
