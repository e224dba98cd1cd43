/** What credentials look like. A text that has one of these shapes is one, whatever it is called. */

/** A credential's shape. */
export interface TokenFormat {
  /** What it is, for a message. */
  readonly kind: string;
  readonly pattern: RegExp;
}

/** Shapes that the services document, or print in front of each of their tokens. */
export const TOKEN_FORMATS: readonly TokenFormat[] = [
  { kind: "a GitHub token", pattern: /\b(?:gh[pousr]_[A-Za-z0-9]{36,}|github_pat_\w{22,})/ },
  { kind: "a CircleCI token", pattern: /\bCCIP(?:AT|RJ)_[1-9A-HJ-NP-Za-km-z]{16,}_[0-9a-f]{40}\b/ },
  { kind: "a Sentry token", pattern: /\bsntry[a-z]_[\w+/=-]{32,}/ },
  { kind: "a Render API key", pattern: /\brnd_[A-Za-z0-9]{20,}\b/ },
  { kind: "a Docker Hub token", pattern: /\bdckr_(?:pat|oat)_[\w-]{20,}/ },
  { kind: "an AWS access key", pattern: /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/ },
  { kind: "a Stripe live key", pattern: /\b[sr]k_live_[A-Za-z0-9]{16,}/ },
  { kind: "a private key", pattern: /-----BEGIN (?:[A-Z0-9]+ ){0,3}PRIVATE KEY/ },
  {
    kind: "a URL with a password",
    // What listens on the loopback interface alone is a service beside a test: its login opens nothing to a reader.
    pattern:
      /\b[a-z][a-z0-9+.-]{0,30}:\/\/[^\s:@/]{0,200}:(?![$<{*])[^\s:@/]{1,400}@(?!(?:localhost|127\.0\.0\.1|\[::1\])(?:[:/?#'"\s]|$))/i,
  },
];

/** What credential is in the text; undefined for none. */
export function credentialIn(text: string): string | undefined {
  return TOKEN_FORMATS.find(({ pattern }) => pattern.test(text))?.kind;
}
