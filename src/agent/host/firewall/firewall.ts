import { execFile } from "node:child_process";
import type { HostFirewall } from "../../../model/host.ts";
import { readIptables } from "./iptables.ts";
import { readNft } from "./nft.ts";
import { firewallOf } from "./rules.ts";

/** Runs a program and returns what it printed; undefined when there is none or it refuses. */
export type Asked = (program: string, args: readonly string[]) => Promise<string | undefined>;

/**
 * Who may come in by the kernel's own rules, whoever wrote them (ufw, firewalld, Docker). "unseen": only root sees
 * them. Rules of iptables come first: nft shows those of them that it cannot read as if they were for everybody.
 */
export async function hostFirewall(ask: Asked = askProgram): Promise<HostFirewall | "unseen"> {
  const legacy = async (program: string) => {
    const text = await ask(program, ["-S"]);
    return text === undefined ? undefined : readIptables(text);
  };
  const [four, six, rules] = await Promise.all([
    legacy("iptables"),
    legacy("ip6tables"),
    ask("nft", ["-j", "list", "ruleset"]),
  ]);
  const none = { rest: "let in", open: [] } as const;
  if (four?.rest === "denied") return firewallOf("iptables", four, six ?? none);
  const byNft = rules === undefined ? undefined : readNft(rules);
  if (byNft) return byNft;
  if (four === undefined && rules === undefined) return "unseen";
  return firewallOf(four ? "iptables" : "nftables", four ?? none, six ?? none);
}

const FOLDERS = "/usr/sbin:/sbin:/usr/bin:/bin";

/** As whoever we are, then as sudo lets us without a password. */
async function askProgram(program: string, args: readonly string[]): Promise<string | undefined> {
  return (await run(program, args)) ?? (await run("sudo", ["-n", program, ...args]));
}

function run(program: string, args: readonly string[]): Promise<string | undefined> {
  const options = { timeout: 5_000, maxBuffer: 16_777_216, env: { PATH: FOLDERS, LC_ALL: "C" } };
  return new Promise((resolve) => {
    execFile(program, [...args], options, (error, stdout) => resolve(error ? undefined : stdout));
  });
}
