import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { createAuthority } from "../../test/fixtures/certificates.ts";
import { renewalOf } from "./certificate-renewal.ts";

let root: string;
let cert: string;

beforeAll(async () => {
  ({ cert } = await (await createAuthority()).issue({ names: ["shop.example"], untilDays: 90 }));
});
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "gonogo-renewal-"));
});
afterEach(() => rmSync(root, { recursive: true }));

const FILE = "/etc/letsencrypt/live/shop.example/fullchain.pem";
/** As certbot 2 writes it. */
const CONF = `version = 2.9.0
archive_dir = /etc/letsencrypt/archive/shop.example
cert = /etc/letsencrypt/live/shop.example/cert.pem
privkey = /etc/letsencrypt/live/shop.example/privkey.pem
chain = /etc/letsencrypt/live/shop.example/chain.pem
fullchain = ${FILE}

[renewalparams]
account = 0123456789abcdef
authenticator = webroot
server = https://acme-v02.api.letsencrypt.org/directory
`;
/** As `systemctl show` prints units, those that are not there among them. */
const shown = (timer: string, result: string): string => `Result=success
Id=certbot.timer
ActiveState=${timer}

Result=${result}
Id=certbot.service
ActiveState=inactive

Result=success
Id=snap.certbot.renew.timer
ActiveState=inactive
`;
const GOOD = shown("active", "success");

function write(path: string, text: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}

function seen({
  systemd = GOOD,
  file = FILE,
  failure,
}: {
  systemd?: string;
  file?: string;
  failure?: string;
} = {}) {
  const certbot = { root, show: async () => systemd };
  return renewalOf({ served: { cert, isOwn: false }, files: { cert: file }, failure, certbot });
}

test("certbot renews what one of its files names, where its timer runs", async () => {
  write("etc/letsencrypt/renewal/other.conf", CONF.replaceAll("shop.example", "other.example"));
  write("etc/letsencrypt/renewal/shop.example.conf", CONF);
  const { notAfter, ...found } = await seen();
  expect(found).toEqual({ by: "certbot", file: FILE });
  expect(Math.round((notAfter - Date.now()) / 86_400_000)).toBe(90);
});

test.each([
  ["no timer", CONF, shown("inactive", "success"), "no timer is active"],
  ["no systemd", CONF, "", "no timer is active"],
  [
    "that is switched off",
    `${CONF}autorenew = False\n`,
    GOOD,
    "autorenew = False in /etc/letsencrypt/renewal/",
  ],
  ["that needs a hand", CONF.replace("= webroot", "= manual"), GOOD, "authenticator = manual"],
])("nobody is going to renew by certbot with %s", async (_how, conf, systemd, obstacle) => {
  write("etc/letsencrypt/renewal/shop.example.conf", conf);
  expect(await seen({ systemd })).toMatchObject({
    by: "certbot",
    obstacle: expect.stringContaining(obstacle),
  });
});

test("a hook does what authenticator = manual asks of a person", async () => {
  const conf = CONF.replace("= webroot", "= manual\nmanual_auth_hook = /usr/local/bin/dns-hook");
  write("etc/letsencrypt/renewal/shop.example.conf", conf);
  expect(await seen()).not.toHaveProperty("obstacle");
});

test.each([
  "install -o app -m 600 $RENEWED_LINEAGE/fullchain.pem $RENEWED_LINEAGE/privkey.pem /srv/shop/tls/",
  "sh -c 'cat $RENEWED_LINEAGE/fullchain.pem > /srv/shop/tls/cert.pem; systemctl reload shop'",
])("certbot renews what its hook puts there: %s", async (hook) => {
  write("etc/letsencrypt/renewal/shop.example.conf", `${CONF}renew_hook = ${hook}\n`);
  expect(await seen({ file: "/srv/shop/tls/cert.pem" })).toMatchObject({ by: "certbot" });
  expect(await seen({ file: "/srv/shop/other/cert.pem" })).toMatchObject({ by: undefined });
});

test("an attempt that failed is told", async () => {
  write("etc/letsencrypt/renewal/shop.example.conf", CONF);
  expect(await seen({ systemd: shown("active", "exit-code") })).toMatchObject({
    failure: "certbot.service ended with exit-code",
  });
  expect(await seen({ failure: "no pair" })).toMatchObject({ failure: "no pair" });
});

const IDLE = shown("inactive", "success");

test("Debian's line of cron counts where systemd does not run", async () => {
  write("etc/letsencrypt/renewal/shop.example.conf", CONF);
  const line =
    "test -x /usr/bin/certbot -a \\! -d /run/systemd/system && perl -e 'sleep int(rand(43200))' && certbot -q renew";
  write("etc/cron.d/certbot", `# certbot renew\n0 */12 * * * root ${line}\n`);
  expect(await seen({ systemd: "" })).not.toHaveProperty("obstacle");
  mkdirSync(join(root, "run/systemd/system"), { recursive: true });
  expect(await seen({ systemd: IDLE })).toHaveProperty("obstacle");
});

test.each([
  // As certbot's own instructions put it there for pip.
  ["etc/crontab", "0 0,12 * * * root sleep 99 && sudo certbot renew -q\n"],
  ["etc/cron.d/tls", "0 3 * * * root /usr/local/bin/certbot renew\n"],
  ["etc/cron.daily/tls", "#!/bin/sh\ncertbot renew --quiet\n"],
  ["var/spool/cron/crontabs/root", "0 3 * * * certbot renew\n"],
  ["var/spool/cron/root", "0 3 * * * certbot renew\r\n"],
])("a line of cron in /%s counts beside systemd", async (file, text) => {
  write("etc/letsencrypt/renewal/shop.example.conf", CONF);
  mkdirSync(join(root, "run/systemd/system"), { recursive: true });
  write(file, text.replaceAll(/^(?=.)/gm, "# "));
  expect(await seen({ systemd: IDLE })).toHaveProperty("obstacle");
  write(file, text);
  expect(await seen({ systemd: IDLE })).toMatchObject({ by: "certbot" });
  expect(await seen({ systemd: IDLE })).not.toHaveProperty("obstacle");
});

test("what cannot be seen of cron and of systemd is no obstacle", async () => {
  write("etc/letsencrypt/renewal/shop.example.conf", CONF);
  mkdirSync(join(root, "run/systemd/system"), { recursive: true });
  expect(await seen({ systemd: "" })).toMatchObject({ unseen: "systemctl does not tell about timers" });
  // Whoever may not open a file and whoever finds a folder in its place are told something other than that it is absent.
  mkdirSync(join(root, "var/spool/cron/crontabs/root"), { recursive: true });
  const { obstacle, unseen } = await seen({ systemd: IDLE });
  expect(obstacle).toBeUndefined();
  expect(unseen).toContain("root's crontab cannot be read");
});

test("nobody is seen to renew what no file of certbot names; its own the agent renews itself", async () => {
  write("etc/letsencrypt/renewal/shop.example.conf", CONF);
  expect(await seen({ file: "/srv/shop/cert.pem" })).toMatchObject({
    by: undefined,
    file: "/srv/shop/cert.pem",
  });
  const own = { served: { cert, isOwn: true }, files: { cert: FILE }, failure: undefined };
  expect(await renewalOf(own)).toMatchObject({ by: "edge" });
  expect(await renewalOf(own)).not.toHaveProperty("file");
});
