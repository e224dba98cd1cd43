/** Objects that exist already, and are only taken over when the user says so. */

/** What is known of an object that is in the way. */
export interface ExistingObject {
  /** What it is, in the user's words: `context`. */
  readonly kind: string;
  /** The resource's type token. */
  readonly token: string;
  /** Its name at the service. */
  readonly name: string;
  /** What `pulumi import` takes. */
  readonly importId: string;
}

/** The error for an object that was there before, with the command that adopts it. */
export function alreadyExists({ kind, token, name, importId }: ExistingObject): Error {
  return new Error(
    `a ${kind} "${name}" exists already. If it is the one that is meant, adopt it with ` +
      `\`pulumi import ${token} NAME ${importId}\`, where NAME is its name in the program, and with \`--parent P=URN\` when ` +
      "it stands below a component; otherwise choose another name",
  );
}
