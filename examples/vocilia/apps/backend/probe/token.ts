import { readSettings } from "../settings.ts";
import { createTokens, type Role } from "../tokens.ts";

/** Prints a token of the probe account in the role that stands behind this file's name. */
const BUSINESS = "00000000-0000-4000-8000-0000000000b1";
const [role = "customer"] = process.argv.slice(2);
const token = await createTokens(readSettings().jwtSecret).sign({ id: BUSINESS, role: role as Role });
process.stdout.write(`${token}\n`);
