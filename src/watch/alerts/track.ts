import type { MonitorTrack, Transition } from "../../model/alert.ts";
import type { Monitor, Reading } from "../../model/monitor.ts";

const REMEMBER_CHANGES_MS = 3_600_000;

export interface TrackChange {
  readonly track: MonitorTrack;
  readonly transition: Transition | undefined;
}

/** What is known of a monitor before its first reading: nothing speaks against it. */
export function newTrack(monitor: string): MonitorTrack {
  return {
    monitor,
    state: "up",
    against: 0,
    againstSince: undefined,
    againstRelease: undefined,
    lastAt: 0,
    lastDetail: "",
    changedAt: [],
  };
}

/**
 * One reading more. A change is believed after as many readings in a row as the monitor asks for; "unknown" says
 * nothing about the watched, so it neither adds to such a row nor breaks it.
 */
export function nextTrack(track: MonitorTrack, reading: Reading, monitor: Monitor): TrackChange {
  if (reading.state === "unknown") return { track, transition: undefined };
  const seen = { ...track, lastAt: reading.at + reading.tookMs, lastDetail: reading.detail };
  if (reading.state === track.state) {
    const settled = { ...seen, against: 0, againstSince: undefined, againstRelease: undefined };
    return { track: settled, transition: undefined };
  }
  const against = track.against + 1;
  const since = track.againstSince ?? reading.at;
  const release = track.againstSince === undefined ? reading.release : track.againstRelease;
  const { failures, successes } = monitor.confirm;
  if (against < (reading.state === "down" ? failures : successes)) {
    return {
      track: { ...seen, against, againstSince: since, againstRelease: release },
      transition: undefined,
    };
  }
  const changedAt = [...track.changedAt, reading.at].filter((at) => at > reading.at - REMEMBER_CHANGES_MS);
  return {
    track: {
      ...seen,
      state: reading.state,
      against: 0,
      againstSince: undefined,
      againstRelease: undefined,
      changedAt,
    },
    transition: {
      monitor: monitor.id,
      component: monitor.component,
      at: reading.at,
      to: reading.state,
      since,
      detail: reading.detail,
      release,
    },
  };
}

/** When a monitor that has begun to fail would be found down, were it to go on; undefined when it is not failing. */
export function expectedDownAt(track: MonitorTrack, monitor: Monitor, everyMs: number): number | undefined {
  if (track.state === "down" || track.against === 0) return undefined;
  return track.lastAt + (monitor.confirm.failures - track.against) * everyMs;
}
