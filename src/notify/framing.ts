import type { Notice } from "../model/channel.ts";
import type { Incident } from "../model/incident.ts";
import type { Environment, Launch } from "../model/launch.ts";

/** What every message of an environment has in common. */
export interface NoticeHead {
  readonly launch: string;
  readonly environment: string;
  /** Where people reach `gonogo serve`; undefined: nobody has declared it. */
  readonly watchUrl: string | undefined;
}

export function noticeHead({
  launch,
  environment,
}: {
  launch: Launch;
  environment: Environment;
}): NoticeHead {
  return { launch: launch.name, environment: environment.name, watchUrl: environment.watchUrl };
}

type Frame = Pick<Notice, "launch" | "environment" | "thread" | "link" | "statusPage">;

export function frame(head: NoticeHead, { id, openedAt }: Pick<Incident, "id" | "openedAt">): Frame {
  const { launch, environment } = head;
  return {
    launch,
    environment,
    // With the time: a store that was begun anew counts from i1 again, and receivers remember the old one.
    thread: `${launch}/${environment}/${id}-${openedAt.toString(36)}`,
    ...linksOf(head, `incidents/${id}`),
  };
}

/** To a page of the dashboard, and to the status page. */
export function linksOf({ watchUrl }: NoticeHead, page: string): Pick<Notice, "link" | "statusPage"> {
  return watchUrl === undefined ? {} : { link: `${watchUrl}/${page}`, statusPage: `${watchUrl}/status` };
}

export function acknowledgeLine({ environment }: Pick<NoticeHead, "environment">, id: string): string {
  return `gonogo incidents ack ${id} --env ${environment}`;
}

export type NoticeLine = readonly [label: string, value: string | undefined];

/** What to type next about an incident, and why there is no link where there is none. */
export function nextFacts(head: NoticeHead, incident: Incident, { isOver = false } = {}): NoticeLine[] {
  const { environment, watchUrl } = head;
  const { id, acknowledgedAt, severity } = incident;
  const type = (words: string) => `gonogo incidents ${words} --env ${environment}`;
  const isGrave = severity === "P0" || severity === "P1";
  const missing = watchUrl === undefined ? ` (no link: declare environments.${environment}.watchUrl)` : "";
  return [
    ["acknowledge", isOver || acknowledgedAt !== undefined ? undefined : acknowledgeLine(head, id)],
    ["review", isOver && isGrave ? type(`post-mortem ${id}`) : undefined],
    ["look", `${type(`show ${id}`)}${missing}`],
  ];
}

/** Those that have something to say. */
export function facts(given: readonly NoticeLine[]): (readonly [string, string])[] {
  return given.flatMap(([label, value]) =>
    value === undefined || value === "" ? [] : [[label, value] as const],
  );
}
