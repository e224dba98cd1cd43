/**
 * Names that speak of a secret, and values that are none whatever they are called. A guess, so it has false alarms: one
 * who refuses asks what `isSecretByName` says, one who hides or encrypts, where a false alarm costs little, `mayBeSecret`.
 */
import { credentialIn } from "./token-formats.ts";

/**
 * Names whose last words say that the value is secret. A DSN is public by design. Words further ahead say what something
 * else is about: TOKENIZERS_PARALLELISM, KEYCLOAK_URL and PASSWORD_RESET_TIMEOUT hold none.
 */
const NAMES_SECRET =
  /(?:password|passwd|passphrase|secret|token|credential|(?:api|secret|private|access|signing|encryption)_?key|(?:^|_)(?:pwd|pass))s?(?:_fallbacks)?$/;
/** Some such values are made to be seen. */
const NAMES_PUBLIC = /public|publishable/;
/** What stands for a value: a reference, a placeholder, a path, a switch or a number. */
const NO_VALUE = /^(?:|\$.*|<.*>|\{\{.*\}\}|\/.*|true|false|on|off|none|null|\d{1,6})$/is;

/** Whether a property or variable of this name holds a secret in this text. */
export function isSecretByName(name: string, text: string): boolean {
  const words = name
    .replaceAll(/([a-z0-9])([A-Z])/g, "$1_$2")
    .toLowerCase()
    .replaceAll("-", "_");
  return NAMES_SECRET.test(words) && !NAMES_PUBLIC.test(words) && !NO_VALUE.test(text);
}

/** Words in names of what is better hidden than shown: also of addresses that often log in. */
const MAY_NAME_SECRET =
  /secret|token|passw|passphrase|pwd|(?:^|_)key(?:$|_)|key$|credential|private|(?:^|_)o?auth(?!or)|salt|signature|(?<!sentry_)dsn|(?:database|redis|cache|broker|amqp|mongo\w*)_ur[il]/;
/** A certificate or key in a block of its own, a JSON web token. */
const MAY_BE_SECRET = /-----BEGIN |^eyJ[\w-]+\.[\w-]+\./;
/** What has letters and digits mixed and no words in it is made by a machine. */
const MADE_BY_MACHINE = /^(?=.*\d)(?=.*[A-Za-z])[A-Za-z0-9+/=_-]{20,}$/;

/** Whether what a variable of this name holds is better not shown. */
export function mayBeSecretByName(name: string): boolean {
  const words = name.replaceAll(/([a-z0-9])([A-Z])/g, "$1_$2").toLowerCase();
  return MAY_NAME_SECRET.test(words) && !NAMES_PUBLIC.test(words);
}

/** Whether a variable is better encrypted: by its name, or by what its value looks like. */
export function mayBeSecret(name: string, text: string): boolean {
  return (
    mayBeSecretByName(name) ||
    credentialIn(text) !== undefined ||
    MAY_BE_SECRET.test(text) ||
    MADE_BY_MACHINE.test(text)
  );
}
