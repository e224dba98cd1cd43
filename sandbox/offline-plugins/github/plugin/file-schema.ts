/** Inputs and outputs of github.RepositoryFile, as the SDK of the vendor's plugin declares them. */
import { z } from "zod";

const text = z.string().optional();

/** The settings that the offline edition leaves out: branches that the plugin makes itself. */
export const leftOut = ["autocreateBranch", "autocreateBranchSourceBranch", "autocreateBranchSourceSha"] as const;

export const fileInputs = z.object({
  repository: z.string(),
  file: z.string(),
  content: z.string(),
  branch: text,
  commitMessage: text,
  commitAuthor: text,
  commitEmail: text,
  overwriteOnCreate: z.boolean().optional(),
  autocreateBranch: z.unknown().optional(),
  autocreateBranchSourceBranch: z.unknown().optional(),
  autocreateBranchSourceSha: z.unknown().optional(),
});

export const fileOutputs = fileInputs.extend({
  branch: z.string(),
  commitMessage: z.string(),
  commitSha: z.string(),
  ref: z.string(),
  repositoryId: z.number(),
  sha: z.string(),
});

export type FileInputs = z.output<typeof fileInputs>;
export type FileOutputs = z.output<typeof fileOutputs>;
