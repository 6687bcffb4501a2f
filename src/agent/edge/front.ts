import type { EdgeWorld, Entrance } from "./call.ts";
import { answerChallenge } from "./challenge.ts";
import { type Door, type KeyPair, openDoor, type PublicDoor } from "./public-door.ts";
import { receive } from "./reception.ts";
import { redirectToHttps } from "./redirect.ts";

export interface Listeners {
  readonly https?: Door & KeyPair;
  readonly http?: Door;
  /** What the plain door does when there is an https one; default "redirect" (308). Without https it serves. */
  readonly plain?: "redirect" | "serve";
  /** Ports users type, where they differ from the bound ones (a forwarded 443). */
  readonly publicPorts?: { readonly https?: number; readonly http?: number };
  /** Where a client of a certificate authority puts its answers; served by a plain door that redirects. */
  readonly challenges?: string | undefined;
}

export interface BoundPorts {
  readonly httpsPort: number | undefined;
  readonly httpPort: number | undefined;
}

/** The doors of one address: TLS, plain, or both. */
export interface Front {
  readonly ports: BoundPorts;
  useCertificate(pair: KeyPair): void;
  shut(): Promise<void>;
  slam(): void;
}

export async function openFront(
  world: EdgeWorld,
  listeners: Listeners,
  claim: Pick<Entrance, "release" | "counts">,
): Promise<Front> {
  const { https, http, publicPorts } = listeners;
  const doors: PublicDoor[] = [];

  async function open(proto: "https" | "http", door: Door, redirect?: () => number): Promise<PublicDoor> {
    const opened: PublicDoor = await openDoor(door, {
      pair: proto === "https" ? https : undefined,
      limits: world.limits,
      upgrades: !redirect,
      arrive: (request, response, upgrade) => {
        if (redirect) {
          if (answerChallenge(request, response, listeners.challenges)) return;
          return redirectToHttps(request, response, redirect());
        }
        receive(world, entrance, { request, response, upgrade });
      },
    });
    const entrance: Entrance = { ...claim, origin: { proto, port: publicPorts?.[proto] ?? opened.port } };
    doors.push(opened);
    return opened;
  }

  const slam = (): void => {
    for (const door of doors) door.slam();
  };
  try {
    const secure = https && (await open("https", https));
    const securePort = publicPorts?.https ?? secure?.port;
    const redirects = securePort !== undefined && listeners.plain !== "serve";
    const plain = http && (await open("http", http, redirects ? () => securePort : undefined));
    return {
      ports: { httpsPort: secure?.port, httpPort: plain?.port },
      useCertificate: (pair) => {
        for (const door of doors) door.useCertificate(pair);
      },
      shut: async () => void (await Promise.all(doors.map((door) => door.shut()))),
      slam,
    };
  } catch (thrown) {
    slam();
    throw thrown;
  }
}
