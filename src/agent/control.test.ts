import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, it } from "vitest";
import { OutsideError } from "../model/errors.ts";
import { openClock } from "../system/clock.ts";
import { createClient } from "./client.ts";
import { type Answers, openControl } from "./control.ts";

it.each([true, false])("tells a command whether what failed may be tried again: %s", async (retryable) => {
  const directory = mkdtempSync(path.join(tmpdir(), "gonogo-control-"));
  const socketPath = path.join(directory, "own", "agent.sock");
  const answers = {
    status() {
      throw new OutsideError("the disk is away", { retryable });
    },
  } as Partial<Answers> as Answers;
  const server = await openControl(socketPath, answers);
  try {
    const asked = createClient({ socketPath, clock: openClock() }).send("status", {});
    await expect(asked).rejects.toMatchObject({ message: "the disk is away", retryable });
  } finally {
    server.close();
    rmSync(directory, { recursive: true });
  }
});
