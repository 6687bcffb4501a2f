import { reasonOf } from "../log.ts";
import { mintToken } from "./mint.ts";

/** Prints an access token of a probe account; GONOGO_CLAIMS holds claims to change, as JSON. */
try {
  const claims = JSON.parse(process.env.GONOGO_CLAIMS || "{}") as Record<string, unknown>;
  const token = await mintToken({ sub: "probe|token", name: "Token probe", roles: ["client"], ...claims });
  process.stdout.write(`${token}\n`);
} catch (thrown) {
  process.stderr.write(`${reasonOf(thrown)}\n`);
  process.exitCode = 1;
}
