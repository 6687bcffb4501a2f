/** A piece of work that others may have to wait for. */
export interface Job {
  readonly name: string;
  /** Names of those that must be done before. */
  readonly needs: readonly string[];
  /** What it must have to itself: no two jobs that name the same run at once. */
  readonly alone: readonly string[];
  /** How long it takes, in any measure. */
  readonly cost: number;
}

/**
 * Works through the jobs, `width` at a time, each as soon as what it needs is done: first the one that begins the
 * longest way to the end. The first failure stops the others through `signal`.
 */
export async function inTurnOfNeed<One extends Job>(
  jobs: readonly One[],
  how: { readonly width: number; readonly signal: AbortSignal },
  work: (job: One, signal: AbortSignal) => Promise<void>,
): Promise<void> {
  const failed = new AbortController();
  const signal = AbortSignal.any([how.signal, failed.signal]);
  const ways = waysToTheEnd(jobs);
  const waiting = new Set(jobs.toSorted((a, b) => (ways.get(b.name) ?? 0) - (ways.get(a.name) ?? 0)));
  const running = new Map<One, Promise<void>>();
  const done = new Set<string>();
  const start = async (job: One): Promise<void> => {
    try {
      await work(job, signal);
      done.add(job.name);
    } catch (thrown) {
      failed.abort(thrown);
    } finally {
      running.delete(job);
    }
  };
  const mayBegin = ({ needs, alone }: One): boolean =>
    needs.every((name) => done.has(name)) &&
    !alone.some((each) => [...running.keys()].some((other) => other.alone.includes(each)));
  while (waiting.size + running.size > 0) {
    for (const job of waiting) {
      if (signal.aborted || running.size >= how.width) break;
      if (!mayBegin(job)) continue;
      waiting.delete(job);
      running.set(job, start(job));
    }
    if (running.size === 0) break;
    await Promise.race(running.values());
  }
  how.signal.throwIfAborted();
  // Those that were stopped fail too; the reason is the one that stopped them.
  failed.signal.throwIfAborted();
  if (waiting.size > 0)
    throw new Error(`nothing can begin: ${[...waiting].map(({ name }) => name).join(", ")}`);
}

/** Of each job: its own cost and that of the longest row of jobs that wait for it one after the other. */
function waysToTheEnd(jobs: readonly Job[]): ReadonlyMap<string, number> {
  const ways = new Map<string, number>();
  const wayOf = ({ name, cost }: Job): number => {
    const known = ways.get(name);
    if (known !== undefined) return known;
    // Also what ends the search where two need each other.
    ways.set(name, cost);
    const after = jobs.filter(({ needs }) => needs.includes(name)).map(wayOf);
    const way = cost + Math.max(0, ...after);
    ways.set(name, way);
    return way;
  };
  for (const job of jobs) wayOf(job);
  return ways;
}
