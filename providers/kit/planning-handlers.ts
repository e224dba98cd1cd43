/** Check and Diff of the ResourceProvider service. */
import { isDeepStrictEqual } from "node:util";
import { checkInputs } from "./check.ts";
import { type Change, type ChangeKind, changedNames, changePath, deletesBeforeReplace, diffInputs } from "./diff.ts";
import { priorOf } from "./prior.ts";
import { type Message, provider } from "./proto.ts";
import { refuse } from "./refuse.ts";
import type { CheckFailure, Properties } from "./resource.ts";
import { type AnyResource, type Runtime, typeOf } from "./runtime.ts";
import { findSecrets } from "./secrets.ts";
import { type PropertyTree, plain, UNKNOWN } from "./values.ts";
import { decode, encode } from "./wire.ts";

/** The handlers, as promises of responses. */
export function planningHandlers<Client>(runtime: Runtime<Client>) {
  return {
    async check(request: Message<"CheckRequest">) {
      const urn = request.getUrn();
      const definition = runtime.resource(typeOf(urn));
      const olds = decode(request.getOlds());
      const prior = Object.keys(olds).length > 0 ? plain(olds) : undefined;
      const rules = {
        schema: definition.inputs,
        secrets: definition.secrets,
        renamed: definition.renamed,
        complete: definition.complete?.bind(definition),
        check: (inputs: Properties) => definition.check?.(inputs, prior) ?? [],
      };
      const news = decode(request.getNews());
      const hidden = hiddenFromImport(definition.writeOnly, olds, news);
      const { inputs, failures } = checkInputs(rules, { ...news, ...hidden });
      const warnings = definition.warnings?.(plain(inputs), urn) ?? [];
      const warn = warnings.length > 0 ? await runtime.log(urn, runtime.redact(findSecrets(inputs))) : undefined;
      for (const warning of warnings) warn?.("warning", warning);
      const response = new provider.CheckResponse();
      response.setInputs(encode(withoutKeys(inputs, Object.keys(hidden))));
      response.setFailuresList(failures.map(checkFailure));
      return response;
    },

    async diff(request: Message<"DiffRequest">) {
      const definition = runtime.resource(typeOf(request.getUrn()));
      const prior = priorOf(definition.renamed, request.getOldInputs(), request.getOlds());
      const news = decode(request.getNews());
      const changes = await diffInputs(definition, prior, news, request.getIgnorechangesList());
      // A refresh asks for the difference, too, of what it has found: there nothing else may fail it.
      if (changes.some(({ replace }) => replace)) refuse(runtime, definition, prior, news);
      return diffResponse(definition, changes);
    },
  };
}

/**
 * Write-only inputs that an import could not find, as unknowns: not there, and not to be missed. An import is told by
 * its check of what was read against itself.
 */
function hiddenFromImport(names: readonly string[] = [], olds: PropertyTree, news: PropertyTree): PropertyTree {
  if (Object.keys(olds).length === 0 || !isDeepStrictEqual(olds, news)) return {};
  return Object.fromEntries(names.filter((name) => !(name in news)).map((name) => [name, UNKNOWN]));
}

function withoutKeys(tree: PropertyTree, keys: readonly string[]): PropertyTree {
  return Object.fromEntries(Object.entries(tree).filter(([key]) => !keys.includes(key)));
}

/** A check failure as a message. */
export function checkFailure({ property, reason }: CheckFailure) {
  const message = new provider.CheckFailure();
  message.setProperty(property);
  message.setReason(reason);
  return message;
}

/** Changes as the engine's detailed diff. */
export function diffResponse(
  definition: Pick<AnyResource<unknown>, "deleteBeforeReplace">,
  changes: readonly Change[],
) {
  const { DiffChanges } = provider.DiffResponse;
  const response = new provider.DiffResponse();
  response.setChanges(changes.length > 0 ? DiffChanges.DIFF_SOME : DiffChanges.DIFF_NONE);
  response.setDiffsList([...changedNames(changes)]);
  response.setReplacesList([...changedNames(changes.filter((change) => change.replace))]);
  response.setDeletebeforereplace(deletesBeforeReplace(definition, changes));
  response.setHasdetaileddiff(true);
  for (const change of changes) {
    const detail = new provider.PropertyDiff();
    detail.setKind(diffKind(change.kind, change.replace));
    detail.setInputdiff(change.input);
    response.getDetaileddiffMap().set(changePath(change), detail);
  }
  return response;
}

function diffKind(kind: ChangeKind, replace: boolean) {
  const { Kind } = provider.PropertyDiff;
  if (kind === "add") return replace ? Kind.ADD_REPLACE : Kind.ADD;
  if (kind === "delete") return replace ? Kind.DELETE_REPLACE : Kind.DELETE;
  return replace ? Kind.UPDATE_REPLACE : Kind.UPDATE;
}
