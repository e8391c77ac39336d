/** From a code to its row. */

import type { Api } from "./table.js";

// A Map, because `toString` and `__proto__` are ordinary codes.
const indexes: WeakMap<Api, ReadonlyMap<string, number>> = new WeakMap();

/** The index of the row of a code or of an alias. */
export function findRow(api: Api, code: string): number | undefined {
  let index = indexes.get(api);
  if (index === undefined) {
    index = indexOf(api);
    indexes.set(api, index);
  }
  return index.get(code);
}

function indexOf(api: Api): ReadonlyMap<string, number> {
  const index = new Map(api.aliases);
  for (const [row, [code]] of api.rows.entries()) index.set(code, row);
  return index;
}

/** Every listed code, in catalog order; of an error without a code of its own, its name. */
export function codesOf(api: Api): readonly string[] {
  return api.rows.map(([code]) => code);
}
