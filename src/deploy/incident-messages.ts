import type { OutgoingMessage } from "../model/alert.ts";
import type { NoticeKind } from "../model/channel.ts";
import type { Incident } from "../model/incident.ts";
import { facts, frame, type NoticeLine, nextFacts, noticeHead } from "../notify/framing.ts";
import { channelsFor } from "../notify/routes.ts";
import type { DeployScene } from "./scene.ts";

/** What each channel that hears of such an incident is told; what to type next stands last in it. */
export function incidentMessages(
  scene: Pick<DeployScene, "launch" | "environment" | "doors">,
  incident: Incident,
  said: {
    readonly kind: NoticeKind;
    readonly title: string;
    /** Milliseconds since 1970 UTC. */
    readonly at: number;
    readonly facts: readonly NoticeLine[];
  },
): OutgoingMessage[] {
  const head = noticeHead(scene);
  const notice = {
    ...frame(head, incident),
    ...said,
    key: `msg_${scene.doors.random.hex(12)}`,
    severity: incident.severity,
    facts: facts([...said.facts, ...nextFacts(head, incident)]),
  };
  const channels = channelsFor(incident, scene.launch.alerts);
  return channels.map((channel) => ({ channel, incident: incident.id, notice }));
}
