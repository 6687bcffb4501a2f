// Loaded into a measured command with --import: appends how many HTTP requests it sent to one host to a file.
import { subscribe } from "node:diagnostics_channel";
import { appendFileSync } from "node:fs";

const { COUNT_REQUESTS_TO: host = "", COUNT_REQUESTS_IN: file = "" } = process.env;
let sent = 0;
subscribe("http.client.request.start", ({ request }) => {
  if (String(request.getHeader("host")).startsWith(host)) sent += 1;
});
process.on("exit", () => appendFileSync(file, `${sent}\n`));
