/** An image that cannot be had: there is none of that name, or the registry refuses the login. */
export class UnavailableImage extends Error {
  constructor(message: string) {
    super(message);
    this.name = "UnavailableImage";
  }
}
