/** Version of the provider: what the plugin answers and what the resource classes ask for. */
export const VERSION = "0.1.0";
