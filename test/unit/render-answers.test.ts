/**
 * What the Render provider reads of each answer: the table states which fields it needs; every other may be absent, null
 * or of a new value. Held against answers written by hand always, and against recorded ones where RECORDED_DIR is set.
 */
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { list, readAnswer } from "../../providers/kit/answer.ts";
import * as answers from "../../providers/render/plugin/api/answers.ts";
import * as datastores from "../../providers/render/plugin/api/datastore-answers.ts";
import { withMore, withNewValue, withNull, without } from "./support/answer-variants.ts";

interface Reader {
  readonly schema: z.ZodType;
  /** Fields without which the provider can do nothing right. */
  readonly needed: readonly string[];
  /** An answer as Render's documents describe it, with all that is read. */
  readonly sample: unknown;
  /** Recorded requests that are answered so. */
  readonly recorded?: readonly string[];
  /** What makes a recorded answer one that this reader is for. */
  readonly fit?: (sample: object) => object;
}

const service = {
  id: "srv-1",
  name: "site",
  ownerId: "tea-1",
  type: "web_service",
  slug: "site",
  dashboardUrl: "https://dashboard.render.com/web/srv-1",
  environmentId: "evm-1",
  imagePath: "ghcr.io/acme/site:1",
  registryCredential: { id: "rgc-1", name: "hub" },
  suspended: "suspended",
  suspenders: ["user"],
  serviceDetails: {
    plan: "starter",
    region: "frankfurt",
    numInstances: 2,
    autoscaling: {
      enabled: true,
      min: 1,
      max: 3,
      criteria: { cpu: { enabled: true, percentage: 60 }, memory: { enabled: false, percentage: 70 } },
    },
    disk: { id: "dsk-1", name: "media", mountPath: "/var/media", sizeGB: 10 },
    healthCheckPath: "/healthz/",
    url: "https://site.onrender.com",
    maxShutdownDelaySeconds: 60,
    maintenanceMode: { enabled: true, uri: "https://example.com/soon" },
    envSpecificDetails: { dockerCommand: "run", preDeployCommand: "migrate" },
  },
};
const environment = {
  id: "evm-1",
  name: "production",
  projectId: "prj-1",
  protectedStatus: "protected",
  networkIsolationEnabled: true,
  serviceIds: ["srv-1"],
  databasesIds: ["dpg-1"],
  redisIds: ["red-1"],
  envGroupIds: ["evg-1"],
};
const postgres = {
  id: "dpg-1",
  name: "shop",
  owner: { id: "tea-1", name: "Acme" },
  environmentId: "evm-1",
  plan: "pro_4gb",
  version: "17",
  region: "oregon",
  databaseName: "shop",
  databaseUser: "shop_user",
  diskSizeGB: 15,
  diskAutoscalingEnabled: true,
  highAvailabilityEnabled: true,
  ipAllowList: [{ cidrBlock: "203.0.113.7/32", description: "office" }],
  parameterOverrides: { max_connections: "100" },
  readReplicas: [{ id: "dpg-2", name: "reports", parameterOverrides: { work_mem: "4MB" } }],
  role: "primary",
  status: "suspended",
  suspended: "suspended",
  suspenders: ["user"],
  dashboardUrl: "https://dashboard.render.com/d/dpg-1",
  createdAt: "2026-01-01T00:00:00Z",
  expiresAt: "2026-01-31T00:00:00Z",
};
const needsOfPostgres = [
  ...["id", "name", "owner", "owner.id", "plan", "version", "region", "databaseName", "databaseUser", "status"],
  ...["ipAllowList[].cidrBlock", "readReplicas[].id", "readReplicas[].name"],
];
const failure = {
  nonZeroExit: 3,
  earlyExit: true,
  oomKilled: { memoryLimit: "512Mi" },
  timedOutSeconds: 900,
  timedOutReason: "no port was open",
  unhealthy: "status 500",
};
const DISK = ["disk.id", "disk.mountPath", "disk.sizeGB"];
const needsOfService = ["id", "name", "ownerId", "type"];
const needsOfWebService = [
  ...needsOfService,
  "imagePath",
  "serviceDetails",
  "serviceDetails.plan",
  "serviceDetails.region",
  ...DISK.map((field) => `serviceDetails.${field}`),
  "registryCredential.id",
];
/** A recorded service of another type, with what every web service of an image has. */
const asService = (sample: object): object => ({
  ...sample,
  type: "web_service",
  imagePath: "ghcr.io/acme/site:1",
  serviceDetails: { plan: "starter", region: "oregon", ...(sample as { serviceDetails: object }).serviceDetails },
});
const below = (part: string, fields: readonly string[]): string[] => [
  part,
  ...fields.map((field) => `${part}.${field}`),
];

const READERS: Readonly<Record<string, Reader>> = {
  owner: {
    schema: answers.owner,
    needed: ["id", "name"],
    sample: { id: "tea-1", name: "Acme", email: "a@example.com", type: "team" },
  },
  registryCredential: {
    schema: answers.registryCredential,
    needed: ["id", "name", "registry", "username"],
    sample: { id: "rgc-1", name: "hub", registry: "DOCKER", username: "acme", updatedAt: "2026-01-01T00:00:00Z" },
  },
  service: {
    schema: answers.service,
    needed: [...needsOfService, "registryCredential.id"],
    sample: service,
    recorded: ["GET /services/{srv} -> 200", "GET /services/{crn} -> 200", "PATCH /services/{srv} -> 200"],
  },
  imageService: {
    schema: answers.imageService,
    needed: needsOfWebService,
    sample: service,
    recorded: ["GET /services/{srv} -> 200", "PATCH /services/{srv} -> 200"],
    fit: asService,
  },
  serviceDetails: {
    schema: answers.serviceDetails,
    needed: ["plan", "region", ...DISK],
    sample: service.serviceDetails,
  },
  createdService: {
    schema: answers.createdService,
    needed: below("service", needsOfWebService),
    sample: { service, deployId: "dep-1" },
    recorded: ["POST /services -> 201"],
    fit: (sample) => ({ ...sample, service: asService((sample as { service: object }).service) }),
  },
  deploy: {
    schema: answers.deploy,
    needed: ["id", "status", "createdAt"],
    sample: {
      id: "dep-1",
      status: "live",
      trigger: "api",
      createdAt: "2026-01-01T00:00:00Z",
      finishedAt: "2026-01-01T00:01:00Z",
      image: { ref: "ghcr.io/acme/site:1", sha: "sha256:0" },
      commit: { id: "1" },
    },
    recorded: ["POST /services/{srv}/deploys -> 201", "POST /services/{crn}/deploys -> 201"],
  },
  environmentVariable: pageOf(
    "envVar",
    answers.environmentVariable,
    { key: "A", value: "1" },
    ["key", "value"],
    ["GET /services/{srv}/env-vars -> 200", "GET /services/{crn}/env-vars -> 200"],
  ),
  secretFile: pageOf(
    "secretFile",
    answers.secretFile,
    { name: "a.pem", content: "x" },
    ["name", "content"],
    ["GET /services/{srv}/secret-files -> 200"],
  ),
  customDomain: pageOf(
    "customDomain",
    answers.customDomain,
    {
      id: "cdm-1",
      name: "a.example.com",
      domainType: "subdomain",
      verificationStatus: "verified",
      redirectForName: "",
    },
    ["id", "name"],
    ["GET /services/{srv}/custom-domains -> 200"],
  ),
  services: pageOf(
    "service",
    answers.service,
    service,
    [...needsOfService, "registryCredential.id"],
    ["GET /services -> 200"],
  ),
  logPage: { schema: answers.logPage, needed: [], sample: { logs: [{ message: "up", id: "1" }] } },
  instanceFailure: { schema: answers.instanceFailure, needed: [], sample: failure },
  serviceEvent: {
    schema: answers.serviceEvent,
    needed: ["type"],
    sample: { type: "deploy_ended", details: { deployId: "dep-1", message: "no", reason: { failure }, status: 4 } },
  },
  project: {
    schema: answers.project,
    needed: ["id", "name", "owner", "owner.id"],
    sample: { id: "prj-1", name: "shop", owner: { id: "tea-1" }, environmentIds: ["evm-1"] },
    recorded: ["GET /projects/{prj} -> 200", "POST /projects -> 201", "PATCH /projects/{prj} -> 200"],
  },
  postgres: {
    schema: datastores.postgres,
    needed: needsOfPostgres,
    sample: postgres,
    recorded: ["GET /postgres/{dpg} -> 200", "POST /postgres -> 201", "PATCH /postgres/{dpg} -> 200"],
  },
  postgresConnection: {
    schema: datastores.postgresConnection,
    needed: ["password", "internalConnectionString", "externalConnectionString"],
    sample: {
      password: "p",
      internalConnectionString: "postgresql://shop_user:p@dpg-1-a/shop",
      externalConnectionString: "postgresql://shop_user:p@dpg-1-a.oregon-postgres.render.com/shop",
      psqlCommand: "psql",
    },
    recorded: ["GET /postgres/{dpg}/connection-info -> 200"],
  },
  keyValue: {
    schema: datastores.keyValue,
    needed: ["id", "name", "owner", "owner.id", "plan", "region", "status", "ipAllowList[].cidrBlock"],
    sample: {
      id: "red-1",
      name: "shop",
      owner: { id: "tea-1", name: "Acme" },
      environmentId: "evm-1",
      plan: "starter",
      region: "oregon",
      options: { maxmemoryPolicy: "noeviction", persistenceMode: "snapshot" },
      ipAllowList: [{ cidrBlock: "203.0.113.7/32", description: "office" }],
      version: "8.1.4",
      status: "available",
      dashboardUrl: "https://dashboard.render.com/r/red-1",
      createdAt: "2026-01-01T00:00:00Z",
    },
    recorded: ["GET /key-value/{red} -> 200", "POST /key-value -> 201", "PATCH /key-value/{red} -> 200"],
  },
  keyValueConnection: {
    schema: datastores.keyValueConnection,
    needed: ["internalConnectionString", "externalConnectionString"],
    sample: {
      internalConnectionString: "redis://red-1:6379",
      externalConnectionString: "rediss://red-1:p@oregon-keyvalue.render.com:6379",
      cliCommand: "valkey-cli",
    },
    recorded: ["GET /key-value/{red}/connection-info -> 200"],
  },
  environment: {
    schema: answers.environment,
    needed: ["id", "name", "projectId"],
    sample: environment,
    recorded: [
      "GET /environments/{evm} -> 200",
      "POST /environments -> 201",
      "PATCH /environments/{evm} -> 200",
      "POST /environments/{evm}/resources -> 201",
    ],
  },
};

/** A page of a list, read as the client reads it. */
function pageOf(
  key: string,
  item: z.ZodType,
  sample: object,
  needed: readonly string[],
  recorded: readonly string[],
): Reader {
  return {
    schema: list(z.object({ [key]: item })),
    needed: below(`[].${key}`, needed),
    sample: [{ cursor: "c1", [key]: sample }],
    recorded,
  };
}

const request = { service: "Render", method: "GET", path: "/things" };

function holds({ schema, needed }: Reader, sample: unknown): void {
  const read = withoutMore(readAnswer(schema, sample, request));
  for (const { body } of withMore(sample)) assert.deepEqual(withoutMore(readAnswer(schema, body, request)), read);
  for (const { body } of withNewValue(sample)) readAnswer(schema, body, request);
  for (const { field, path, body } of [...without(sample), ...withNull(sample)]) {
    if (!needed.includes(field)) readAnswer(schema, body, request);
    else {
      assert.throws(
        () => readAnswer(schema, body, request),
        (error: Error) => {
          assert.match(error.message, /^Render GET \/things answered (nothing|null) for [^\n]+$/);
          assert.ok(error.message.includes(` for ${path}, which has to be `), error.message);
          return true;
        },
      );
    }
  }
}

/** A part that is read later is kept as it came. */
function withoutMore(read: unknown): unknown {
  return JSON.parse(JSON.stringify(read), (name, value) => (name === "addedNextYear" ? undefined : value));
}

interface Recorded {
  readonly answer: Readonly<Record<string, Readonly<Record<string, number>>>> | null;
  readonly sample: unknown;
}

describe("answers of Render, as the provider reads them", () => {
  it("are all in the table", () => {
    const schemas = Object.entries({ ...answers, ...datastores }).filter(([, value]) => value instanceof z.ZodObject);
    assert.deepEqual(
      schemas.map(([name]) => name).filter((name) => !READERS[name]),
      [],
    );
  });

  for (const [name, reader] of Object.entries(READERS)) {
    it(`need of ${name} ${reader.needed.join(", ") || "nothing"}, and tolerate the rest`, () =>
      holds(reader, reader.sample));
  }
});

describe("recorded answers of Render", () => {
  let recordings: Readonly<Record<string, Recorded>>;
  before(async function () {
    const directory = process.env["RECORDED_DIR"];
    if (!directory) return this.skip();
    recordings = JSON.parse(await readFile(join(directory, "render.json"), "utf8"));
  });

  for (const [name, reader] of Object.entries(READERS)) {
    for (const key of reader.recorded ?? []) {
      const fitted = (sample: unknown): unknown =>
        reader.fit && typeof sample === "object" && sample !== null ? reader.fit(sample) : sample;

      it(`${key} passes the reader of ${name}`, () => {
        const { sample, answer } = recordings[key] ?? assert.fail(`${key} is not recorded`);
        holds(reader, fitted(sample));
        for (const { field, body } of withNull(fitted(sample)))
          if (answer?.[field]?.["null"]) readAnswer(reader.schema, body, request);
      });
    }
  }
});
