/** The program: load and check the configuration, declare what it asks for, hand out the results. */
import "../lib/must-finish.ts";
import "../lib/light-sdk.ts";
import "../lib/engine-gone.ts";
import "../lib/plain-stack-traces.ts";
import "./transforms.ts";
import { acceptedConfiguration } from "../infra/accepted-configuration.ts";
import { findImage } from "../infra/environment/image-source.ts";
import { sharedStack } from "../infra/load-configuration.ts";
import { outputs } from "../infra/outputs.ts";
import { pipelineFile } from "../infra/shared/circleci-config-yml.ts";
import { pipelineSurroundings } from "../infra/shared/pipeline-surroundings.ts";
import { readShared } from "../infra/shared-parts.ts";
import { keepAsFound } from "../lib/as-found.ts";
import { finished } from "../lib/must-finish.ts";
import { declareEnvironment } from "./environment.ts";
import { declareShared } from "./shared.ts";

const sharedFrom = sharedStack();
const elsewhere = sharedFrom === undefined ? undefined : await readShared(sharedFrom);
const configuration = await acceptedConfiguration(process.env, elsewhere);
const checkFound = keepAsFound("delivery:asFound", configuration.asFound);
const onlyShared = configuration.declares === "shared";
const image = onlyShared ? undefined : await findImage(configuration);

// Where the shared parts are another stack's, so is the file, and what it goes by need not be on this machine.
const surroundings = elsewhere ? undefined : pipelineSurroundings(configuration, process.env);
const pipeline = configuration.pipeline && pipelineFile(configuration.pipeline, configuration, surroundings);
const shared = elsewhere ?? declareShared(configuration, pipeline);
const parts = onlyShared ? {} : declareEnvironment(configuration, shared, image, pipeline);

export default outputs(configuration, shared, parts);

checkFound();
finished();
