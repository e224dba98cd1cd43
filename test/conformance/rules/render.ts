/** Rules of emulated Render. */
import type { Rule } from "./rule.ts";

const DEPLOYS = "sandbox/render-deploys.test.ts";
const SERVICES = "sandbox/render-services.test.ts";
const DETAILS = "sandbox/render-service-details.test.ts";
const SETTINGS = "sandbox/render-settings.test.ts";
const POSTGRES = "sandbox/render-postgres.test.ts";
const KEY_VALUE = "sandbox/render-key-value.test.ts";
const CRON = "sandbox/render-cron.test.ts";
const LIMITS = "sandbox/account-limits.test.ts";

export const renderRules: readonly Rule[] = [
  {
    rule: "An empty list of an environment is null.",
    source: { recorded: "123 of 123 answers; production's command line of 2026-07 shows the same in the list" },
    test: [SETTINGS, "answers null for each list of an environment that is empty"],
  },
  {
    rule: "An environment's network isolation may be absent: here while nobody has set it.",
    source: { recorded: "GET /environments/{evm}, 12 of 107" },
    test: [SETTINGS, "leaves out an isolation that nobody has set"],
  },
  {
    rule: "Adding resources to an environment is answered with 201.",
    source: { recorded: "POST /environments/{evm}/resources, 10 of 10" },
    test: [SETTINGS, "groups services in environments of a project"],
  },
  {
    rule: "Removing what is not in an environment is answered with 204.",
    source: { recorded: "DELETE /environments/{evm}/resources" },
    test: [SETTINGS, "groups services in environments of a project"],
  },
  {
    rule: "A custom domain names no server.",
    source: { recorded: "GET and POST /services/{srv}/custom-domains, 35 of 35 domains" },
    test: [SETTINGS, "adds a domain with the twin that redirects to it"],
  },
  {
    rule: "An apex domain brings its www name along, which redirects to it, and the reverse.",
    source: { document: "Custom Domains on Render" },
    test: [SETTINGS, "adds a domain with the twin that redirects to it"],
  },
  {
    rule: "A list in a request may be null for none.",
    source: { recorded: "POST /services: envVars null in 21 of 27, secretFiles in 20" },
    test: [SERVICES, "answers a new service with the defaults of the vendor"],
  },
  {
    rule: "Optional fields of a service are absent until they are set; a command that was taken away is empty.",
    source: { recorded: "GET and PATCH /services/{srv}" },
    test: [DETAILS, "leaves out what is optional until it is set"],
  },
  {
    rule: "The open ports of a service that has not listened yet are null, and an unset health check path is empty.",
    source: { report: "an event of production, 2026-08" },
    test: [DETAILS, "shows the ports once something listens"],
  },
  {
    rule: "Autoscaling and a disk of a new service are kept and answered.",
    source: { recorded: "POST /services: autoscaling 3 of 27, disk 6 of 27" },
    test: [DETAILS, "keeps autoscaling, a disk and the addresses that may come in"],
  },
  {
    rule: "A service has one disk at most, of one instance and a paid plan; a disk grows, and never shrinks.",
    source: { document: "Persistent Disks; Render Public API, Update disk" },
    test: [DETAILS, "has one disk at most, which grows"],
  },
  {
    rule: "A cron job's id begins with crn-, its deploy is live at once and starts nothing.",
    source: { recorded: "POST /services/{crn}/deploys: live within 52 ms; GET /services/{crn}, 65 of 65" },
    test: [CRON, "shows a cron job as recorded ones were"],
  },
  {
    rule: "A cron job has one run at a time: one by hand cancels it, a scheduled one waits. Times are UTC.",
    source: { document: "Cron Jobs, Single-run guarantee" },
    test: [CRON, "runs one at a time"],
  },
  {
    rule: "A cron job has a schedule, and neither a disk nor the free plan.",
    source: { document: "Cron Jobs; Render Public API, cronJobDetailsPOST" },
    test: [CRON, "refuses a cron job with"],
  },
  {
    rule: "A worker has no address; it is live while it keeps running.",
    source: { document: "Background Workers; Render Public API, backgroundWorkerDetails" },
    test: [CRON, "runs a worker that keeps running"],
  },
  {
    rule: "A private service has an address of its own, and hands on whatever it speaks.",
    source: { document: "Private Services" },
    test: [CRON, "runs a private service at an address of its own"],
  },
  {
    rule: "Two services may have one name; their slugs differ.",
    source: { document: "Render Public API, Create service" },
    test: [SERVICES, "lets two services have one name"],
  },
  {
    rule: "A change of settings or variables deploys nothing by itself.",
    source: { document: "Environment Variables and Secrets" },
    test: [SERVICES, "changes what a PATCH names, deploys nothing by itself"],
  },
  {
    rule: "A suspended service answers its visitors with 503 and cannot be deployed; resuming it deploys it.",
    source: { report: "visitors of the page Service Suspended, with x-render-routing: suspend-by-user" },
    test: [SERVICES, "suspends: 503 for visitors, no deploys, until it is resumed"],
  },
  {
    rule: "An unknown object is answered with 404 and `not found: <id>`.",
    source: { recorded: "GET /logs/streams/resource/{srv}, 291 times" },
    test: [SERVICES, "refuses a wrong key and unknown ids in the vendor's words"],
  },
  {
    rule: "The edge ends TLS, marks requests and gives them an id.",
    source: { document: "Web Services" },
    test: ["sandbox/render-edge.test.ts", "passes the site's own host on, as if TLS had ended here"],
  },
  {
    rule: "A new deploy names its commit and its end as null; one that is read leaves out what is not there.",
    source: { recorded: "POST /services/{srv}/deploys, 19 of 27; for reading public reports of 2026" },
    test: [DEPLOYS, "names what is not there yet as null"],
  },
  {
    rule: "A deploy has its image's digest at once.",
    source: { recorded: "POST /services/{srv}/deploys, 19 of 19 of images" },
    test: [DEPLOYS, "knows what the image stands for at once"],
  },
  {
    rule: "A deploy that has to wait is answered with 202, without body and id; only the newest of those is made.",
    source: { recorded: "POST /services/{srv}/deploys and {crn}, 16 x 202; Render changelog, 2025-05-28" },
    test: [DEPLOYS, "lets a deploy wait for the one under way"],
  },
  {
    rule: "Where the workspace says so, a new deploy cancels the one under way.",
    source: { document: "Render changelog, 2025-05-28: Wait for an in-progress service deploy to finish" },
    test: [DEPLOYS, "cancels the older of two deploys in favour of the newer"],
  },
  {
    rule: "A deploy whose turn has come is queued, and build_in_progress while its image is fetched.",
    source: { recorded: "POST /services/{srv}/deploys has build_in_progress; `queued` is described, when is not" },
    test: [DEPLOYS, "says queued of a deploy whose turn has come"],
  },
  {
    rule: "A failed deploy ends with status 4 and its exit code; a good one with 2 and an empty reason.",
    source: { report: "webhook events of production, 2026-08 and 2026-10" },
    test: [DEPLOYS, "tells the life of an instance as events"],
  },
  {
    rule: "What served goes on serving when a new deploy does not come to health.",
    source: { document: "Health Checks" },
    test: [DEPLOYS, "leaves the old image serving when the new one"],
  },
  {
    rule: "A new key value store is answered with the status unknown, and available once it runs.",
    source: { recorded: "POST /key-value, 5 of 5; GET /key-value/{red}" },
    test: [KEY_VALUE, "answers a new store as unknown"],
  },
  {
    rule: "An empty allow list of a key value store is null; it is told with its options and no address in the dashboard.",
    source: { recorded: "GET /key-value/{red}: null in 15 of 24, no address in 24" },
    test: [KEY_VALUE, "answers a new store as unknown"],
  },
  {
    rule: "Persistence is a journal with snapshots unless it is chosen; a free key value store has none.",
    source: { document: "Specify disk persistence behavior for paid Key Value instances (changelog, 2026-06-11)" },
    test: [KEY_VALUE, "refuses"],
  },
  {
    rule: "Inside, a key value store is reached by its id without a password; outside by its region's host with one.",
    source: { document: "Render Key Value, Connect to your instance" },
    test: [KEY_VALUE, "answers a new store as unknown"],
  },
  {
    rule: "A key value store is never made smaller.",
    source: { document: "Render Key Value, instance types" },
    test: [KEY_VALUE, "grows, and is not made smaller"],
  },
  {
    rule: "A new database is answered with the status unknown, and available once it runs.",
    source: { recorded: "POST /postgres, 5 of 5; GET /postgres/{dpg}" },
    test: [POSTGRES, "answers a new database as unknown"],
  },
  {
    rule: "An empty allow list of a database is null, and a database names no project.",
    source: { recorded: "GET /postgres/{dpg}: null in 56 of 66; no project in 66" },
    test: [POSTGRES, "answers a new database as unknown"],
  },
  {
    rule: "An export has its address once its file is there: a folder of pg_dump, packed, named by its minute.",
    source: { document: "Render Postgres Recovery and Backups; `url` is optional in the description" },
    test: [POSTGRES, "makes an export's file in the background"],
  },
  {
    rule: "Names that nobody gives a database are made of its own, with four letters; the user's with _user.",
    source: { recorded: "POST /postgres, databaseName empty in 2 of 5" },
    test: [POSTGRES, "answers a new database as unknown"],
  },
  {
    rule: "Settings of PostgreSQL are set as a whole, and absent while there are none.",
    source: { recorded: "PATCH /postgres/{dpg}: set in 3 of 8, one of them to none" },
    test: [POSTGRES, "overrides are all that there are, a replica goes by its name"],
  },
  {
    rule: "A disk has 1 GB or a multiple of 5 and never shrinks; that of a free database is fixed.",
    source: { document: "Flexible Plans for Render Postgres; Deploy for Free" },
    test: [POSTGRES, "refuses a smaller disk, and a change to the free plan"],
  },
  {
    rule: "A standby needs a Pro or larger plan, and version 13.",
    source: { document: "High Availability for Render Postgres" },
    test: [POSTGRES, "keeps a standby from old versions"],
  },
  {
    rule: "A free database ends after 30 days and cannot be recovered; a paid one can, into another database.",
    source: { document: "Deploy for Free; Render Postgres Recovery and Backups" },
    test: [POSTGRES, "keeps exports, and recovers a paid database"],
  },
  {
    rule: "Limits are told by kind of request: 20 new services and 50 domains an hour, 10 changes a minute and service.",
    source: { recorded: "ratelimit-limit of every request; Render API reference, Rate Limiting, for what shares one" },
    test: [LIMITS, "Render tells the limit of each kind of request"],
  },
  {
    rule: "Every answer has its id in render-request-id.",
    source: { recorded: "every request" },
    test: [LIMITS, "Render tells the limit of each kind of request"],
  },
  {
    rule: "Whoever has a service's deploy hook deploys it, without a key.",
    source: { document: "Deploy Hooks" },
    test: [LIMITS, "deploy without an API key for whoever has the address"],
  },
];
