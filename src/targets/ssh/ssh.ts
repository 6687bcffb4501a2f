import { defineTarget } from "../../model/target.ts";
import { sshOptions } from "./options.ts";
import { openSshTarget } from "./ssh-target.ts";

/** A machine reached over SSH: the same agent as on this one, with the public ports of its own. */
export const ssh = defineTarget({
  kind: "ssh",
  summary: "A machine reached over SSH: processes under Gonogo's agent, which answers on its public ports.",
  options: sshOptions,
  open: async (request) => openSshTarget(request),
});
