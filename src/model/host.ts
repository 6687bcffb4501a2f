/** The machine an environment runs on, as its target sees it. Sizes in bytes, times in milliseconds since 1970 UTC. */
export interface HostStatus {
  /** Of the file system that holds the releases. */
  readonly disk: {
    readonly path: string;
    readonly usedBytes: number;
    /** What an ordinary user may still write. */
    readonly freeBytes: number;
    /** Inodes; 0 where the file system has no fixed number of them. */
    readonly totalFiles: number;
    readonly freeFiles: number;
    /** Of the whole file system; left out by an agent of before. */
    readonly totalBytes?: number;
  };
  readonly memory: { readonly totalBytes: number; readonly availableBytes: number };
  readonly cpus: number;
  /** Runnable processes, averaged over 1, 5 and 15 minutes. */
  readonly load: readonly [number, number, number];
  /** Processes that the kernel has ended for want of memory since the machine started; undefined: it does not say. */
  readonly outOfMemoryKills: number | undefined;
  readonly bootedAt: number;
  /** Since when an update waits for a restart (Debian, Ubuntu); undefined: none does, or nobody can tell. */
  readonly rebootRequiredSince: number | undefined;
  readonly logs: { readonly directory: string; readonly totalBytes: number };
  readonly processes: readonly HostProcess[];
  /** Whom the agent, and with it every process, runs as. Left out by an agent of before, as `files` is. */
  readonly agentUserId?: number;
  /** Those that were asked for. */
  readonly files?: readonly HostFile[];
  /** How a machine of its own is kept; absent where the application only visits, as on a developer's. */
  readonly upkeep?: HostUpkeep;
  /** Of what the edge shows; left out by an agent of before. */
  readonly renewal?: CertificateRenewal;
}

/** Who renews a certificate before it ends, as far as it can be seen. */
export interface CertificateRenewal {
  /** "edge": the agent makes it itself. Undefined: nobody is seen who does. */
  readonly by: "edge" | "certbot" | undefined;
  /** Of PEM; absent for the agent's own. */
  readonly file?: string;
  /** Its end, in milliseconds since 1970 UTC. */
  readonly notAfter: number;
  /** Why it will not be renewed: "autorenew = False in /etc/letsencrypt/renewal/shop.conf". */
  readonly obstacle?: string;
  /** What could not be looked at, so that neither can be told. */
  readonly unseen?: string;
  /** How the last attempt failed. */
  readonly failure?: string;
}

/** Undefined: it cannot be seen by the user that the agent runs as. */
export interface HostUpkeep {
  /** Whether the environment is brought back when the machine was started anew. */
  readonly startsAtBoot: boolean | undefined;
  readonly sshd: {
    readonly passwords: boolean | undefined;
    /** "no", "prohibit-password", "yes". */
    readonly rootLogin: string | undefined;
    /** Files that could not be read, which may say otherwise. */
    readonly unreadable: readonly string[];
  };
  /** Names of programs that shut out who guesses passwords: "fail2ban". */
  readonly guards: readonly string[];
  /** Whether security updates are installed by themselves. */
  readonly updatesItself: boolean | undefined;
  /** TCP ports that are open beyond the machine itself, without the edge's and sshd's. */
  readonly openPorts: readonly number[];
  readonly isClockSynchronised: boolean | undefined;
  /** "unseen": only root may look; left out by an agent of before. */
  readonly firewall?: HostFirewall | "unseen";
  /** Users with a shell; left out by an agent of before. */
  readonly logins?: readonly HostLogin[];
  /** People also come from a directory service. */
  readonly hasOtherLogins?: boolean;
  /** TCP ports of the edge and of sshd. */
  readonly ownPorts?: readonly number[];
  /** Whether it has an address that is reached by IPv6 from elsewhere. */
  readonly hasV6?: boolean;
}

/** Undefined: only root sees it. */
export interface HostLogin {
  readonly name: string;
  readonly userId: number;
  readonly hasKey: boolean | undefined;
  readonly hasPassword: boolean | undefined;
}

/** What strangers meet by the rules of the kernel. */
export interface HostFirewall {
  /** "nftables", "iptables" */
  readonly by: string;
  readonly v4: FirewallSide;
  readonly v6: FirewallSide;
}

export interface FirewallSide {
  /** What becomes of whatever no rule speaks of. */
  readonly rest: "denied" | "let in";
  /** Let in from everywhere: "22", "8000-8010", "53/udp". */
  readonly open: readonly string[];
}

/** What is asked of the machine besides what is always told. */
export interface HostQuestions {
  /** Paths of files and folders; relative ones begin in the code of the live release. */
  readonly files?: readonly string[];
}

export interface HostFile {
  /** As it was asked for. */
  readonly path: string;
  readonly whole: string;
  /** "unseen": a folder above it is closed to the agent's user. */
  readonly is: "file" | "folder" | "other" | "missing" | "unseen";
  /** The twelve bits of chmod; of what a link leads to. */
  readonly mode?: number;
  readonly userId?: number;
  /** By the agent's user. */
  readonly isWritable?: boolean;
  /** The folder that it lies in. */
  readonly folder?: { readonly mode: number; readonly userId: number };
}

/** A running instance as the kernel sees it. */
export interface HostProcess {
  readonly process: string;
  readonly index: number;
  readonly pid: number;
  /** 0 is root. */
  readonly userId: number | undefined;
  /** The soft one; undefined: the kernel does not say. */
  readonly openFilesLimit: number | "unlimited" | undefined;
}
