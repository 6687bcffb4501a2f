import { execFile } from "node:child_process";
import { expect, it } from "vitest";
import { hostFirewall } from "./firewall.ts";
import { readIptables } from "./iptables.ts";

const AS_ROOT = process.getuid?.() === 0 ? [] : ["--user", "--map-root-user"];

/** Loads rules into a network namespace of its own, and lists what the kernel made of them. */
function nft(rules: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const script = 'PATH="$PATH:/usr/sbin:/sbin"; nft -f - && nft -j list ruleset';
    const child = execFile("unshare", [...AS_ROOT, "--net", "sh", "-c", script], (error, stdout, stderr) =>
      error
        ? reject(
            new Error(`nft in a network namespace (apt-get install nftables): ${stderr || error.message}`),
          )
        : resolve(stdout),
    );
    child.stdin?.end(rules);
  });
}

async function seenOf(rules: string) {
  const listed = await nft(rules);
  return await hostFirewall(async (program) => (program === "nft" ? listed : undefined));
}

const SERVER = `
table inet filter {
  set web { type inet_service; elements = { 80, 443 } }
  chain input {
    type filter hook input priority 0; policy drop;
    ct state vmap { established : accept, related : accept, invalid : drop }
    iifname "lo" accept
    meta l4proto { icmp, ipv6-icmp } accept
    ip saddr 10.0.0.0/8 tcp dport 5432 accept
    tcp dport 22 ct state new limit rate 10/minute accept
    tcp dport @web accept
    udp dport 443 accept
    jump more
  }
  chain more { tcp dport { 8000-8010, 9000 } accept; ip saddr 192.0.2.7 accept; }
}`;

it("reads a server's rules as nft lists them: the rest is denied, what is open to everybody is named", async () => {
  const open = ["22", "80", "443", "443/udp", "8000-8010", "9000"];
  const seen = await seenOf(SERVER);
  expect(seen).toMatchObject({ by: "nftables", v4: { rest: "denied" }, v6: { rest: "denied" } });
  if (seen === "unseen") throw new Error("unseen");
  for (const side of [seen.v4, seen.v6]) expect([...side.open].sort()).toEqual([...open].sort());
});

it.each<[string, string, object]>([
  [
    "a policy of accept",
    "table inet f { chain i { type filter hook input priority 0; policy accept; tcp dport 22 accept; }; }",
    { v4: { rest: "let in" }, v6: { rest: "let in" } },
  ],
  [
    "a last rule that refuses",
    "table inet f { chain i { type filter hook input priority 0; tcp dport 22 accept; reject; }; }",
    { v4: { rest: "denied", open: ["22"] } },
  ],
  [
    "accept for all in the middle",
    "table inet f { chain i { type filter hook input priority 0; policy drop; counter accept; }; }",
    { v4: { rest: "let in" } },
  ],
  [
    "IPv4 only",
    "table ip f { chain i { type filter hook input priority 0; policy drop; }; }",
    { v4: { rest: "denied", open: [] }, v6: { rest: "let in" } },
  ],
  [
    "no chain for what comes in",
    "table inet f { chain o { type filter hook output priority 0; policy drop; }; }",
    { v4: { rest: "let in" } },
  ],
])("reads %s", async (_, rules, seen) => {
  expect(await seenOf(rules)).toMatchObject(seen);
});

const UFW = `-P INPUT DROP
-P FORWARD DROP
-N ufw-before-input
-N ufw-not-local
-N ufw-user-input
-N ufw-user-limit
-N ufw-user-limit-accept
-A INPUT -j ufw-before-input
-A ufw-before-input -i lo -j ACCEPT
-A ufw-before-input -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT
-A ufw-before-input -p icmp -m icmp --icmp-type 8 -j ACCEPT
-A ufw-before-input -j ufw-not-local
-A ufw-before-input -d 224.0.0.251/32 -p udp -m udp --dport 5353 -j ACCEPT
-A ufw-before-input -j ufw-user-input
-A ufw-not-local -m addrtype --dst-type LOCAL -j RETURN
-A ufw-not-local -m limit --limit 3/min -j LOG --log-prefix "[UFW BLOCK] "
-A ufw-not-local -j DROP
-A ufw-user-input -p tcp -m tcp --dport 22 -m conntrack --ctstate NEW -m recent --set --name DEFAULT
-A ufw-user-input -p tcp -m tcp --dport 22 -m conntrack --ctstate NEW -m recent --update --seconds 30 -j ufw-user-limit
-A ufw-user-input -p tcp -m tcp --dport 22 -j ufw-user-limit-accept
-A ufw-user-input -p tcp -m multiport --dports 80,443 -j ACCEPT
-A ufw-user-input -s 10.0.0.0/8 -p tcp -m tcp --dport 5432 -j ACCEPT
-A ufw-user-limit -j REJECT --reject-with icmp-port-unreachable
-A ufw-user-limit-accept -j ACCEPT`;

it("reads what ufw writes, in iptables' words", () => {
  expect(readIptables(UFW)).toEqual({ rest: "denied", open: ["22", "80", "443"] });
  expect(readIptables("-P INPUT ACCEPT\n-P FORWARD ACCEPT\n-P OUTPUT ACCEPT")).toEqual({
    rest: "let in",
    open: [],
  });
});

it.each([
  ["-A INPUT -m rt --rt-type 0 -j DROP", "let in"],
  ["-A INPUT -m limit --limit 3/min -j DROP", "let in"],
  ["-A INPUT -s 192.0.2.7/32 -j DROP", "let in"],
  ['-A INPUT -m comment --comment "the -s rest" -j DROP', "denied"],
  ["-A INPUT -j REJECT --reject-with icmp-host-prohibited", "denied"],
])("takes %s for what it is", (line, rest) => {
  expect(readIptables(`-P INPUT ACCEPT\n${line}`)).toMatchObject({ rest });
});

it.each([
  ["-A INPUT -i eth0 -p tcp -m tcp --dport 22 -j ACCEPT", ["22"]],
  ["-A INPUT ! -s 10.0.0.0/8 -p tcp -m tcp --dport 22 -j ACCEPT", ["22"]],
  [
    "-A INPUT -p tcp -m tcp --dport 22 -m hashlimit --hashlimit-upto 5/min --hashlimit-name ssh -j ACCEPT",
    ["22"],
  ],
  ["-A INPUT -p udp -m udp --sport 67 --dport 68 -j ACCEPT", []],
  ["-A INPUT -i docker0 -p tcp -m tcp --dport 5432 -j ACCEPT", []],
  ["-A INPUT -m set --match-set office src -j ACCEPT", []],
])("sees whom %s lets in", (line, open) => {
  expect(readIptables(`-P INPUT DROP\n${line}`)).toEqual({ rest: "denied", open });
});

it("says that it saw nothing where only root may look", async () => {
  expect(await hostFirewall(async () => undefined)).toBe("unseen");
});
