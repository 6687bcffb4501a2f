/** Works through the jobs in order, `width` at a time; the first failure stops the others through `signal`. */
export async function inParallel<Job, Result>(
  jobs: readonly Job[],
  how: { readonly width: number; readonly signal: AbortSignal },
  work: (job: Job, signal: AbortSignal) => Promise<Result>,
): Promise<Result[]> {
  const failed = new AbortController();
  const signal = AbortSignal.any([how.signal, failed.signal]);
  const results: Result[] = [];
  let next = 0;
  const worker = async (): Promise<void> => {
    for (let index = next++; index < jobs.length; index = next++) {
      signal.throwIfAborted();
      results[index] = await work(jobs[index] as Job, signal);
    }
  };
  const workers = Array.from({ length: Math.min(how.width, jobs.length) }, () =>
    worker().catch((thrown: unknown) => {
      failed.abort(thrown);
      throw thrown;
    }),
  );
  const outcomes = await Promise.allSettled(workers);
  how.signal.throwIfAborted();
  // Those that were stopped fail too; the reason is the one that stopped them.
  if (failed.signal.aborted) throw failed.signal.reason;
  for (const outcome of outcomes) if (outcome.status === "rejected") throw outcome.reason;
  return results;
}
