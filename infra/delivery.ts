/** How an image comes to run: who builds it, and who says which of its tags runs. Nothing else compares the modes' names. */

/** The mode, with what follows from it. */
export type Delivery =
  | { readonly mode: "build"; readonly builtBy: "program"; readonly tagOwner: "content" }
  | { readonly mode: "pinned"; readonly builtBy: "others"; readonly tagOwner: "configuration"; readonly tag: string }
  | {
      readonly mode: "continuous";
      readonly builtBy: "pipeline";
      /** The configuration, while the pipeline is held. */
      readonly tagOwner: "configuration" | "pipeline";
      /** The one that is held, or that a new site starts from. */
      readonly tag: string;
    };

/** What of the image's settings decides it. */
export interface DeliverySettings {
  readonly delivery?: string | undefined;
  readonly hold?: boolean | undefined;
  readonly tag?: string | undefined;
}

/** The delivery that the settings ask for. A tag that is missing is refused before anything asks for it. */
export function deliveryOf({ delivery, hold = false, tag = "" }: DeliverySettings): Delivery {
  switch (delivery) {
    case "pinned":
      return { mode: "pinned", builtBy: "others", tagOwner: "configuration", tag };
    case "continuous":
      return { mode: "continuous", builtBy: "pipeline", tagOwner: hold ? "configuration" : "pipeline", tag };
    default:
      return { mode: "build", builtBy: "program", tagOwner: "content" };
  }
}
