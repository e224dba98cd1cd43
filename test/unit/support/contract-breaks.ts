/** What a consumer written for one version of a JSON Schema could not rely on under another one. */

/** The part of JSON Schema that the contract is written in. */
export interface ContractSchema {
  readonly type?: string;
  readonly const?: unknown;
  readonly format?: string;
  readonly properties?: Readonly<Record<string, ContractSchema>>;
  readonly required?: readonly string[];
}

/** Each field of `published` that `current` removes, makes optional or gives another kind of value. */
export function contractBreaks(published: ContractSchema, current: ContractSchema, path = ""): string[] {
  const breaks: string[] = [];
  for (const trait of ["type", "const", "format"] as const)
    if (published[trait] !== undefined && published[trait] !== current[trait])
      breaks.push(`${path}: ${trait} was ${published[trait]}, is ${current[trait]}`);
  for (const [name, before] of Object.entries(published.properties ?? {})) {
    const field = path === "" ? name : `${path}.${name}`;
    const now = current.properties?.[name];
    if (!now) breaks.push(`${field}: is gone`);
    else if (published.required?.includes(name) && !current.required?.includes(name))
      breaks.push(`${field}: may be absent now`);
    if (now) breaks.push(...contractBreaks(before, now, field));
  }
  return breaks;
}
