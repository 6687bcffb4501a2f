import type { VariableValue } from "../../../model/variable.ts";
import { isProvisioned, isSet } from "./facts.ts";
import { rehearsalHost, testPrefix } from "./mode.ts";

/** Names of variables that say where to listen, not whom to call. */
const LISTENS = /(^|_)(HOST|HOSTNAME|BIND|LISTEN)(_ADDR(ESS)?)?$/;

const HOST_TROUBLE = {
  loopback: "points at the machine itself",
  reserved: "names a host that exists on no public network (RFC 2606, RFC 6761)",
  sandbox: "names a sandbox or staging host",
} as const;

export interface Candidate {
  readonly name: string;
  readonly given: VariableValue;
  readonly testPrefixes: readonly string[] | undefined;
  /** Names of those that rightly point at the machine itself. */
  readonly onThisMachine: readonly string[];
}

/** Why a value is none of production's; undefined when it may be. */
export function ofATest({ name, given, testPrefixes, onThisMachine }: Candidate): string | undefined {
  if (!isSet(given) || isProvisioned(given)) return undefined;
  const prefix = testPrefix(given.value.reveal(), testPrefixes);
  if (prefix !== undefined) return `begins with ${prefix}, a test mode's credential`;
  const trouble = rehearsalHost(given.value.reveal());
  const isFine = trouble?.kind !== "sandbox" && (onThisMachine.includes(name) || LISTENS.test(name));
  return trouble === undefined || isFine ? undefined : HOST_TROUBLE[trouble.kind];
}
