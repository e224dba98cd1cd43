/** GetPluginInfo, GetSchema, CheckConfig, DiffConfig, Configure, Cancel and Attach of the ResourceProvider service. */
import { status } from "@grpc/grpc-js";
import { type CheckResult, checkInputs } from "./check.ts";
import { diffInputs } from "./diff.ts";
import { failure, messageOf } from "./errors.ts";
import { checkFailure, diffResponse } from "./planning-handlers.ts";
import { priorOf } from "./prior.ts";
import { Empty, type Message, plugin, provider } from "./proto.ts";
import type { Properties } from "./resource.ts";
import type { Runtime } from "./runtime.ts";
import { packageSchema } from "./schema.ts";
import { findSecrets } from "./secrets.ts";
import { type Shape, shapeOf } from "./shape.ts";
import { type PropertyTree, plain, reveal, Secret, secret } from "./values.ts";
import { decode, encode } from "./wire.ts";

/** Keys that the engine keeps among a provider's properties for itself. */
const ENGINE_KEYS = ["version", "pluginDownloadURL", "pluginChecksums", "__internal"];

/** The handlers, as promises of responses. */
export function configurationHandlers<Client>(runtime: Runtime<Client>) {
  const { definition, environment } = runtime;

  const check = (given: PropertyTree, complete?: (config: Properties) => Properties): CheckResult => {
    const own = Object.entries(given).filter(([key]) => !ENGINE_KEYS.includes(key));
    const rules = {
      schema: definition.config,
      secrets: definition.secretConfig,
      complete,
      check: (config: PropertyTree) => definition.checkConfig?.(config, environment) ?? [],
    };
    return checkInputs(rules, typed(shapeOf(definition.config), Object.fromEntries(own)));
  };

  return {
    async getPluginInfo() {
      const info = new plugin.PluginInfo();
      info.setVersion(definition.version);
      return info;
    },

    async getSchema() {
      const response = new provider.GetSchemaResponse();
      response.setSchema(JSON.stringify(packageSchema(definition)));
      return response;
    },

    async checkConfig(request: Message<"CheckRequest">) {
      const given = decode(request.getNews());
      const complete = (config: Properties): Properties => definition.completeConfig?.(config, environment) ?? {};
      const { inputs, failures } = check(given, complete);
      const response = new provider.CheckResponse();
      response.setInputs(encode({ ...given, ...inputs }));
      response.setFailuresList(failures.map(checkFailure));
      return response;
    },

    /** A change of the configuration replaces the provider only where the definition says so: objects stay where they are. */
    async diffConfig(request: Message<"DiffRequest">) {
      const prior = priorOf({}, request.getOldInputs() ?? request.getOlds(), undefined);
      const { replaceOnConfigChanges } = definition;
      const configuration = {
        update: async () => ({}),
        ...(replaceOnConfigChanges && { replaceOnChanges: replaceOnConfigChanges }),
      };
      const changes = await diffInputs(configuration, prior, decode(request.getNews()), request.getIgnorechangesList());
      return diffResponse({}, changes);
    },

    async configure(request: Message<"ConfigureRequest">) {
      const { inputs, failures } = check(decode(request.getArgs()));
      const secrets = findSecrets(inputs);
      const redact = runtime.redact(secrets);
      if (failures.length > 0) {
        const lines = failures.map(({ property, reason }) => [property, reason].filter(Boolean).join(": "));
        throw failure(redact(lines.join("\n")), status.INVALID_ARGUMENT);
      }
      try {
        runtime.configured(await definition.configure(plain(inputs), environment), secrets.values);
      } catch (error) {
        throw failure(redact(messageOf(error)), status.INVALID_ARGUMENT);
      }
      const response = new provider.ConfigureResponse();
      response.setAcceptsecrets(true);
      response.setAcceptresources(true);
      response.setSupportspreview(true);
      return response;
    },

    async cancel() {
      runtime.operations.cancel();
      return new Empty();
    },

    async attach(request: InstanceType<typeof plugin.PluginAttach>) {
      runtime.attach(request.getAddress());
      return new Empty();
    },
  };
}

/** Configuration arrives as text: what the schema does not want as a string is read as JSON. */
function typed(shape: Shape, config: PropertyTree): PropertyTree {
  const entries = Object.entries(config).map(([key, value]) => {
    const text = reveal(value);
    if (typeof text !== "string" || shape.properties?.[key]?.type === "string") return [key, value];
    const parsed = parseJson(text);
    return [key, value instanceof Secret ? secret(parsed) : parsed];
  });
  return Object.fromEntries(entries);
}

/** A text that is no JSON stays a text, and fails the schema with a message about its type. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
