import { createHash } from "node:crypto";

const STYLE = `body{font:16px/1.6 system-ui,sans-serif;max-width:26rem;margin:10vh auto;padding:0 1.25rem;color:#241b3a;background:#fff8e6}
h1{font-size:1.4rem}.warn{border-left:4px solid #a87714;padding:.2rem .9rem;background:#fff}
button,input,select{font:inherit;padding:.5rem .8rem;border-radius:.5rem;border:1px solid #b9a66a;width:100%;margin:.25rem 0;box-sizing:border-box}
button{background:#5b3fa8;color:#fff;border:0;cursor:pointer}`;

/** Only this page's own style may run on it. No form-action: its form ends at the application that asked. */
export const SIGN_IN_PAGE_POLICY = `default-src 'none'; style-src 'sha256-${createHash("sha256").update(STYLE).digest("base64")}'; frame-ancestors 'none'; base-uri 'none'`;

export function signInPage(hidden: Readonly<Record<string, string>>): string {
  const fields = Object.entries(hidden)
    .map(([name, value]) => `<input type="hidden" name="${escapeHtml(name)}" value="${escapeHtml(value)}">`)
    .join("");
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Stand-in sign-in</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><style>${STYLE}</style></head><body>
<h1>Who do you want to be?</h1>
<p class="warn">This is a stand-in for the real sign-in provider. It asks for no password and exists in staging only.</p>
<form method="post">${fields}
<label>Name <input name="name" value="Ada" maxlength="40" required></label>
<label>Role <select name="role"><option>client</option><option>reader</option><option>admin</option></select></label>
<button>Sign in</button></form></body></html>`;
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
