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
