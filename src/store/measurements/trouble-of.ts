import { messageOf } from "../../model/errors.ts";

/** Readings that are kept are not refused for what could not be done beside them. */
export async function troubleOf(work: () => Promise<unknown>): Promise<string | undefined> {
  try {
    await work();
    return undefined;
  } catch (thrown) {
    return messageOf(thrown);
  }
}
