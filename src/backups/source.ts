import type { BackupPart } from "../model/backup.ts";

export interface SourceRequest {
  readonly directory: string;
  readonly recipients: readonly string[];
  readonly jobs: number;
  readonly signal: AbortSignal;
  readonly onBytes: (bytes: number) => void;
}

/** One thing of an environment that is backed up. */
export interface Source {
  readonly component: string;
  /** Before compression; a guess that is rather too high. */
  estimateBytes(signal: AbortSignal): Promise<number>;
  backUp(
    request: SourceRequest,
  ): Promise<{ readonly part: BackupPart; readonly tools: Readonly<Record<string, string>> }>;
}
