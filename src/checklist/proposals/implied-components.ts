/** A product that lists name, and the kind of component that would answer for it. */
export interface ImpliedComponent {
  readonly product: string;
  readonly words: RegExp;
  /** The kind, which may not exist yet. */
  readonly kind: string;
  /** What the call in a declaration takes: `"ffmpeg"`. */
  readonly argument?: string;
}

/** A program that has to be installed where the application runs. */
function program(product: string, command: string, words: RegExp): ImpliedComponent {
  return { product, words, kind: "binary", argument: JSON.stringify(command) };
}

function service(kind: string, products: Readonly<Record<string, RegExp>>): ImpliedComponent[] {
  return Object.entries(products).map(([product, words]) => ({ product, words, kind }));
}

export const IMPLIED_COMPONENTS: readonly ImpliedComponent[] = [
  program("FFmpeg", "ffmpeg", /\bffmpeg\b/i),
  program("ImageMagick", "magick", /\bimagemagick\b/i),
  program("Ghostscript", "gs", /\bghostscript\b/i),
  program("LibreOffice", "soffice", /\blibreoffice\b/i),
  program("wkhtmltopdf", "wkhtmltopdf", /\bwkhtmltopdf\b/i),
  program("Pandoc", "pandoc", /\bpandoc\b/i),
  program("Tesseract", "tesseract", /\btesseract\b/i),
  program("ExifTool", "exiftool", /\bexiftool\b/i),
  program("Chromium", "chromium", /\b(?:chromium|puppeteer)\b/i),
  program("yt-dlp", "yt-dlp", /\byt-dlp\b/i),
  ...service("postgres", { Postgres: /\bpostgres(?:ql)?\b|\bsupabase\b.*\bdatabase\b/i }),
  ...service("redis", { Redis: /\bredis\b|\bvalkey\b/i }),
  ...service("stripe", { Stripe: /\bstripe\b/i }),
  ...service("identity", {
    Auth0: /\bauth0\b/i,
    Okta: /\bokta\b/i,
    Keycloak: /\bkeycloak\b/i,
    Cognito: /\bcognito\b/i,
    Clerk: /\bclerk\b/i,
    "Entra ID": /\b(?:entra(?: id)?|azure ad)\b/i,
    OIDC: /\b(?:oidc|openid connect)\b/i,
  }),
  ...service("rtc", { Agora: /\bagora\b/i, LiveKit: /\blivekit\b/i, RTC: /\brtc tokens?\b/i }),
  ...service("worker", {
    Celery: /\bcelery workers?\b|\bcelery jobs\b/i,
    Sidekiq: /\bsidekiq\b/i,
    BullMQ: /\bbull(?:mq)?\b/i,
    "background jobs": /\bbackground (?:jobs?|workers?)\b|\bjob queue\b|\bqueue workers?\b/i,
  }),
  ...service("schedule", {
    "Celery beat": /\bcelery beat\b/i,
    cron: /\bcron ?jobs?\b|\bscheduled (?:jobs?|tasks?)\b/i,
  }),
  ...service("mail", {
    SendGrid: /\bsendgrid\b/i,
    Postmark: /\bpostmark\b/i,
    "Amazon SES": /\b(?:aws|amazon) ses\b/i,
    Mailgun: /\bmailgun\b/i,
    Resend: /\bresend\b(?! (?:the|a|an)\b)/i,
    SMTP: /\bsmtp\b/i,
    "SPF, DKIM and DMARC": /\b(?:spf|dkim|dmarc)\b/i,
  }),
  ...service("storage", {
    "object storage": /\bs3\b|\br2\b|\bminio\b|\bgcs\b|\bblob storage\b|\bobject storage\b/i,
    Cloudinary: /\bcloudinary\b/i,
  }),
  ...service("domain", { DNS: /\bdns\b|\bnameservers?\b/i }),
  ...service("errors", { Sentry: /\bsentry\b/i, GlitchTip: /\bglitchtip\b/i }),
  ...service("bugsnag", { Bugsnag: /\bbugsnag\b/i }),
  ...service("honeybadger", { Honeybadger: /\bhoneybadger\b/i }),
  ...service("rollbar", { Rollbar: /\brollbar\b/i }),
  ...service("mysql", { MySQL: /\bmysql\b|\bmariadb\b/i }),
  ...service("mongodb", { MongoDB: /\bmongo(?:db|ose)?\b/i }),
  ...service("sqlite", { SQLite: /\bsqlite\b/i }),
  ...service("dynamodb", { DynamoDB: /\bdynamodb\b/i }),
  ...service("firestore", { Firestore: /\bfire(?:store|base database)\b/i }),
  ...service("mssql", { "SQL Server": /\bmssql\b|\bsql server\b/i }),
  ...service("elasticsearch", { Elasticsearch: /\b(?:elastic|open)search\b/i }),
  ...service("kafka", { Kafka: /\bkafka\b/i }),
  ...service("rabbitmq", { RabbitMQ: /\brabbitmq\b/i }),
  ...service("memcached", { Memcached: /\bmemcached?\b/i }),
  ...service("sms", { Twilio: /\btwilio\b/i }),
  ...service("paypal", { PayPal: /\bpaypal\b/i }),
  ...service("service", {
    OpenAI: /\bopenai\b/i,
    Mux: /\bmux\b/i,
    GetStream: /\bgetstream\b/i,
  }),
  ...service("realtime", { "Socket.IO": /\bsocket\.?io\b/i }),
  ...service("uptime", { UptimeRobot: /\buptimerobot\b/i, Pingdom: /\bpingdom\b/i }),
  ...service("apm", { "New Relic": /\bnew ?relic\b/i, Datadog: /\bdatadog\b/i }),
  ...service("cdn", { CDN: /\bcdn\b|\bcloudfront\b/i }),
  ...service("kubernetes", { Kubernetes: /\bkubernetes\b|\bk8s\b|\bkubectl\b/i }),
];
