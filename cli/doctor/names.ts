/** What is said of a name that somebody has taken. */

/** What to do about a thing that exists and is not in the stack. */
export const ADOPT = "npx delivery adopt, which takes it into the stack; or choose another name.";
