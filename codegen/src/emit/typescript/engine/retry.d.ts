/** When and how a request may be repeated. */
import type { Backoff } from "./table.js";
/** What errbook uses where an API says "with backoff" and no figures: 1 s, doubling, 30 s at most. */
export declare const DEFAULT_BACKOFF: Backoff;
/** Whether the waits of one are longer than those of the other: the first one, else the growth, else the longest. */
export declare function isLonger(one: Backoff, other: Backoff): boolean;
/** The longest wait before repeat number `attempt`, counted from 0, in milliseconds. */
export declare function ceiling(backoff: Backoff, attempt: number): number;
/**
 * A wait for repeat number `attempt`, counted from 0, drawn at random from zero to the ceiling, in milliseconds: clients that
 * failed together do not come back together. `random` is from 0 (included) to 1 (excluded).
 */
export declare function jittered(backoff: Backoff, attempt: number, random?: number): number;
/** What sending the same request again does. */
export type Repeat = 
/** Nothing is done twice. */
{
    readonly kind: "safe";
}
/** It makes another one; the text, there once the package's texts are loaded, says of what. */
 | {
    readonly kind: "duplicates";
    readonly what?: string;
}
/** It is safe with the same key in this header. */
 | {
    readonly kind: "idempotency_key";
    readonly header: string;
}
/** It needs a new key in this header. */
 | {
    readonly kind: "new_key";
    readonly header: string;
};
