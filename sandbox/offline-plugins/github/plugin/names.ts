/** Names of properties: `requiredSignatures` in Pulumi, `required_signatures` in GitHub's API. */

/** `secretScanning` to `secret_scanning`. */
export function snakeCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

/** `secret_scanning` to `secretScanning`. */
export function camelCase(name: string): string {
  return name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
}
