/** The program: load and check the configuration, declare what it asks for, hand out the results. */
import "./must-finish.ts";
import "./engine-gone.ts";
import "./transforms.ts";
import { loadConfiguration } from "../infra/config.ts";
import { readBuildContext } from "../infra/environment/build-context.ts";
import { outputs } from "../infra/outputs.ts";
import { declareEnvironment } from "./environment.ts";
import { finished } from "./must-finish.ts";
import { declareShared } from "./shared.ts";

const configuration = loadConfiguration(process.env);
const buildContext = await readBuildContext(configuration);

const shared = declareShared(configuration);
const parts = { ...shared, ...declareEnvironment(configuration, shared, buildContext) };

export default outputs(configuration, parts);

finished();
