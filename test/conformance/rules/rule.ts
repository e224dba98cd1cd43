/** A rule of an emulation that no OpenAPI description tells. */

/** How a rule is known. */
export type Source =
  /** Seen in recorded answers of the real service. */
  | { readonly recorded: string }
  /** A document of the vendor's, by title. */
  | { readonly document: string }
  /** Somebody's word who met it: a public report, or another client of the service. */
  | { readonly report: string }
  /** What the vendor's own plugin or Terraform's provider does or needs, measured. */
  | { readonly measured: string };

/** A rule of an emulation. */
export interface Rule {
  readonly rule: string;
  readonly source: Source;
  /** A file below test/, and the words of a test in it. */
  readonly test: readonly [file: string, title: string];
}
