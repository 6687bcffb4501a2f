import { Secret } from "./secret.ts";

/**
 * Under the store's salt, and of one variable: that two of them have the same value is nobody's to see. Quotes around
 * a value, the slash at an address' end and the case of a truth value are what two people write differently.
 */
export function settingPrint(name: string, text: string, salt: string): string {
  return new Secret(`setting ${name}\n${plain(text)}`).fingerprint(salt);
}

function plain(text: string): string {
  const [, , quoted] = /^(["'])(.*)\1$/s.exec(text.trim()) ?? [];
  const bare = quoted ?? text.trim();
  if (/^(?:true|false|yes|no|on|off)$/i.test(bare)) return bare.toLowerCase();
  return bare.includes("://") ? bare.replace(/\/$/, "") : bare;
}
