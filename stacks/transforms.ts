/**
 * Yours: changes that the configuration does not offer, one call of `transform` each. Upgrades leave this file alone.
 *
 *     import * as github from "@pulumi/github";
 *     import { transform } from "../lib/transform.ts";
 *
 *     transform(github.Repository, "repository", (repository) => {
 *       repository.hasDiscussions = true;
 *     });
 */
export {};
