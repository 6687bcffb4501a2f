/** Credentials of a provider's test mode, whoever declared them. */
const TEST_PREFIXES = ["sk_test_", "pk_test_", "rk_test_", "test_sk_", "test_pk_"];
const LIVE_PREFIXES = ["sk_live_", "pk_live_", "rk_live_"];

const LOOPBACK = /^(localhost|127(\.\d+){3}|\[?::1\]?|host\.docker\.internal)$/i;
const RESERVED = /\.(localhost|local|test|invalid|example|internal\.local)$/i;
const REHEARSAL = /(^|[.-])(sandbox|staging)([.-]|$)/i;

/** The declared or well-known prefix a value begins with; undefined when it has none. */
export function testPrefix(text: string, declared: readonly string[] = []): string | undefined {
  return [...declared, ...TEST_PREFIXES].find((prefix) => text.startsWith(prefix));
}
export function livePrefix(text: string, declared: readonly string[] = []): string | undefined {
  return [...declared, ...LIVE_PREFIXES].find((prefix) => text.startsWith(prefix));
}

/** Why a host in this value is none of production's; undefined when all of them may be. Never the host itself. */
export function rehearsalHost(text: string): { kind: "loopback" | "reserved" | "sandbox" } | undefined {
  for (const host of hostsIn(text)) {
    if (LOOPBACK.test(host)) return { kind: "loopback" };
    if (RESERVED.test(host)) return { kind: "reserved" };
    if (REHEARSAL.test(host)) return { kind: "sandbox" };
  }
  return undefined;
}

/** Hosts of a URL, of a host with a port, or of a list of them. */
function hostsIn(text: string): string[] {
  return text
    .split(/[,\s]+/)
    .filter((part) => part !== "")
    .flatMap((part) => {
      const url = part.includes("://") ? URL.parse(part) : null;
      if (url) return url.hostname === "" ? [] : [url.hostname];
      const bare = /^([A-Za-z0-9.-]+|\[[0-9a-f:]+\])(:\d+)?$/i.exec(part)?.[1];
      return bare !== undefined && (bare.includes(".") || LOOPBACK.test(bare)) ? [bare] : [];
    });
}
