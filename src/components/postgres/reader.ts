import type { SqlSession } from "../../model/doors.ts";

/** Rows of one statement; statements wait for each other. Throws OutsideError. */
export interface Reader {
  query<Row extends object>(text: string, params?: readonly unknown[]): Promise<Row[]>;
}

/**
 * One session for all the facts of a run: opened by the first statement, closed when none is left waiting, opened
 * again when another comes. Twenty facts cost the database one connection, and none outlives its questions.
 */
export function shareSession(open: () => Promise<SqlSession>): Reader {
  let session: Promise<SqlSession> | undefined;
  let waiting = 0;
  let last: Promise<unknown> = Promise.resolve();

  async function close(ended: Promise<SqlSession> | undefined): Promise<void> {
    const opened = await ended?.catch(() => undefined);
    await opened?.[Symbol.asyncDispose]();
  }

  return {
    async query<Row extends object>(text: string, params?: readonly unknown[]) {
      waiting += 1;
      session ??= open();
      const mine = session;
      const turn = last.then(async () => (await mine).query<Row>(text, params));
      last = turn.catch(() => undefined);
      try {
        return await turn;
      } finally {
        waiting -= 1;
        if (waiting === 0) {
          session = undefined;
          await close(mine);
        }
      }
    },
  };
}
