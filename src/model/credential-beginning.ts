/**
 * How values begin that lists speak of: credentials as their vendors' documents write them, and schemes of addresses
 * (RFC 3986, 3.1).
 */
export const CREDENTIAL_BEGINNINGS = [
  // Stripe
  "sk_live_",
  "sk_test_",
  "pk_live_",
  "pk_test_",
  "rk_live_",
  "rk_test_",
  "whsec_",
  "price_",
  // OpenAI, Anthropic, and who took their form over
  "sk-ant-",
  "sk-proj-",
  "sk-",
  // Resend, SendGrid, Slack, GitHub, PostHog, Google, Supabase, Groq
  "re_",
  "SG.",
  "xoxb-",
  "ghp_",
  "github_pat_",
  "phc_",
  "AIza",
  "GOCSPX-",
  "sb_secret_",
  "sb_publishable_",
  "gsk_",
  "https://",
  "http://",
  "wss://",
  "postgres://",
  "mysql://",
  "mongodb://",
  "mongodb+srv://",
  "redis://",
  "rediss://",
  "amqps://",
  "amqp://",
] as const;
export type CredentialBeginning = (typeof CREDENTIAL_BEGINNINGS)[number];

/** The longest one that a value has. */
export function beginningOf(value: string): CredentialBeginning | undefined {
  // One scheme with two names: libpq takes both.
  const known = value.replace(/^postgresql:/, "postgres:");
  return CREDENTIAL_BEGINNINGS.filter((each) => known.startsWith(each)).reduce<
    CredentialBeginning | undefined
  >((longest, each) => (each.length > (longest?.length ?? 0) ? each : longest), undefined);
}
