/**
 * Imported before the SDK. It loads two libraries with itself that only the serialization of functions needs (dynamic
 * providers, "magic functions"): npm's dependency tree and the TypeScript compiler, a sixth of the program's time. Each
 * is put into the SDK's reach as an empty module, which loads what it stands for when something is taken from it.
 * Source: @pulumi/pulumi, "runtime/closure/codePaths.ts" and "runtime/closure/parseFunction.ts".
 */
import Module, { createRequire } from "node:module";

const SDK = "@pulumi/pulumi";
/** As the SDK's own modules require them. */
const SELDOM_USED = ["@npmcli/arborist", "@pulumi/pulumi/typescript-shim.js"];

/** Has the SDK's modules get a library on first use. One that is loaded, or that this SDK does not have, is left alone. */
function loadOnUse(library: string, sdk: NodeJS.Require): void {
  const place = placeOf(library, sdk);
  if (place === undefined || sdk.cache[place] !== undefined) return;
  let loaded: object | undefined;
  const real = (): object => {
    if (loaded === undefined) {
      Reflect.deleteProperty(sdk.cache, place);
      loaded = sdk(place) as object;
    }
    return loaded;
  };
  const stand = new Proxy(
    {},
    {
      // What a compiled `import * as` asks first; with it the module is taken as it is.
      get: (_, name) => (name === "__esModule" ? true : Reflect.get(real(), name)),
      has: (_, name) => Reflect.has(real(), name),
      ownKeys: () => Reflect.ownKeys(real()),
      getOwnPropertyDescriptor: (_, name) => {
        const described = Reflect.getOwnPropertyDescriptor(real(), name);
        return described && { ...described, configurable: true };
      },
    },
  );
  const empty = new Module(place);
  Object.assign(empty, { exports: stand, filename: place, loaded: true });
  sdk.cache[place] = empty;
}

function placeOf(library: string, sdk: NodeJS.Require): string | undefined {
  try {
    return sdk.resolve(library);
  } catch {
    return undefined;
  }
}

const own = createRequire(import.meta.url);
const sdk = createRequire(own.resolve(SDK));
for (const library of SELDOM_USED) loadOnUse(library, sdk);
