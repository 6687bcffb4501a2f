import { createServer } from "node:http";

/* Answers every path with 200 and counts which it was asked for. Tells its port, and on request how many. */
let asked = new Map();
const server = createServer((request, response) => {
  asked.set(request.url, (asked.get(request.url) ?? 0) + 1);
  response.writeHead(200, { "content-type": "application/json" });
  response.end('{"ok":true}');
});
server.keepAliveTimeout = 60_000;
server.listen(0, "127.0.0.1", () => process.send({ port: server.address().port }));
process.on("message", (word) => {
  process.send({ paths: asked.size, requests: [...asked.values()].reduce((sum, each) => sum + each, 0) });
  if (word === "forget") asked = new Map();
});
process.on("disconnect", () => process.exit(0));
