import type { DeployScene } from "../deploy/scene.ts";
import { UserError } from "../model/errors.ts";
import { type HttpListener, type ListenerHandler, openHttpListener } from "../system/http-listener.ts";

export interface WatchListener extends AsyncDisposable {
  readonly url: string;
}

const HOST = "127.0.0.1";
const FIRST_PORT = 7_676;
const PORTS = 100;

/** Listens where the declaration says; else on a free port of this machine, the same one each time it can be had. */
export async function openWatchListener(request: {
  readonly scene: DeployScene;
  readonly handlers: readonly ListenerHandler[];
  readonly onTrouble: (text: string) => void;
}): Promise<WatchListener> {
  const { scene, handlers, onTrouble } = request;
  const listen = scene.launch.watch?.listen;
  const open = (host: string, port: number) => openHttpListener({ host, port, handlers, onTrouble });
  const listener = listen ? await open(listen.host, listen.port) : await openRemembered(scene, open);
  const host = listen?.host ?? HOST;
  return {
    url: `http://${host.includes(":") ? `[${host}]` : host}:${listener.port}`,
    [Symbol.asyncDispose]: () => listener[Symbol.asyncDispose](),
  };
}

async function openRemembered(
  { directory, doors }: DeployScene,
  open: (host: string, port: number) => Promise<HttpListener>,
): Promise<HttpListener> {
  const file = `${directory}/watch-port`;
  const remembered = Number(await doors.files.read(file));
  const others = Array.from({ length: PORTS }, (_, index) => FIRST_PORT + index);
  for (const port of remembered > 0 ? [remembered, ...others] : others) {
    try {
      const listener = await open(HOST, port);
      if (port !== remembered) await doors.files.write(file, `${port}\n`);
      return listener;
    } catch (thrown) {
      if (!(thrown instanceof UserError)) throw thrown;
    }
  }
  throw new UserError(`no port from ${FIRST_PORT} to ${FIRST_PORT + PORTS - 1} is free`, {
    where: "watch.listen",
    fix: 'name one: watch: { listen: "127.0.0.1:8000" }',
  });
}
