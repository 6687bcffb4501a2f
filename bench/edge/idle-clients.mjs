// Opens many connections, gets one answer on each, and holds them idle.
import { readFileSync } from "node:fs";
import { connect } from "node:net";
import { connect as connectTls } from "node:tls";

process.on("disconnect", () => process.exit());
const { port, count, kind, ca } = await new Promise((resolve) => process.once("message", resolve));
const request = {
  "keep-alive": "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n",
  WebSocket: "GET / HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n",
}[kind];

function open() {
  return new Promise((resolve, reject) => {
    const socket = ca
      ? connectTls({ port, host: "127.0.0.1", ca: readFileSync(ca), servername: "localhost" })
      : connect(port, "127.0.0.1");
    socket.once("data", resolve).once("error", reject);
    socket.write(request);
  });
}

const AT_ONCE = 100;
for (let opened = 0; opened < count; opened += AT_ONCE)
  await Promise.all(Array.from({ length: AT_ONCE }, open));
process.send?.("up");
