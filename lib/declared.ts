/** Plain data before the engine knows the values. */
import type { Input } from "@pulumi/pulumi";

/** The same as `T`, where each value may still be an output; a list is one value. */
export type Declared<T> = [T] extends [readonly unknown[] | undefined]
  ? Input<NonNullable<T>> | Extract<T, undefined>
  : [T] extends [object | undefined]
    ? { [Key in keyof T]: Declared<T[Key]> } | Extract<T, undefined>
    : Input<T>;
