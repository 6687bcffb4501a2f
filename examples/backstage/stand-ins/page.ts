import { createHash } from "node:crypto";

const STYLE = `body{font:16px/1.6 system-ui,sans-serif;max-width:26rem;margin:10vh auto;padding:0 1.25rem;color:#241b3a;background:#fff8e6}
h1{font-size:1.4rem}.warn{border-left:4px solid #a87714;padding:.2rem .9rem;background:#fff}
button,input,select{font:inherit;padding:.5rem .8rem;border-radius:.5rem;border:1px solid #b9a66a;width:100%;margin:.25rem 0;box-sizing:border-box}
button{background:#5b3fa8;color:#fff;border:0;cursor:pointer}`;

/** Only the page's own style may run on it. No form-action: its form ends at the application that asked. */
export const PAGE_POLICY = `default-src 'none'; style-src 'sha256-${createHash("sha256").update(STYLE).digest("base64")}'; frame-ancestors 'none'; base-uri 'none'`;

/** A page of a stand-in, which says that it is one. `form` is trusted HTML. */
export function standInPage(page: { title: string; warning: string; form: string }): string {
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${escapeHtml(page.title)}</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><style>${STYLE}</style></head><body>
<h1>${escapeHtml(page.title)}</h1><p class="warn">${escapeHtml(page.warning)}</p>
<form method="post">${page.form}</form></body></html>`;
}

export function hiddenField(name: string, value: string): string {
  return `<input type="hidden" name="${escapeHtml(name)}" value="${escapeHtml(value)}">`;
}

export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
