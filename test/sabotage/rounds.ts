import { database } from "./rounds/database.ts";
import type { Round } from "./sabotage.ts";

export const ROUNDS: readonly Round[] = [database];
