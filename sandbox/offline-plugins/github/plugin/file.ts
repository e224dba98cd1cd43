/** github.RepositoryFile: the calls of the vendor's plugin, in its order. */
import { z } from "zod";
import type { CallContext, CheckFailure, ResourceDefinition } from "../../../../providers/kit/resource.ts";
import { propertyNames } from "../../../../providers/kit/shape.ts";
import { parseAnswer } from "../../bridge/answer.ts";
import { bridgedDiff } from "../../bridge/difference.ts";
import { BridgedError } from "../../bridge/failure.ts";
import { inputsAsRead } from "../../bridge/inputs.ts";
import type { Incomplete } from "../../bridge/value.ts";
import type { GitHubClient } from "./client.ts";
import { deleteFile, findCommit, findFile, getCommit, requireBranch, writeFile } from "./file-api.ts";
import { type FileInputs, type FileOutputs, fileInputs, fileOutputs, leftOut } from "./file-schema.ts";

type Context = CallContext<GitHubClient>;

const inputNames = propertyNames(fileInputs);

const repositoryAnswer = z.looseObject({ id: z.number(), default_branch: z.string().default("main") });

/** The id is `repository:file:branch`; on import the branch may be left empty for the default one. */
export const file: ResourceDefinition<GitHubClient, FileInputs, FileOutputs> = {
  token: "github:index/repositoryFile:RepositoryFile",
  description: "A file in a repository, written by a commit of its own.",
  inputs: fileInputs,
  outputs: fileOutputs,
  // The vendor's replaces a file when its repository becomes another one; of one that is renamed it is written anew.
  replaceOnChanges: ["file", "branch"],
  diff: bridgedDiff(inputNames, {
    computed: ["branch", "commitMessage"],
  }),

  check(inputs) {
    const reason = "is not in the offline edition of the github plugin; leave it out, or use `--plugins installed`";
    const failures: CheckFailure[] = leftOut
      .filter((name) => inputs[name] !== undefined)
      .map((property) => ({ property, reason }));
    if (Boolean(inputs.commitAuthor) !== Boolean(inputs.commitEmail)) {
      failures.push({ property: "commitAuthor", reason: "`commit_author` and `commit_email` must be set together" });
    }
    return failures;
  },

  async create(context, inputs) {
    const info = await repositoryInfo(context, inputs.repository);
    if (inputs.branch !== undefined) await requireBranch(context, inputs.repository, inputs.branch);
    const existing = await findFile(context, inputs);
    if (existing && !inputs.overwriteOnCreate) {
      throw new BridgedError(
        "refusing to overwrite existing file: configure `overwrite_on_create` to `true` to override",
      );
    }
    const message = inputs.commitMessage ?? `Add ${inputs.file}`;
    const commitSha = await writeFile(context, inputs, inputs, { message, sha: existing?.sha });
    const branch = inputs.branch ?? info.default_branch;
    const id = [inputs.repository, escapeIdPart(inputs.file), branch].join(":");
    const known = { ...inputs, branch, commitMessage: message, commitSha, repositoryId: info.id };
    context.created(id, known as FileOutputs);
    const outputs = await readOutputs(context, known);
    if (!outputs) throw new BridgedError(`file ${inputs.file} is gone right after its creation`);
    return { id, outputs };
  },

  async read(context, id, prior) {
    const known = prior?.outputs ?? (await importKnown(context, id));
    const outputs = await readOutputs(context, known);
    if (!outputs) return undefined;
    const newId = prior ? id : [outputs.repository, escapeIdPart(outputs.file), outputs.branch].join(":");
    return { id: newId, inputs: inputsAsRead(inputNames, outputs, prior) as FileInputs, outputs };
  },

  async update(context, _id, prior, inputs) {
    const { branch, sha, commitMessage } = prior.outputs;
    const wanted = inputs.commitMessage ?? commitMessage;
    const message = wanted === `Add ${inputs.file}` ? `Update ${inputs.file}` : wanted;
    const commitSha = await writeFile(context, { ...inputs, branch }, inputs, { message, sha });
    const outputs = await readOutputs(context, { ...prior.outputs, ...inputs, branch, commitSha });
    if (!outputs) throw new BridgedError(`file ${inputs.file} is gone right after its update`);
    return outputs;
  },

  async delete(context, _id, { outputs }) {
    const wanted = outputs.commitMessage;
    const message = wanted === `Add ${outputs.file}` ? `Delete ${outputs.file}` : wanted;
    await deleteFile(context, outputs, outputs, { message, sha: outputs.sha });
  },
};

/** The file and the commit that wrote it; undefined when the file is gone. */
async function readOutputs(context: Context, known: Incomplete<FileOutputs> & Place): Promise<FileOutputs | undefined> {
  const found = await findFile(context, known);
  if (!found) return undefined;
  const commit = known.commitSha
    ? await getCommit(context, known.repository, known.commitSha)
    : await findCommit(context, known, found.ref);
  const { content, sha, ref } = found;
  return { ...known, content, sha, ref, commitSha: commit.sha, commitMessage: commit.commit.message } as FileOutputs;
}

type Place = Pick<FileOutputs, "repository" | "file" | "branch">;

async function repositoryInfo(
  { client, signal }: Context,
  repository: string,
): Promise<z.output<typeof repositoryAnswer>> {
  const { body } = await client.request("GET", client.repository(repository), { signal });
  return parseAnswer(repositoryAnswer, body);
}

/** What an import id says of a file, after the repository was asked for its default branch. */
async function importKnown(context: Context, id: string): Promise<Incomplete<FileOutputs> & Place> {
  const [repository, path, given, ...more] = id.split(":");
  if (!repository || !path || given === undefined || more.length > 0) {
    throw new BridgedError(
      "invalid ID specified. Supplied ID must be written as <repository>:<file path>: (when branch is default) or <repository>:<file path>:<branch>",
    );
  }
  const info = await repositoryInfo(context, repository);
  const place = { repository, file: path.replaceAll("??", ":"), branch: given || info.default_branch };
  if (!(await findFile(context, place))) {
    throw new BridgedError(
      `filePath ${place.file} is not a file in repository ${context.client.owner}/${repository} or repository is not readable`,
    );
  }
  return { ...place, repositoryId: info.id, overwriteOnCreate: false };
}

/** A colon separates the parts of an id, so one in a path is written as `??`. */
function escapeIdPart(path: string): string {
  return path.replaceAll(":", "??");
}
