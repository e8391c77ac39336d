/** What ends a call from outside, whatever it is at. */
/** The caller's signal, and the total time. */
export class Ending {
    controller = new AbortController();
    given;
    stopTimer;
    signal = this.controller.signal;
    constructor(clock, { signal, total }) {
        this.given = signal;
        if (signal?.aborted === true)
            this.abort();
        else
            signal?.addEventListener("abort", this.abort, { once: true });
        if (total !== undefined && total >= 0 && total < Number.POSITIVE_INFINITY) {
            const over = new DOMException(`the total time of ${total} ms is over`, "TimeoutError");
            this.stopTimer = clock.timer(total, () => this.controller.abort(over));
        }
    }
    /** What comes, or the reason of the end, if that is first. */
    async first(coming) {
        let stop;
        const ended = new Promise((_, reject) => {
            stop = () => reject(this.signal.reason);
            this.signal.addEventListener("abort", stop, { once: true });
        });
        try {
            return await Promise.race([coming, ended]);
        }
        finally {
            if (stop !== undefined)
                this.signal.removeEventListener("abort", stop);
        }
    }
    /** Lets go of the caller's signal, and of the timer. */
    off() {
        this.given?.removeEventListener("abort", this.abort);
        this.stopTimer?.();
    }
    abort = () => this.controller.abort(this.given?.reason);
}
