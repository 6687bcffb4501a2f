import { createHash } from "node:crypto";
import { openDatabase } from "../database.ts";
import { SESSION_COOKIE } from "../http/cookies.ts";
import { reasonOf } from "../log.ts";
import { readSettings } from "../settings.ts";

/** Puts one browser session so many seconds into the past, as if that long had gone by. */
async function ageSession(): Promise<void> {
  const { GONOGO_COOKIES: cookies = "{}", GONOGO_SECONDS: seconds = "0" } = process.env;
  const id = (JSON.parse(cookies) as Record<string, string>)[SESSION_COOKIE] ?? "";
  const database = openDatabase({
    url: readSettings().databaseUrl,
    poolMax: 1,
    name: "probe",
    onIdleError: () => undefined,
  });
  try {
    const aged = await database.asSystem((query) =>
      query(
        `update browser_session set created_at = created_at - make_interval(secs => $2),
           expires_at = expires_at - make_interval(secs => $2) where id_hash = $1 returning person_id`,
        [createHash("sha256").update(id).digest("base64url"), Number(seconds)],
      ),
    );
    if (aged.length !== 1) throw new Error("there is no such session");
  } finally {
    await database.close();
  }
}

try {
  await ageSession();
} catch (thrown) {
  process.stderr.write(`${reasonOf(thrown)}\n`);
  process.exitCode = 1;
}
