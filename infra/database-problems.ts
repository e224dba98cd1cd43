/** What does not agree in the settings of a database, by Render's own rules, and with the rest of the configuration. */
import { type Problem, removeCommand, setCommand } from "../lib/configuration-problems.ts";
import { HIGH_AVAILABILITY_SINCE, offersHighAvailability } from "../providers/render/vendor-values.ts";
import type { Configuration, PartOf } from "./config.ts";
import { declaredElsewhere } from "./declared-elsewhere.ts";
import { DATABASE_VARIABLE } from "./variables.ts";

const KEY = "delivery:database";
const OFF = setCommand(KEY, "off");
const LARGER = setCommand(`${KEY}.plan`, "basic_256mb");

/** Every such problem; none while the database is `off`. */
export function* databaseProblems(configuration: Configuration): Generator<Problem> {
  const { database, production, site } = configuration;
  if (!database) return;
  if (!site) yield { key: KEY, problem: "has no site: it has a site's region and workspace", mend: OFF };
  yield* planProblems(database);
  if (database.plan === "free" && production)
    yield { key: `${KEY}.plan`, problem: "is `free`: Render deletes such a database after its time", mend: LARGER };
  const first = "once its data has moved (docs/database.md)";
  yield* declaredElsewhere({ key: KEY, what: "a database", variable: DATABASE_VARIABLE, first }, configuration);
  yield* pipelineProblems(database, configuration.pipeline);
}

function* planProblems({ plan, version, diskSizeGB, highAvailability }: PartOf<"database">): Generator<Problem> {
  const disk = `${KEY}.diskSizeGB`;
  if (diskSizeGB !== undefined && plan === "free")
    yield { key: disk, problem: "is fixed in the plan `free`", mend: `${removeCommand(disk)}   or: ${LARGER}` };
  else if (diskSizeGB !== undefined && diskSizeGB !== 1 && diskSizeGB % 5 !== 0)
    // The next one up: a disk cannot shrink again.
    yield {
      key: disk,
      problem: "is not 1 or a multiple of 5",
      mend: setCommand(disk, `${Math.ceil(diskSizeGB / 5) * 5}`),
    };
  if (!highAvailability) return;
  const key = `${KEY}.highAvailability`;
  const without = removeCommand(key);
  if (!offersHighAvailability(plan)) {
    const mend = `${setCommand(`${KEY}.plan`, "pro_4gb")}   or: ${without}`;
    yield { key, problem: `is not offered by the plan ${plan}; it takes a Pro plan or a larger one`, mend };
  }
  if (Number(version) < HIGH_AVAILABILITY_SINCE)
    yield { key, problem: `takes Postgres ${HIGH_AVAILABILITY_SINCE} or later`, mend: without };
}

/** Tests that pass on another major version say little of the site. */
function* pipelineProblems({ version }: PartOf<"database">, pipeline: Configuration["pipeline"]): Generator<Problem> {
  const key = "delivery:pipeline.services.postgres";
  const tested = pipeline?.services.postgres;
  if (tested && tested.split(".")[0] !== version)
    yield { key, problem: `is another major version than that of the database, ${version}`, mend: removeCommand(key) };
}
