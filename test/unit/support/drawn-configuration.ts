/** Configurations drawn by fast-check: ones that the program has to accept, and what makes them refused. */
import fc from "fast-check";

/** A configuration by full key. */
export type DrawnConfiguration = Readonly<Record<string, unknown>>;

/** What the drawing cannot know. */
export interface Surroundings {
  /** The application's folder. */
  readonly path: string;
  /** Id of a Render workspace that exists. */
  readonly ownerId: string;
}

type Part = Readonly<Record<string, unknown>>;

const OWNER = "acme";
const slug = fc.stringMatching(/^[a-z][a-z0-9-]{0,29}$/);
const variableName = fc.stringMatching(/^[A-Z][A-Z0-9_]{0,12}$/).map((name) => `APP_${name}`);
const words = fc.stringMatching(/^[A-Za-z][A-Za-z ]{0,20}[a-z]$/);

/** A map in which each key may be absent. */
const some = (model: Record<string, fc.Arbitrary<unknown>>): fc.Arbitrary<Part> =>
  fc.record(model, { requiredKeys: [] });

const ruleset = some({
  reviews: fc.nat(6),
  codeOwners: fc.boolean(),
  strictChecks: fc.boolean(),
  linearHistory: fc.boolean(),
});
const off = fc.constantFrom("off", false);
const mostly = (part: fc.Arbitrary<unknown>) => fc.oneof({ weight: 4, arbitrary: part }, { weight: 1, arbitrary: off });

const repository = some({
  name: fc.stringMatching(/^[A-Za-z][\w-]{0,40}$/),
  description: words,
  visibility: fc.constantFrom("private", "internal", "public"),
  topics: fc.uniqueArray(fc.stringMatching(/^[a-z][a-z0-9-]{0,20}$/), { maxLength: 4 }),
  mergeMethods: fc.uniqueArray(fc.constantFrom("squash", "merge", "rebase"), { minLength: 1 }),
  autoMerge: fc.boolean(),
  deleteBranchOnMerge: fc.boolean(),
  ruleset: mostly(ruleset),
  pipelineFile: fc.constantFrom("managed", "off"),
  dockerfile: fc.constantFrom("seeded", "off"),
});
const pipeline = some({
  context: fc.oneof(slug, fc.constant("off")),
  restrictContext: fc.boolean(),
  pythonVersion: fc.constantFrom("3.11", "3.12", "3.13.1"),
  branch: fc.constantFrom("main", "master", "release/next"),
}).map((settings) => ({ organization: `gh/${OWNER}`, ...settings }));

const image = fc
  .record({
    repository: fc.constantFrom("acme/site", "ghcr.io/acme/site", "localhost:5000/acme/site"),
    delivery: fc.constantFrom("build", "pinned", "continuous"),
    // No letter of a commit: a rule of the policy takes such a tag for one that never moves.
    tag: fc.stringMatching(/^[g-z][g-z-]{0,29}$/),
    login: fc.boolean(),
    further: some({
      platforms: fc.constantFrom(["linux/amd64"], ["linux/amd64", "linux/arm64"]),
      target: slug,
      buildArguments: fc.dictionary(variableName, words, { maxKeys: 2, noNullPrototype: true }),
      revision: fc.oneof(fc.nat(9), fc.nat(9).map(String)),
    }),
  })
  .map(({ login, further, ...settings }) => ({
    ...settings,
    ...(login && { username: OWNER, password: "a registry's password" }),
    // Render takes no login for it.
    ...(login && settings.repository.startsWith("localhost") && { pull: "off" }),
    ...further,
  }));
const errors = some({
  team: slug,
  project: slug,
  rateLimit: fc.record({ count: fc.integer({ min: 1, max: 900 }), seconds: fc.integer({ min: 1, max: 900 }) }),
}).map((settings) => ({ organization: OWNER, platform: "other", ...settings }));

const site = (ownerId: string) =>
  fc
    .record({
      required: fc.record({
        region: fc.constantFrom("frankfurt", "ohio", "oregon", "singapore", "virginia"),
        plan: fc.constantFrom("starter", "standard", "pro"),
        healthCheckPath: fc.constantFrom("/healthz/", "/"),
      }),
      further: some({
        name: fc.stringMatching(/^[a-z][a-z0-9-]{0,40}$/),
        project: fc.constantFrom("managed", "off"),
        instances: fc.integer({ min: 1, max: 5 }),
        preDeployCommand: fc.constant("python manage.py migrate"),
        hosts: fc.uniqueArray(fc.constantFrom("www.acme.example", "acme.example"), { maxLength: 2 }),
        variables: fc.dictionary(variableName, fc.oneof(words, fc.nat(9), fc.boolean()), {
          maxKeys: 3,
          noNullPrototype: true,
        }),
        secretKey: fc.constantFrom("generate", "keep"),
      }),
    })
    .map(({ required, further }) => ({ ownerId, ...required, ...further }));

/** Configurations that the program has to accept. */
export function acceptedConfiguration({ path, ownerId }: Surroundings): fc.Arbitrary<DrawnConfiguration> {
  return fc
    .record({
      application: fc.record({ name: slug, path: fc.constant(path) }),
      environment: slug,
      declares: fc.oneof({ weight: 4, arbitrary: fc.constant("all") }, { weight: 1, arbitrary: fc.constant("shared") }),
      production: fc.boolean(),
      repository: mostly(repository),
      pipeline: mostly(pipeline),
      image,
      errors: mostly(errors),
      site: mostly(site(ownerId)),
      secretVariables: fc.dictionary(
        variableName.map((name) => `SECRET_${name}`),
        words,
        {
          maxKeys: 2,
          noNullPrototype: true,
        },
      ),
    })
    .map((drawn) => {
      const named = Object.entries(agreeing(drawn)).map(([name, value]) => [`delivery:${name}`, value]);
      return { "github:owner": OWNER, ...Object.fromEntries(named) };
    });
}

/** CircleCI delivers only where it has a context, and a site to deploy to. */
function agreeing<Drawn extends { declares: string; pipeline: unknown; image: object; site: unknown }>(drawn: Drawn) {
  const { declares, pipeline: ci, site: target } = drawn;
  const hasContext = declares === "all" && typeof ci === "object" && (ci as Part)["context"] !== "off";
  const delivery = (drawn.image as Part)["delivery"];
  if (delivery !== "continuous" || (hasContext && typeof target === "object")) return drawn;
  return { ...drawn, image: { ...drawn.image, delivery: "build" } };
}

/** One mistake: the key that the refusal has to name, and a value that is wrong there. */
const mistakes: readonly (readonly [key: string, value: unknown])[] = [
  ["application.name", "My Site"],
  ["application.path", "no/such/folder"],
  ["environment", "Production!"],
  ["declares", "everything"],
  ["sharedFrom", "organization/delivery/prod"],
  ["production", "perhaps"],
  ["repositry", {}],
  ["repository.visibility", "secret"],
  ["repository.mergeMethods", []],
  ["repository.ruleset.reviews", -1],
  ["pipeline.organization", "gh/other"],
  ["pipeline.organization", "acme"],
  ["pipeline.pythonVersion", 3.12],
  ["image.repository", "Acme/Site"],
  ["image.repository", "acme/site:latest"],
  ["image.password", ""],
  ["image.platforms", ["linux/arm64"]],
  ["image.hold", true],
  ["image.buildArguments.API_TOKEN", "t"],
  ["image.dockerfile", "no/such/Dockerfile"],
  ["errors.team", "1234"],
  ["errors.rateLimit.count", 0],
  ["site.ownerId", "acme"],
  ["site.region", "atlantis"],
  ["site.plan", "huge"],
  ["site.healthCheckPath", "healthz"],
  ["site.variables.PORT", 80],
  ["site.variables.not-a-name", "1"],
  ["site.instances", 0],
  ["secretVariables.SENTRY_DSN", "https://key@sentry.example/1"],
  ["secretVariables.DJANGO_SECRET_KEY", "k"],
];

/** Whole parts on which a mistake is put when the drawn one is off. */
const whole = ({ ownerId }: Surroundings): Readonly<Record<string, Part>> => ({
  repository: {},
  pipeline: { organization: `gh/${OWNER}` },
  image: { repository: "acme/site" },
  errors: { organization: OWNER },
  site: { ownerId, region: "oregon", plan: "starter", healthCheckPath: "/healthz/" },
});

/** Configurations with one mistake, and the key that a refusal has to name. */
export function refusedConfiguration(
  surroundings: Surroundings,
): fc.Arbitrary<{ readonly config: DrawnConfiguration; readonly key: string }> {
  return fc
    .record({ config: acceptedConfiguration(surroundings), mistake: fc.constantFrom(...mistakes) })
    .map(({ config, mistake: [path, value] }) => {
      const parts = whole(surroundings);
      const on = Object.entries(parts).map(([name, part]) => {
        const drawn = config[`delivery:${name}`];
        return [`delivery:${name}`, typeof drawn === "object" ? drawn : part];
      });
      const built = { ...(config["delivery:image"] as Part), delivery: "build" };
      const base = { ...config, ...Object.fromEntries(on), "delivery:image": built };
      return { config: changed(base, `delivery:${path}`.split("."), value), key: `delivery:${path}` };
    });
}

function changed(tree: Part, [name = "", ...rest]: readonly string[], value: unknown): Part {
  const inner = tree[name];
  const below = typeof inner === "object" && inner !== null ? (inner as Part) : {};
  return { ...tree, [name]: rest.length === 0 ? value : changed(below, rest, value) };
}
