/** From a code to its row. */

import type { Api } from "./table.js";

/** What is made of the tables of an API once. */
interface Index {
  /**
   * Of each code or alias, its index in `rows` and then in `aliases`. A Map, because `toString` and `__proto__` are ordinary
   * codes.
   */
  readonly keys: ReadonlyMap<string, number>;
  /** Which `/` of a code join two parts, where they are not all of them. */
  readonly joints: ReadonlyMap<number, readonly number[]>;
  /** Whether codes have several parts. */
  readonly hasParts: boolean;
}

const indexes: WeakMap<Api, Index> = new WeakMap();

/** The index of a code or of an alias, in `rows` and then in `aliases`. */
export function findKey(api: Api, code: string): number | undefined {
  return indexOf(api).keys.get(code);
}

/** The index of the row of that code or alias. */
export function rowOf({ rows, aliases }: Api, key: number): number | undefined {
  return key < rows.length ? key : aliases[key - rows.length]?.[1];
}

/** Whether a listed code, the text of which is that of these parts, has them. */
export function hasParts(api: Api, key: number, parts: readonly string[]): boolean {
  const index = indexOf(api);
  const joins = (slash: number) => index.hasParts && (index.joints.get(key)?.includes(slash) ?? true);
  let slash = 0;
  return parts.every((part, i) => {
    for (const character of part) if (character === "/" && joins(slash++)) return false;
    return i === parts.length - 1 || joins(slash++);
  });
}

function indexOf(api: Api): Index {
  let index = indexes.get(api);
  if (index === undefined) indexes.set(api, (index = made(api)));
  return index;
}

function made(api: Api): Index {
  const keys = new Map(api.aliases.map(([code], i) => [code, api.rows.length + i]));
  for (const [row, [code]] of api.rows.entries()) keys.set(code, row);
  const hasParts = api.shapes.some(({ code, errors }) => [code, errors?.shape.code].some((list) => (list?.length ?? 0) > 1));
  return { keys, joints: new Map(api.slashed), hasParts };
}

/** Every listed code, in catalog order; of an error without a code of its own, its name. */
export function codesOf(api: Api): readonly string[] {
  return api.rows.map(([code]) => code);
}
