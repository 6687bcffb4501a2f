// The cheapest application there can be: fixed bytes for every request, so that what is measured is the proxy.
import { createServer } from "node:net";

process.on("disconnect", () => process.exit());
const { port, bodyBytes } = await new Promise((resolve) => process.once("message", resolve));
const answer = `HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: ${bodyBytes}\r\n\r\n${"x".repeat(bodyBytes)}`;
const switched = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n";

const server = createServer({ noDelay: true }, (socket) => {
  socket.on("error", () => socket.destroy());
  socket.on("data", (chunk) => {
    const text = chunk.toString("latin1");
    if (text.includes("\r\n\r\n"))
      socket.write(/\r\nupgrade: websocket/i.test(text) ? switched : answer, "latin1");
  });
});
server.listen(port, "127.0.0.1", () => process.send?.("up"));
