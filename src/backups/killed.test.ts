import { expect, it } from "vitest";
import { killBackups } from "../../test/faults/backup-kills.ts";

// Fifty of them: npm run bench -- backup-kills.
it("killed at random moments, no half backup is ever listed, the last good one stands, and the next run completes", async () => {
  const { killed, completed, troubles } = await killBackups(5);
  expect(troubles).toEqual([]);
  expect(completed).toBe(3);
  expect(Object.values(killed).reduce((sum, each) => sum + each, 0)).toBeGreaterThanOrEqual(3);
}, 300_000);
