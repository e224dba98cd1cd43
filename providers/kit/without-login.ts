/** The login in an address, `user:password@`, also of one that is not valid. */
const LOGIN = /^([a-z][a-z0-9+.-]*:\/\/)?[^/@\s]*@/i;

/** An address as a message may show it. */
export function withoutLogin(address: string): string {
  return address.replace(LOGIN, "$1");
}

/** A text in which addresses may stand, as a message may show it. */
export function withoutLogins(text: string): string {
  return text.replaceAll(/(\b[a-z][a-z0-9+.-]*:\/\/)[^\s/@]*@/gi, "$1");
}
