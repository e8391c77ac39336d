/** When and how a request may be repeated. */
/** What errbook uses where an API says "with backoff" and no figures: 1 s, doubling, 30 s at most. */
export const DEFAULT_BACKOFF = { initialMs: 1000, factor: 2, maxMs: 30_000 };
/** Whether the waits of one are longer than those of the other: the first one, else the growth, else the longest. */
export function isLonger(one, other) {
    return (one.initialMs - other.initialMs || one.factor - other.factor || one.maxMs - other.maxMs) > 0;
}
/** The longest wait before repeat number `attempt`, counted from 0, in milliseconds. */
export function ceiling(backoff, attempt) {
    const grown = backoff.initialMs * backoff.factor ** Math.max(0, Math.floor(attempt) || 0);
    return grown < backoff.maxMs ? Math.floor(grown) : backoff.maxMs;
}
/**
 * A wait for repeat number `attempt`, counted from 0, drawn at random from zero to the ceiling, in milliseconds: clients that
 * failed together do not come back together.
 */
export function jittered(backoff, attempt) {
    return Math.floor(Math.random() * (ceiling(backoff, attempt) + 1));
}
