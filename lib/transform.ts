/** The escape hatch: a change of one child's arguments or options that the configuration does not offer. */
import { type CustomResource, type CustomResourceOptions, runtime } from "@pulumi/pulumi";

/**
 * Changes a resource before it is registered.
 * @param resource its class, which types the arguments.
 * @param name its logical name, as the preview shows it.
 * @param change changes arguments and options in place.
 */
export function transform<Args>(
  resource: new (name: string, args: Args, options?: CustomResourceOptions) => CustomResource,
  name: string,
  change: (args: NonNullable<Args>, options: CustomResourceOptions) => void,
): void {
  runtime.registerStackTransformation((registered) => {
    if (!(registered.resource instanceof resource) || registered.name !== name) return undefined;
    const { props, opts } = registered;
    change(props as NonNullable<Args>, opts);
    return { props, opts };
  });
}
