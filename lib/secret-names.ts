/** Names that speak of a secret, and values that are none whatever they are called. A guess, so it has false alarms. */

/** Names whose last word says that the value is secret. A DSN is public by design. */
const NAMES_SECRET =
  /(?:password|passwd|passphrase|secret|token|credential|(?:api|secret|private|access|signing|encryption)_?key|_pwd)$/;
/** Some such values are made to be seen. */
const NAMES_PUBLIC = /public|publishable/;
/** What stands for a value: a reference, a placeholder, a path, a switch or a number. */
const NO_VALUE = /^(?:|\$.*|<.*>|\{\{.*\}\}|\/.*|true|false|on|off|none|null|\d{1,6})$/is;

/** Whether a property or variable of this name holds a secret in this text. */
export function isSecretByName(name: string, text: string): boolean {
  const words = name.replaceAll(/([a-z0-9])([A-Z])/g, "$1_$2").toLowerCase();
  return NAMES_SECRET.test(words) && !NAMES_PUBLIC.test(words) && !NO_VALUE.test(text);
}
