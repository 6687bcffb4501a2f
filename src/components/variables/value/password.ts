/** The password of an address that leads off this machine. */
export function passwordIn(text: string): string | undefined {
  const url = text.includes("://") ? URL.parse(text) : null;
  if (!url || url.password === "" || /^(localhost|127\.|\[::1\])/.test(url.hostname)) return undefined;
  try {
    return decodeURIComponent(url.password);
  } catch {
    return url.password;
  }
}
