/** The providers as other projects install them: their tarballs in an empty Pulumi program, against emulated services. */
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { engineEnvironment, ensureEngine } from "../../cli/engine/index.ts";
import { silentProgress } from "../../cli/progress.ts";
import { projectRoot } from "../../sandbox/paths.ts";
import { type RunningServices, startServices } from "../../sandbox/services/host.ts";

const PULUMI_YAML = `name: consumer
runtime:
  name: nodejs
  options:
    typescript: false
main: index.ts
plugins:
  providers:
    - name: render
      path: node_modules/pulumi-render
    - name: circleci
      path: node_modules/pulumi-circleci
`;

const PROGRAM = `import * as circleci from "pulumi-circleci";
import * as render from "pulumi-render";

const owner = render.getOwnerOutput();
const project = new render.Project("site", {
  name: "site",
  ownerId: owner.id,
  environments: [{ name: "production", protectedStatus: "protected" }],
});
const context = new circleci.Context("site", { name: "site-production", organization: "gh/acme" });
new circleci.ContextVariable("project", { contextId: context.contextId, name: "PROJECT", value: project.id });
export const environmentIds = project.environmentIds;
export const organization: circleci.Context["organization"] = context.organization;
`;

describe("the providers' packages", function () {
  this.timeout(900_000);
  let folder: string;
  let services: RunningServices;
  let env: NodeJS.ProcessEnv;
  const run = async (command: string, ...args: string[]): Promise<string> =>
    await promisify(execFile)(command, args, { cwd: folder, env, maxBuffer: 1e8 }).then(
      ({ stdout }) => stdout,
      (error) => Promise.reject(new Error(`${error.message}\n${error.stdout}`)),
    );
  const pulumi = (...args: string[]): Promise<string> => run("pulumi", ...args);

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "delivery-packages-"));
    services = await startServices({ dbFile: ":memory:" });
    const engine = await ensureEngine({ progress: silentProgress });
    env = engineEnvironment(engine, {
      ...process.env,
      ...services.env,
      PULUMI_HOME: join(folder, "home"),
      PULUMI_BACKEND_URL: pathToFileURL(folder).href,
      PULUMI_CONFIG_PASSPHRASE: "consumer",
    });
    const packed = await promisify(execFile)(
      "npm",
      ["run", "--silent", "packages", "--", "--pack-destination", folder],
      {
        cwd: projectRoot,
      },
    );
    const tarballs = packed.stdout.split("\n").filter((line) => /^pulumi-(render|circleci)-.*\.tgz$/.test(line));
    const { dependencies } = JSON.parse(await readFile(join(projectRoot, "package.json"), "utf8"));
    await mkdir(join(folder, "home"));
    await writeFile(
      join(folder, "package.json"),
      JSON.stringify({
        name: "consumer",
        private: true,
        type: "module",
        dependencies: {
          "@pulumi/pulumi": dependencies["@pulumi/pulumi"],
          ...Object.fromEntries(tarballs.map((file) => [/^(.*)-\d/.exec(file)?.[1], `file:${file}`])),
        },
      }),
    );
    await writeFile(join(folder, "Pulumi.yaml"), PULUMI_YAML);
    await writeFile(join(folder, "index.ts"), PROGRAM);
    await run("npm", "install", "--prefer-offline", "--no-audit", "--no-fund");
    await pulumi("stack", "init", "dev");
  });
  after(async () => {
    await services?.close();
    await rm(folder, { recursive: true, force: true });
  });

  it("hold nothing that refers to this checkout", async () => {
    for (const name of ["pulumi-render", "pulumi-circleci"]) {
      const found = await run(
        "grep",
        "-rlE",
        `${projectRoot}|from "(\\.\\./)+(cli|infra|lib|sandbox)/`,
        `node_modules/${name}`,
      ).catch(() => "");
      assert.equal(found, "");
    }
  });

  it("have types that a program's compiler reads", async () => {
    const options = ["--noEmit", "--strict", "--skipLibCheck", "--target", "es2022", "index.ts"];
    const tsc = join(projectRoot, "node_modules", ".bin", "tsc");
    await run(tsc, "--module", "nodenext", ...options);
    await run(tsc, "--module", "commonjs", "--moduleResolution", "node10", ...options);
  });

  it("create, show no change after that, and delete again", async () => {
    await pulumi("up", "--yes", "--skip-preview");
    const outputs = JSON.parse(await pulumi("stack", "output", "--json"));
    assert.deepEqual(Object.keys(outputs["environmentIds"]), ["production"]);
    assert.equal(outputs["organization"], "gh/acme");

    await pulumi("preview", "--expect-no-changes");
    await pulumi("refresh", "--yes", "--expect-no-changes", "--skip-preview");

    await pulumi("destroy", "--yes", "--skip-preview");
    const { deployment } = JSON.parse(await pulumi("stack", "export"));
    assert.deepEqual(deployment.resources ?? [], []);
  });
});
