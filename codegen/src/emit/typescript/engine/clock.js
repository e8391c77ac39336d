/** Time and chance, which tests bring along. */
/** The clock of the platform. */
export const CLOCK = { now: () => Date.now(), monotonic: () => performance.now(), sleep, timer, random: () => Math.random() };
/** What a timer of 32 bits can wait for; more would fire at once. */
const LONGEST = 2 ** 31 - 1;
async function sleep(ms, signal) {
    // Timers count whole milliseconds, and can fire within the last one.
    for (let left = Math.ceil(ms) + 1; left > 0; left -= LONGEST)
        await pause(Math.min(left, LONGEST), signal);
}
function timer(ms, call) {
    const off = new AbortController();
    sleep(ms, off.signal).then(call, () => undefined);
    return () => off.abort();
}
function pause(ms, signal) {
    return new Promise((resolve, reject) => {
        signal.throwIfAborted();
        const stop = () => {
            clearTimeout(id);
            reject(signal.reason);
        };
        const id = setTimeout(() => {
            signal.removeEventListener("abort", stop);
            resolve();
        }, ms);
        signal.addEventListener("abort", stop, { once: true });
    });
}
