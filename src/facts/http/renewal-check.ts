import { defineCheck } from "../../model/check.ts";
import { formatDuration } from "../../model/duration.ts";
import { DoesNotApply, defineFact, NotObserved } from "../../model/fact.ts";
import type { CertificateRenewal } from "../../model/host.ts";
import { fail, pass, unknown } from "../../model/outcome.ts";
import { ways } from "../../model/ways.ts";
import type { HttpOptions } from "./options.ts";
import { httpTls } from "./tls.ts";

/** Undefined: the agent is of before and does not tell. */
const certificateRenewal = defineFact<CertificateRenewal | undefined, HttpOptions>({
  id: "http.certificate-renewal",
  access: "read",
  reach: "application",
  async collect({ subject, signal, get }) {
    await get(httpTls);
    const { target, environment, runtime } = subject;
    const unseen = "the target does not let anybody look at its machine";
    if (!target) throw new DoesNotApply(unseen);
    if (!runtime) throw new NotObserved(`nothing is deployed in ${environment.name} yet`);
    const status = await target.host(signal);
    if (!status) throw new DoesNotApply(unseen);
    return status.renewal;
  },
});

export const renewalSet = defineCheck({
  id: "tls.certificate.renewal",
  title: "Somebody is set to renew this certificate before it ends, and the last attempt did not fail",
  consequence: "In some weeks the certificate ends at night, and the app is down for everybody.",
  severity: "warning",
  phase: "production",
  freshFor: "1d",
  every: "6h",
  asks: ways(`
    certificate renewal | SSL auto-renewal configured | SSL certificate auto-renewal | certificate auto-renew
    SSL renewal configured | certificate renewal automated | auto-renewal cron | certbot renew
    cert-manager renews certificates | certificate renews automatically | certificate renewed automatically
    automatic renewal of the certificate | certificate auto-renewed | Let's Encrypt auto-renewal
    SSL auto-renewal | SSL auto-renews | certificate auto-renewal enabled | certificate renews itself
    auto-renewal configured | auto-renewal enabled for SSL | certbot timer active | certbot.timer enabled
    TLS renewal automated | automatic certificate renewal | certbot auto-renewal | renewal cron job for the certificate
    HTTPS certificate renews by itself | SSL certificate renewal set up | certbot renewal configured
    automatische Zertifikatserneuerung | renouvellement automatique du certificat | renovación automática del certificado
    renovação automática do certificado | 证书自动续期
  `),
  source: "https://eff-certbot.readthedocs.io/en/stable/using.html#automated-renewals",
  needs: { tls: httpTls, renewal: certificateRenewal },
  run({ tls: { peer, observedAt, hostname }, renewal }) {
    if (!renewal) return unknown("the agent there is of before and does not tell: deploy once more");
    const { by, file = "the certificate", obstacle, unseen, failure, notAfter } = renewal;
    // Seconds count in a certificate; two that end in the same one are the same.
    if (Math.abs(notAfter - peer.notAfter) >= 1_000)
      return unknown(
        `${hostname} shows another certificate than the machine's own; who renews that one is not seen`,
      );
    const leftMs = peer.notAfter - observedAt;
    const left = leftMs > 0 ? `${formatDuration(leftMs)} left` : "it has ended";
    const expected = "a renewal that is set up, and went well the last time";
    const measured = { daysLeft: Math.floor(leftMs / 86_400_000), renewedBy: by ?? null };
    if (failure !== undefined)
      return fail("the last attempt to renew the certificate failed", {
        expected,
        found: `${failure}; ${left}`,
        fix: by === "certbot" ? "certbot renew --dry-run shows why" : "see the agent's log: gonogo logs",
        measured,
      });
    if (obstacle !== undefined)
      return fail("nobody is going to renew the certificate", {
        expected,
        found: `${obstacle}; ${left}`,
        fix: "systemctl enable --now certbot.timer, and let certbot renew it without being asked: autorenew, and an authenticator that needs nobody",
        measured,
      });
    if (by === undefined)
      return unknown(
        `no renewal file of certbot names ${file}, and other programs that may renew it are not seen`,
      );
    // Whoever renews at a third of the life is late at a quarter.
    if (leftMs < (peer.notAfter - peer.notBefore) / 4)
      return fail("the certificate should have been renewed by now", {
        expected: "a new one when a third of its time is left",
        found: left,
        fix: by === "certbot" ? "certbot renew --dry-run shows why" : "see the agent's log: gonogo logs",
        measured,
      });
    if (unseen !== undefined) return unknown(unseen);
    return pass(
      by === "edge"
        ? `the edge renews it by itself when a third of its time remains; ${left}`
        : `certbot is set to renew it; ${left}`,
      measured,
    );
  },
});
