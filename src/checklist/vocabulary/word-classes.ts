/** Words that hold a sentence together and say nothing. */
export const FUNCTION_WORDS = `
zero a an the this that these those it its is are was were be been being has have had do does did doing of to in on at by for
with without from into onto over under via per as and or not no nor but if then than so such all any each every both either
other others another same own our your their his her my we you they i us them he she there here where when while until unless whether especially particularly mainly
before after during between through about against within across only just also still already yet ever never very more most
less least much many few some several one two three don doesn didn isn aren hasn haven wasn won shouldn must should shall can could may might will would ie eg etc let
`;

/** What is said of nearly every line: it tells no check from another. */
export const FILLERS = `
first second last next new old current existing latest recent final
initial further additional extra main major minor key core basic full whole entire complete completed completely finished done
configure configured configuration config configuring configurable setup set sets setting settings setup set-up enable enabled
enabling enables active activate activated turn turned on off implement implemented implementation implements ensure ensured
ensuring make makes made making sure verify verified verifying verification check checked checking checks confirm confirmed
confirmation validate validated validating validation proper properly correct correctly right appropriate appropriately
appropriate suitable sufficient adequate good well best better nice need needs needed needing must should shall can could may
might will would use used uses using usage add added adding adds create created creating creates creation define defined
defining provide provided provides place placed in-place install installed installing installation work works working worked
function functional functions functioning run runs ran running execute executed executing exist exists existing
existed available availability ready readily prepare perform performed performing apply applied applies applicable optional
recommended required requirement requirements necessary important critical essential appropriate relevant specific specified
general generally via include included includes including etc eg ie e.g i.e like such vs via per out up down get gets got
getting give given look looks see seen show shows shown keep kept keeping put let allow allowed allows allowing handle handled
handles handling support supported supports supporting manage managed managing management production prod live environment
environments application applications app apps system systems software project platform service services server servers
feature features item items thing things step steps part parts stuff way ways list lists time times day days week weeks month
months hour hours minute minutes second seconds year years now today currently regularly regular always automatic
automatically automated manual manually result results value values number name names type types kind level high low
strategy approach process procedure solution option options mode basis issue issues problem problems concern fully actually
really possible possibly try tries tried consider considered considering expected expect expects against end ends start starts
started starting begin stop based actual real user users customer customers people someone everyone public
valid validity identified format closed aggressively aggressive carefully integrated integrate increased increase raised copied copy comes come equivalent annually daily weekly monthly quarterly yearly everywhere middleware framework anti go goes going ts tsx jsx py rb cs yml yaml toml conf ps1 sh bat status ok okay shows captures captured left visible
respective individual various related whole everything anything anywhere once twice intact operational effective effectively
similar double p0 p1 p2 p3 blocker alternative alternatively monorepo workspace workspaces locally quiet newest tuned adjusted adjust updated update in-place already acceptable appropriate reasonable stable normal quick quickly fast clean clear clearly simple easy safe safely protection protected protect prevention prevent prevented preventing
behavior behaviour min mins sec secs goes going happening take takes taken principle threshold thresholds established establish visitor visitors mention mentions mentioned exact exactly percent carry carries carried speak speaks newer elevated successfully whitelisted whitelist allowlisted click
var none too inside gone fixed else toggled beyond launch box lacking yield yields called older remaining nearly almost far away below above stays stay sized somewhere
`;

/** Work of people: a line that speaks of it asks for no machine, unless a check's own words do. */
export const PEOPLE = `
document documented documentation documenting docs doc md pdf docx readme guide wiki changelog faq tutorial manual handbook
runbook playbook train trained training team teams staff stakeholder stakeholders notify notified inform informed announce
announced announcement communicate communicated communication meeting review reviewed reviewing reviews approve approved
approval sign-off signoff plan planned planning schedule-a decide decided decision discuss agree agreed assess assessment
audit legal lawyer attorney contract licence license licensing policy policies terms privacy gdpr compliance compliant regulation insurance
feedback survey interview marketing press social newsletter blog post campaign brand copy content budget cost costs pricing
invoice contact contacts escalation on-call oncall rota responsible responsibility owner owners ownership assign hire
procedure procedures process-owner support helpdesk ticket tickets postmortem post-mortem retrospective lessons brief briefed
write written writing read design designed draft prepare prepared estimate evaluate analyze analyse analyzed identify
identified research explore track target signup signups growth revenue roadmap backlog-grooming ask send share invite
money moved-over written-process account-opening real-device screenshot screenshots video demo purchase purchased buy bought
`;

/** Products of others, by what they are. A check that does not name the product says nothing about it. */
export const PRODUCTS: Readonly<Record<string, string>> = {
  database:
    "mysql mysqldump mongodump mariadb mongodb mongo mongoose dynamodb firestore firebase sqlite cassandra oracle mssql cosmosdb clickhouse couchdb neo4j elasticsearch opensearch meilisearch typesense algolia",
  cache: "memcached varnish",
  queue: "kafka rabbitmq sqs eventbridge sns nats activemq",
  payment: "paypal braintree adyen paystack flutterwave mpesa square mollie klarna razorpay",
  hosting:
    "renderhost aws azure gcp heroku vercel netlify render railway lambda ec2 ecs eks cloudfront kubernetes k8s helm terraform docker kamal digitalocean cloudflare nginx apache iis tomcat pm2 systemd gunicorn uvicorn supervisor cloudwatch fly vps wordpress",
  storage: "r2 bucket blob minio gcs s3",
  device: "ios android testflight",
  monitoring: "cloudwatch newrelic datadog stackdriver",
  ai: "openai anthropic gemini llm gpt claude",
  service:
    "sendgrid mailgun postmark ses resend twilio mux getstream livekit agora algolia mixpanel posthog plausible analytics segment intercom zendesk hubspot salesforce slack discord whatsapp telegram google apple facebook twitter linkedin newrelic datadog elk papertrail logtail ipfs solidity ethereum stellar bitcoin expo",
};
