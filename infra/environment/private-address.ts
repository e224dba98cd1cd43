/** The address of a database or cache on Render's private network. */
import * as pulumi from "@pulumi/pulumi";

/**
 * The address as a secret. Render tells it of everything that can be used, and only such a thing is in the state as whole.
 * @param of what it is, for the error of a state that lacks it: "the database".
 */
export function privateAddress(of: string, url: pulumi.Output<string>): pulumi.Output<string> {
  const told = (known: string | undefined): string => {
    if (known === undefined) throw new pulumi.RunError(`Render told no internal address of ${of}.`);
    return known;
  };
  return pulumi.secret(url.apply(told));
}
