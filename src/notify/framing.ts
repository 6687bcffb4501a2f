import type { Notice } from "../model/channel.ts";
import type { Incident } from "../model/incident.ts";

/** What every message of an environment has in common. */
export interface NoticeHead {
  readonly launch: string;
  readonly environment: string;
  /** Where the incident can be looked at; undefined: nowhere yet. */
  readonly link: ((incident: string) => string) | undefined;
}

type Frame = Pick<Notice, "launch" | "environment" | "thread" | "link">;

export function frame(
  { launch, environment, link }: NoticeHead,
  { id, openedAt }: Pick<Incident, "id" | "openedAt">,
): Frame {
  return {
    launch,
    environment,
    // With the time: a store that was begun anew counts from i1 again, and receivers remember the old one.
    thread: `${launch}/${environment}/${id}-${openedAt.toString(36)}`,
    ...(link && { link: link(id) }),
  };
}

export function acknowledgeLine({ environment }: NoticeHead, id: string): string {
  return `gonogo incidents ack ${id} --env ${environment}`;
}

/** Those that have something to say. */
export function facts(
  given: readonly (readonly [label: string, value: string | undefined])[],
): (readonly [string, string])[] {
  return given.flatMap(([label, value]) =>
    value === undefined || value === "" ? [] : [[label, value] as const],
  );
}
