import { httpAnswer } from "../../facts/http/connection.ts";
import { defineCheck } from "../../model/check.ts";
import type { WebSocketAnswer } from "../../model/doors.ts";
import { defineFact, Undeclared } from "../../model/fact.ts";
import { fail, pass } from "../../model/outcome.ts";
import { ways } from "../../model/ways.ts";
import type { WebOptions } from "./options.ts";

export interface WebSocketAnswers {
  readonly url: string;
  readonly origin: string;
  /** With the origin the app is meant for. */
  readonly own: WebSocketAnswer;
  /** With an origin nobody declared. */
  readonly foreign: WebSocketAnswer;
}

/** How long a server may take to close a connection it should not have opened. */
const SETTLE_MS = 500;

const webSocketUpgrades = defineFact<WebSocketAnswers, WebOptions>({
  id: "web.socket-upgrades",
  access: "read",
  reach: "application",
  async collect(context) {
    const { websocket } = context.subject.options;
    if (!websocket) throw new Undeclared("no websocket is declared");
    const address = await context.get(httpAnswer);
    const url = `${address.origin.replace(/^http/, "ws")}${websocket.path}`;
    const origin = websocket.origin ?? address.origin;
    const ask = (from: string): Promise<WebSocketAnswer> =>
      context.doors.sockets.webSocket({
        url,
        headers: {
          origin: from,
          ...(address.host && { host: address.host }),
          ...(websocket.subprotocol && { "sec-websocket-protocol": websocket.subprotocol }),
        },
        ...(address.ca !== undefined && { ca: address.ca }),
        waitForMessageMs: SETTLE_MS,
        timeoutMs: 6_000,
        signal: context.signal,
      });
    const foreign = `https://gonogo-${context.doors.random.hex(6)}.example`;
    const [own, other] = await Promise.all([ask(origin), ask(foreign)]);
    return { url, origin, own, foreign: other };
  },
});

const COMMON = { severity: "blocker", phase: "staging", freshFor: "1d", every: "15m" } as const;

export const webSocketUpgrade = defineCheck({
  ...COMMON,
  id: "ws.upgrade.ok",
  title: "The WebSocket opens through everything in front of the app",
  consequence: "Live updates never arrive; clients reconnect without end.",
  asks: ways(`
    WebSocket connects | WebSocket upgrade through proxy | Socket.IO connection works | wss works
    test WebSocket connections | WebSocket endpoint reachable | WebSocket works | WebSocket connection
    WebSockets tested | WebSocket connections work
    socket connection established | WebSocket proxy configured | connects over wss
    Action Cable connects | WebSocket handshake succeeds | sockets connect | WebSocket
    Nginx WebSocket proxy | WebSockets work behind the proxy | Upgrade header in nginx
    proxy_set_header Upgrade | proxy_set_header Upgrade and Connection | ActionCable connects
    SignalR hub connects | SignalR negotiates WebSockets
    upgrade headers for socket.io | WebSockets through the load balancer | WebSocket upgrade
    WebSocket upgrade 101 | Laravel Echo connects | Channels WebSocket connects
    WebSockets pass the ingress | WebSocket proxying enabled
    WebSocket connection opens | Phoenix channels connect | WebSocket support configured
    WebSocket support enabled | configure WebSocket support in nginx | WebSocket support in the proxy
  `),
  source: "RFC 6455 section 4",
  needs: { answers: webSocketUpgrades },
  run: ({ answers: { own, url, origin } }, { component }) => {
    if (own.opened) return pass(`${url} opens`, { status: own.status });
    return fail("the WebSocket does not open", {
      expected: `101 for ${url} with Origin: ${origin}`,
      found: `${own.status}`,
      fix:
        own.status === 404 || own.status === 200
          ? `let ${component} serve upgrades at ${new URL(url).pathname}, and let the proxy before it pass Upgrade and Connection on`
          : `see the log of ${component} for the upgrade of ${new URL(url).pathname}; allow the origin ${origin}`,
      measured: { status: own.status },
    });
  },
});

export const webSocketOrigin = defineCheck({
  ...COMMON,
  id: "ws.origin.checked",
  title: "The WebSocket refuses pages of unknown origins",
  consequence: "Any page a user visits opens the socket in the user's name and reads along.",
  asks: ways(`
    WebSocket origin check | cross-site WebSocket hijacking | Socket.IO CORS origins restricted
    Socket.io CORS | WebSocket origin validated | allowed_request_origins
    action_cable.allowed_request_origins | AllowedHostsOriginValidator | CheckOrigin
    gorilla upgrader CheckOrigin | foreign sites cannot open a WebSocket | WebSocket validates the origin
    origin of WebSockets checked | WebSocket connections from other sites refused
    WebSocket origin restricted | WebSocket allowed origins | WebSocket accepts only our origin
    Origin header verified on WebSocket handshake | check_origin | setAllowedOrigins for WebSocket
    Socket.io origins limited | WebSocket upgrade refused for unknown origins | CSWSH
    only our own site may open sockets | sockets only from our site | sockets from other sites refused
  `),
  source: "RFC 6455 section 10.2; CWE-1385",
  needs: { answers: webSocketUpgrades },
  run: ({ answers: { foreign, url, origin } }, { component }) => {
    if (!foreign.opened) return pass(`unknown origins get ${foreign.status}`, { status: foreign.status });
    if (foreign.closeCode !== undefined) return pass(`unknown origins are closed with ${foreign.closeCode}`);
    return fail("the WebSocket opens for any origin", {
      expected: `403 for every Origin but ${origin}`,
      found: "101",
      fix: `in ${component} compare Origin with ${origin} before ${new URL(url).pathname} is upgraded`,
    });
  },
});
