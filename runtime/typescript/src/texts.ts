/** The texts of an API's errors, apart from its tables: a program that shows none need not carry them. */

import type { Api } from "./table.js";

/** When something happens and what to do about it, in Markdown; empty where no source says. */
export type Text = readonly [when: string, fix: string];

/** The texts of one API, by the indexes of its tables. Empty ones are undocumented. */
export interface Texts {
  /** Of the rows. */
  readonly errors: readonly Text[];
  /** Of the causes, by index of `more`. */
  readonly causes: { readonly [more: number]: readonly Text[] };
  /** What to do about a status. */
  readonly statuses: readonly string[];
  /** What must have happened before a repeat, by index of `retries`. */
  readonly retries: readonly string[];
  /** What repeats make another one of, by the `text` of a repeat. */
  readonly repeats: readonly string[];
}

const registered: WeakMap<Api, Texts> = new WeakMap();

/** Makes the texts of an API known. Generated packages call it when their `/texts` is imported. */
export function registerTexts(api: Api, texts: Texts): void {
  registered.set(api, texts);
}

/** The texts of an API, once they are registered. */
export function textsOf(api: Api): Texts | undefined {
  return registered.get(api);
}
