/** Version of delivery, with which every request names its sender. A test holds it against package.json. */
export const VERSION = "0.1.0";
