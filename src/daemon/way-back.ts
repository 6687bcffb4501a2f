import type { ReleaseAnswers, WayBack } from "../api/sources.ts";
import { kindSentence, planRollback, type RollbackPlan, rollBack } from "../deploy/roll-back.ts";
import type { DeployScene } from "../deploy/scene.ts";
import { messageOf } from "../model/errors.ts";

export interface WayBackKeeper extends ReleaseAnswers, AsyncDisposable {}

/** Goes back when somebody who looks at the dashboard says so: the way `gonogo rollback` goes, one at a time. */
export function openWayBack(scene: DeployScene, onTrouble: (text: string) => void): WayBackKeeper {
  const { store, environment, doors } = scene;
  const stop = new AbortController();
  let underWay: ReleaseAnswers["underWay"];
  let running: Promise<void> = Promise.resolve();

  async function plan(): Promise<RollbackPlan | undefined> {
    // Nothing is live, nothing is kept, or the target does not answer: then there is no button, either.
    return await planRollback(scene, { to: undefined, signal: stop.signal }).catch(() => undefined);
  }

  async function go({ incident, by, reason, to }: Parameters<ReleaseAnswers["goBack"]>[0]): Promise<void> {
    const order = { by, reason, to, signal: stop.signal, onEvent: () => undefined };
    const failed = await rollBack(scene, order).then(
      ({ deploy }) => (deploy.state === "done" ? undefined : (deploy.reason ?? "no reason kept")),
      messageOf,
    );
    if (failed === undefined) return;
    const text = `going back to ${to} failed: ${failed}`;
    onTrouble(text);
    await store.incidents.addEvent(environment.name, {
      ...{ incident, by, text },
      at: doors.clock.now(),
      kind: "note",
    });
  }

  return {
    get underWay() {
      return underWay;
    },
    wayBack: async () => wayOf(await plan()),
    async goBack(order) {
      if (underWay) return `${underWay.by} has answered already: it goes back to ${underWay.to} now.`;
      underWay = { by: order.by, to: order.to };
      const way = wayOf(await plan());
      if (way?.from !== order.from || way.to !== order.to || way.needsReason) {
        underWay = undefined;
        return way
          ? `It would go back to ${way.to} now, from ${way.from}: ${way.says}.`
          : "There is nothing to go back to.";
      }
      running = go(order)
        .catch((thrown: unknown) => onTrouble(`what came of going back cannot be kept: ${messageOf(thrown)}`))
        .finally(() => {
          underWay = undefined;
        });
      return undefined;
    },
    async [Symbol.asyncDispose]() {
      stop.abort(new Error("the watch ends"));
      await running;
    },
  };
}

function wayOf(plan: RollbackPlan | undefined): WayBack | undefined {
  if (!plan) return undefined;
  const { from, to, kind } = plan;
  return {
    from: from.id,
    to: to.id,
    says: kindSentence(plan),
    needsReason: kind.verdict === "restore needed",
  };
}
