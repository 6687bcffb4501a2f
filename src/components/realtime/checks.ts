import { defineCheck } from "../../model/check.ts";
import { fail, pass, unknown } from "../../model/outcome.ts";
import { ways } from "../../model/ways.ts";
import { conversation, crowd } from "./facts.ts";

const BASE = { severity: "blocker", phase: "staging", freshFor: "1d", every: "1h" } as const;

export const authRequired = defineCheck({
  ...BASE,
  id: "ws.auth.required",
  title: "Only people with a valid token are let in, and they hear only their own rooms",
  consequence: "Strangers listen to what people say to each other.",
  asks: ways(`
    WebSocket authentication | Socket.IO requires a token | sockets authenticated with JWT
    unauthenticated socket is refused | room authentication works | WebSocket connections authenticated
    connection rejects unauthenticated users | private channels authorised | private channels need a token
    users cannot join other people's channels | handshake without token refused
    WebSocket only with valid token | channel authorization | ActionCable connection authenticated
    socket handshake needs a token | WebSocket connections require a JWT
    private channels require authentication | WebSocket rejects unauthenticated clients
    connections without JWT closed | private channel auth endpoint | WebSocket only with token
    socket connections without token refused | private channel auth
    unauthenticated socket connections dropped | joining a room requires membership
  `),
  source: "https://cheatsheetseries.owasp.org/cheatsheets/WebSocket_Security_Cheat_Sheet.html",
  needs: { seen: conversation },
  run: ({ seen }, { options: { path, tokenParameter } }) => {
    const fix = `verify "${tokenParameter}" before ${path} is accepted, and close the connection otherwise`;
    if (seen.isOpenToAnybody)
      return fail("anybody is let in without a token", {
        expected: "a refusal",
        found: "a connection",
        fix,
        findings: ["without a token"],
      });
    if (seen.isOpenToForged)
      return fail("a forged token lets anybody in", {
        expected: "a refusal",
        found: "a connection",
        fix: `verify the signature of "${tokenParameter}" at ${path}`,
        findings: ["forged token"],
      });
    if (!seen.isOpenToMembers) return unknown("nobody is let in at all, so these refusals prove nothing");
    if (seen.strangerHears)
      return fail("strangers hear what is said in a room", {
        expected: "silence for somebody who takes no part in it",
        found: "the message",
        fix: "ask whether somebody belongs to a room before their connection joins it",
        findings: ["stranger in the room"],
      });
    if (seen.heardAfterMs === undefined)
      return unknown("nobody heard what was said in the room, so that a stranger did not proves nothing");
    const strangers = seen.strangerIsKeptOut ? "the stranger is not let in" : "strangers hear nothing";
    return pass(`a token is asked for, a forged one is refused, ${strangers}`);
  },
});

export const messageRoundTrip = defineCheck({
  ...BASE,
  id: "ws.message.roundtrip",
  title: "What one says in a room, the others hear at once",
  consequence: "Live features stand still: people talk, vote and work past each other.",
  asks: ways(`
    real-time features working | real-time messaging works | join a room and send a message
    Socket.IO handlers work | test real-time collaboration | chat messages are delivered
    real-time updates reach other users | RoomManager service (Socket.IO handlers)
    WebSocket messages received | live updates work
    realtime subscriptions work | message appears instantly for the other user
    broadcast reaches all clients | ActionCable broadcasts | hub messages delivered
    events published to a channel are received | broadcast received in the room
    chat message reaches the other user in real time | messages reach everyone in the room
    real-time message delivery | published event reaches subscribers | SignalR hub messages
    realtime channel receives updates | messages arrive in the other browser
    two users see each other's updates | live chat between two users works
    broadcast events received by subscribers
    emit from one client received by others | messages arrive in real time
    live updates arrive without reloading | realtime subscriptions connect and receive updates
  `),
  source: "https://socket.io/docs/v4/socket-io-protocol/",
  figures: { within: { measured: "tookMs", keeps: "no more", in: "ms" } },
  needs: { seen: conversation },
  run: ({ seen }, { options: { path, within, heard } }) => {
    if (!seen.isOpenToMembers)
      return fail("people with a valid token are not let in", {
        expected: `a connection at ${path}`,
        found: "a refusal",
        fix: "compare how tokens are signed and how the socket verifies them",
      });
    if (seen.heardAfterMs === undefined)
      return fail("a message does not reach the others in its room", {
        expected: `${heard ?? "the message"} within ${within}`,
        found: "nothing",
        fix: "let every instance hear what any instance was told (Redis adapter, LISTEN and NOTIFY), and see that joining a room worked",
      });
    const tookMs = Math.round(seen.heardAfterMs);
    return pass(`heard after ${tookMs} ms`, { tookMs });
  },
});

export const capacity = defineCheck({
  ...BASE,
  id: "ws.capacity",
  title: "As many connections as declared are opened together",
  consequence: "Some people see a page on which nothing moves.",
  severity: "warning",
  asks: ways(`
    WebSocket connection rate > 99% | WebSocket connection success rate | concurrent WebSocket connections
    socket connections succeed | WebSocket server handles many clients | WebSocket connections scale
    Max WebSocket connections | concurrent connections | holds simultaneous socket clients
    channels tested with many open sockets | WebSocket connections at peak | all WebSocket clients connect
    simultaneous WebSocket connections tested | concurrent connection capacity
    enough connections for peak WebSocket users | 10k open sockets | socket server holds clients
    WebSocket server with concurrent clients | concurrent socket limit | concurrent WebSocket clients
    server handles 500 open WebSocket connections | many open WebSocket connections
  `),
  figures: { "at-least": { measured: "connectedShare", keeps: "no less", in: "share" } },
  needs: { seen: crowd },
  run: ({ seen: { asked, connected } }, { options: { connectShare } }) => {
    const measured = { asked, connected, connectedShare: connected / asked };
    if (connected >= asked * connectShare) return pass(`${connected} of ${asked} were opened`, measured);
    return fail("too many connections are not opened", {
      expected: `${percent(connectShare)} of ${asked}`,
      found: `${connected}`,
      fix: "raise the limit of open files and of connections in front of the application, and see its log at that time",
      measured,
    });
  },
});

export const reconnect = defineCheck({
  ...BASE,
  id: "ws.reconnect",
  title: "Whoever was cut off is let in again with the same token, and hears what happens next",
  consequence: "After each deploy or hiccup people sit before a page that is dead until they reload it.",
  severity: "warning",
  asks: ways(`
    WebSocket reconnection rate > 95%
    clients reconnect | reconnection tested | Reconnect after network loss
    dropped connections recover | socket reconnects
    clients connect again after interruption | reconnect after interruption | WebSocket reconnects
    lost connection comes back | reconnect
  `),
  figures: { "at-least": { measured: "cameBackShare", keeps: "no less", in: "share" } },
  needs: { seen: crowd },
  run: ({ seen: { asked, connected, cameBack } }, { options: { reconnectShare } }) => {
    if (connected === 0) return unknown("nobody was connected, so nobody could come back");
    const measured = { asked, cameBack, cameBackShare: cameBack / asked };
    if (cameBack >= asked * reconnectShare) return pass(`${cameBack} of ${asked} came back`, measured);
    return fail("too many pages do not come back", {
      expected: `${percent(reconnectShare)} of ${asked} hear the next message`,
      found: `${cameBack}`,
      fix: "let a page join its rooms again with the same token after it was cut, on any instance",
      measured,
    });
  },
});

function percent(share: number): string {
  return `${Math.round(share * 1_000) / 10} %`;
}
