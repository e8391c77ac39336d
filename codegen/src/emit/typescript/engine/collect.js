/** One pass over a JSON body that notes where each of several values stands. */
import { isIndex, MAX_DEPTH } from "./json.js";
import { stringText } from "./json-string.js";
import { Scanner } from "./scanner.js";
/** How many values are kept: more errors than anybody reads, and few enough that no body of them fills the memory. */
const MOST = 10_000;
/** How long a path can be: each of many errors has one of its own. */
const LONGEST_PATH = 4096;
/**
 * What `keep` makes of the values that `steps` lead to, in the order in which they begin; one can stand within another. Those
 * under each of duplicate keys are among them. Undefined where the body is not one complete JSON value.
 */
export function collect(body, steps, keep) {
    const collector = new Collector(body, steps.slice(0, MAX_DEPTH), keep);
    if (!collector.value(1, 0, "") || !collector.scanner.isAtEnd())
        return undefined;
    return { found: collector.found.slice(0, MOST), all: collector.all };
}
/**
 * A set of bits tells how many steps were taken, in each of the ways in which they can have been. There can be one more of them
 * than operators on bits can tell apart.
 */
class Collector {
    steps;
    keep;
    scanner;
    /** What was kept; nothing yet for the values that the scanner is in. */
    found = [];
    /** Whether no more was kept than is given back. Nothing is looked for any more once there was. */
    all = true;
    /** How many values the scanner is in: as many as steps are deep at most. */
    open = 0;
    /** The bit of a value that all steps lead to. */
    arrived;
    constructor(body, steps, keep) {
        this.steps = steps;
        this.keep = keep;
        this.scanner = new Scanner(body);
        this.arrived = 2 ** steps.length;
    }
    value(reached, depth, path) {
        const { scanner, found } = this;
        if (reached === 0)
            return scanner.value();
        scanner.space();
        const start = scanner.at;
        const taken = this.withDeep(reached);
        const isWanted = this.all && taken >= this.arrived;
        // It has its place before the values within.
        const index = found.length;
        if (isWanted) {
            found.push(undefined);
            this.open++;
        }
        const moreToGo = taken % this.arrived !== 0 && depth < MAX_DEPTH;
        const what = moreToGo ? scanner.open() : undefined;
        let ok;
        if (what === "object") {
            ok = scanner.object((written) => {
                const key = stringText(written);
                const after = this.after(taken, (wanted) => wanted === key);
                return this.value(after, depth + 1, after === 0 ? path : `${path}/${escaped(key)}`);
            });
        }
        else if (what === "array") {
            ok = scanner.array((index) => {
                const after = this.after(taken, (wanted) => isIndex(wanted, index));
                return this.value(after, depth + 1, after === 0 ? path : `${path}/${index}`);
            });
        }
        else
            ok = scanner.value();
        if (isWanted && ok)
            this.settle(index, scanner.body.slice(start, scanner.at), path);
        return ok;
    }
    /** Keeps a value, whose place in `found` is `index`, or gives its place up. */
    settle(index, json, path) {
        this.open--;
        const kept = this.keep(json, path.length > LONGEST_PATH ? undefined : path);
        // Only what was kept within it stands behind it.
        if (kept === undefined)
            this.found.splice(index, 1);
        else
            this.found[index] = kept;
        this.all &&= this.found.length - this.open <= MOST;
    }
    /** A deep step may as well lead nowhere. */
    withDeep(taken) {
        return this.steps.reduce((all, step, i) => (isDeep(step) && has(all, i) ? add(all, i + 1) : all), taken);
    }
    after(taken, is) {
        return this.steps.reduce((all, step, i) => {
            if (!has(taken, i))
                return all;
            if (isDeep(step))
                return add(all, i);
            return typeof step !== "string" || is(step) ? add(all, i + 1) : all;
        }, 0);
    }
}
/** A key as JSON Pointers have it. */
function escaped(key) {
    return key.replaceAll("~", "~0").replaceAll("/", "~1");
}
function isDeep(step) {
    return typeof step !== "string" && step[0] === "**";
}
function has(set, i) {
    return Math.floor(set / 2 ** i) % 2 === 1;
}
function add(set, i) {
    return has(set, i) ? set : set + 2 ** i;
}
