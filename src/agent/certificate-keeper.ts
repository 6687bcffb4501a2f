import { join } from "node:path";
import type { Clock } from "../model/doors.ts";
import { messageOf } from "../model/errors.ts";
import type { CertificateRenewal } from "../model/host.ts";
import { renewalOf } from "./certificate-renewal.ts";
import { localCertificate } from "./edge/authority.ts";
import type { KeyPair } from "./edge/public-door.ts";
import { readCertificate } from "./public-certificate.ts";
import type { PublicSide, Settings } from "./settings.ts";

/** What the edge shows to clients, and who signed it. */
export interface ServedCertificate extends KeyPair {
  /** PEM of our own authority, which signed what names below localhost are shown. */
  readonly ca: string;
  /** Whether the public name is shown a certificate of our own authority, too. */
  readonly isOwn: boolean;
}

export interface CertificateKeeper {
  readonly served: ServedCertificate;
  /** Who renews what is served. */
  renewal(): Promise<CertificateRenewal>;
  /** A new one of our own; the authority stays. */
  reissue(): Promise<void>;
  /** Renews what is ours and looks for a renewed public one, for ever. */
  keepFresh(): Promise<never>;
}

interface Options {
  readonly stateDirectory: string;
  readonly settings: Settings;
  readonly publicSide: PublicSide | undefined;
  readonly clock: Clock;
  readonly tell: (message: string) => void;
  /** Called with what is served from now on. */
  readonly use: (pair: KeyPair) => void;
}

const DAY_MS = 86_400_000;
/** A renewed certificate is in use within this time. */
const LOOK_MS = 20_000;

export async function openCertificateKeeper(options: Options): Promise<CertificateKeeper> {
  const { stateDirectory, settings, publicSide, clock, tell, use } = options;
  const name = settings.hostName.replace(/\.localhost$/, "");
  const folder = publicSide ? `tls-${publicSide.name.replaceAll(":", "-")}` : "tls";
  let told = "";
  let renewAt = 0;
  let failure: string | undefined;
  let served = await make(false);

  async function make(anew: boolean): Promise<ServedCertificate> {
    const now = clock.now();
    const publicName = publicSide?.name;
    const directory = join(stateDirectory, folder);
    const { ca, cert, key, ...rest } = await localCertificate({ directory, name, now, anew, publicName });
    renewAt = rest.renewAt;
    const own = { key, cert };
    const files = publicSide?.certificate;
    const bought = files && (await readCertificate(files, now).catch(tellOnce));
    if (!bought) return { ...own, ca, isOwn: true };
    told = "";
    const names = [`${name}.localhost`, `*.${name}.localhost`, "localhost"];
    return { ...bought, ca, isOwn: false, forNames: { names, ...own } };
  }

  function tellOnce(thrown: unknown): undefined {
    const what = messageOf(thrown);
    if (what !== told) tell(`a certificate of its own is served: ${what}`);
    told = what;
  }

  async function renew(anew: boolean): Promise<void> {
    const before = served;
    served = await make(anew);
    if (before.cert !== served.cert || before.forNames?.cert !== served.forNames?.cert) use(served);
  }

  return {
    get served() {
      return served;
    },
    renewal: () => renewalOf({ served, files: publicSide?.certificate, failure }),
    async reissue() {
      await renew(true);
      tell("a new certificate is served by request");
    },
    async keepFresh() {
      for (;;) {
        await clock.delay(publicSide?.certificate ? LOOK_MS : DAY_MS);
        if (!publicSide?.certificate && clock.now() < renewAt) continue;
        await renew(false).then(
          () => {
            failure = undefined;
          },
          (thrown: unknown) => {
            failure = messageOf(thrown);
            tell(`cannot renew the certificate: ${failure}`);
          },
        );
      }
    },
  };
}
