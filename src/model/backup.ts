import type { BackupPolicy } from "./backup-policy.ts";

/** What a backup is of, where it lies and what it held: written last, and alone makes a backup exist. */
export interface BackupManifest {
  /** Of the format; an older one is listed, and restored by the Gonogo that made it. */
  readonly version: 1 | 2;
  /** "b20261121T073000Z-4f2a": sorts by time. */
  readonly id: string;
  readonly launch: string;
  readonly environment: string;
  /** The release that was live. */
  readonly release: string | undefined;
  readonly reason: "schedule" | "by hand" | "before a migration" | "with a deploy" | "before a restore";
  readonly startedAt: number;
  readonly finishedAt: number;
  /** Version of Gonogo and of each program used: "pg_dump" -> "15.18". */
  readonly tools: Readonly<Record<string, string>>;
  /** age recipients that can open it. */
  readonly recipients: readonly string[];
  readonly parts: readonly BackupPart[];
}

/** One component's share of a backup. */
export type BackupPart = PostgresPart | FilesPart | RedisPart | StorePart;

interface PartBase {
  /** The component's name; "gonogo" for its own store. */
  readonly component: string;
  /** Data as of this time: nothing later is in it. */
  readonly takenAt: number;
  readonly objects: readonly BackupObject[];
}

/** One stored file: compressed with zstd, then encrypted with age. */
export interface BackupObject {
  /** Its name below the backup's own place. */
  readonly name: string;
  readonly holds:
    | "structure"
    | "data"
    | "rows of a table"
    | "contents"
    | "files"
    | "list of files"
    | "rdb"
    | "sqlite";
  /** As stored. */
  readonly sizeBytes: number;
  /** Before compression. */
  readonly plainBytes: number;
  /** SHA-256 of the stored bytes, hexadecimal. */
  readonly sha256: string;
}

/**
 * pg_dump archives in custom format, of one snapshot: one of the structure, one of the rows of small tables. The rows of
 * each large table lie by themselves, as COPY writes them.
 */
export interface PostgresPart extends PartBase {
  readonly kind: "postgres";
  readonly database: string;
  readonly serverVersion: string;
  readonly serverMajor: number;
  /** The number that the next transaction to write was to get: when it is still the next one, nothing was written. */
  readonly nextTransaction: string;
}
/** With what it held, which lies sealed in an object of its own. */
export interface OpenPostgresPart extends PostgresPart {
  readonly contents: DatabaseContents;
}

/** What a database held in the dump's own snapshot; a restored copy is compared with it. */
export interface DatabaseContents {
  readonly tables: readonly TableContents[];
  readonly sequences: readonly { readonly name: string; readonly lastValue: string | null }[];
  /** "constraint public.wallet.wallet_pkey" -> its definition: constraints, indexes, policies, triggers. */
  readonly rules: Readonly<Record<string, string>>;
  readonly extensions: readonly { readonly name: string; readonly version: string }[];
  /** Roles that owners, grants and policies name. */
  readonly roles: readonly string[];
  /** "UTF8": of the rows of large tables. */
  readonly encoding: string;
}

export interface TableContents {
  /** "public.wallet", quoted where SQL needs it. */
  readonly name: string;
  readonly rows: number;
  readonly sampledRows: number;
  /** Sum over the sampled rows of 60 bits of their MD5: the order of rows does not matter. */
  readonly checksum: string;
  /** One row in this many was sampled, by the hash of its primary key. */
  readonly everyNth: number;
  /** Number in the system's tables of the database that was dumped. */
  readonly oid: number;
  /** Name of the object that holds its rows and no others, as COPY writes them. */
  readonly object?: string;
  /** What each of those rows is made of, in its order, quoted where SQL needs it. */
  readonly columns?: readonly string[];
}

/** A tar archive, and a list of its files as sha256sum writes and checks it. */
export interface FilesPart extends PartBase {
  readonly kind: "files";
  readonly directory: string;
  readonly files: number;
  readonly sizeBytes: number;
}
export interface RedisPart extends PartBase {
  readonly kind: "redis";
  readonly serverVersion: string;
  readonly serverMajor: number;
  /** Bytes it took in memory. */
  readonly usedBytes: number;
}
/** What a Redis held while its file was written; it goes on being written to meanwhile. */
export interface RedisContents {
  readonly databases: readonly RedisDatabase[];
  /** Values that were the same before and after. */
  readonly samples: readonly { readonly db: number; readonly key: string; readonly digest: string }[];
}
export interface RedisDatabase {
  readonly db: number;
  /** Keys without an expiry, at least and at most. */
  readonly lasting: readonly [least: number, most: number];
}
export interface StorePart extends PartBase {
  readonly kind: "store";
  readonly evidenceRows: number;
}

/** What restoring a backup and comparing it showed. */
export interface BackupProof {
  readonly version: 1;
  readonly backup: string;
  /** SHA-256 of the manifest that was proven, hexadecimal. */
  readonly manifest: string;
  readonly provenAt: number;
  readonly verdict: "proven" | "failed" | "unproven";
  /** What differs, or why it could not be told; empty when proven. */
  readonly problems: readonly BackupProblem[];
  /** From the beginning of the restore until the copy answered and agreed. */
  readonly restoreMs: number;
  readonly compareMs: number;
  readonly tables: number;
  readonly rows: number;
  readonly sampledRows: number;
  /** Files that were compared by their SHA-256. */
  readonly files: number;
  /** Keys of Redis. */
  readonly keys: number;
  /** Rows of Gonogo's own evidence, whose chain was walked. */
  readonly evidenceRows: number;
  /** Version of the server it was restored into. */
  readonly serverVersion: string | undefined;
}

export interface BackupProblem {
  readonly kind:
    | "missing object"
    | "corrupt"
    | "truncated"
    | "wrong key"
    | "wrong version"
    | "missing extension"
    | "cannot be restored"
    | "rows differ"
    | "rule missing"
    | "sequence behind"
    | "invariant broken"
    | "files differ"
    | "keys differ"
    | "evidence differs"
    | "no room"
    | "unreachable";
  readonly what: string;
}

/** What is to be seen of an environment's backups, for those who judge. */
export interface BackupsSeen {
  readonly policy: BackupPolicy;
  readonly places: readonly SeenPlace[];
  /** They can be opened with a key that was made beside the project: lost, or stolen, with the machine. */
  readonly isKeyHere: boolean;
  /** Of every database that is declared to be recoverable to a time and whose server is Gonogo's own. */
  readonly pointInTime?: readonly PointInTimeSeen[];
}
/** To which times one database can be brought back. Times in milliseconds, since 1970 UTC where they are moments. */
export interface PointInTimeSeen {
  readonly component: string;
  readonly everyMs: number;
  readonly windowMs: number;
  readonly places: readonly {
    readonly name: string;
    readonly isElsewhere: boolean;
    readonly unreachable: string | undefined;
    /** Earliest first; to any moment of these. */
    readonly stretches: readonly { readonly from: number; readonly until: number }[];
    readonly copies: number;
    /** The last one that lies there. */
    readonly lastSegment: string | undefined;
  }[];
  /** Finished segments that are still on this machine only. */
  readonly waiting: { readonly segments: number; readonly bytes: number };
  /** What txid_current_snapshot() said when everything was last brought away: the same now, and nothing is missing. */
  readonly transactions: string | undefined;
}
export interface SeenPlace {
  readonly name: string;
  readonly label: string;
  readonly isElsewhere: boolean;
  readonly unreachable: string | undefined;
  /** Newest first. */
  readonly backups: readonly SeenBackup[];
}
export interface SeenBackup {
  readonly id: string;
  readonly startedAt: number;
  readonly parts: readonly {
    readonly component: string;
    readonly takenAt: number;
    readonly nextTransaction: string | undefined;
  }[];
  readonly storedBytes: number;
  /** What is known against it without restoring it. */
  readonly damage: readonly BackupProblem[];
  readonly proof: BackupProof | undefined;
}
