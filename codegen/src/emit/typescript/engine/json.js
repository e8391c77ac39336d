/**
 * One pass over a JSON body that notes where the wanted values stand.
 *
 * Nothing is built: a value is a piece of the body, read as text only when somebody asks for it. Of duplicate keys the last one
 * counts. Only levels that a path reaches are recursed into.
 */
import { Scanner } from "./scanner.js";
import { stringText } from "./json-string.js";
/** The segment that stands for any key or index. Of what it leads to, the first that is not null counts. */
const ANY = "*";
/** How many paths one pass can look for: the bits of a number. */
export const MAX_PATHS = 32;
/** How many segments a path may have; a longer one is never found. Several errors are not looked for any deeper either. */
export const MAX_DEPTH = 32;
/**
 * Reads `body` once for what stands at each of the paths, at most {@link MAX_PATHS}. Undefined where it is not one complete
 * JSON value: what was found before that is of no use, it may be part of a document that was cut.
 */
export function scan(body, paths) {
    let active = 0;
    paths.slice(0, MAX_PATHS).forEach((path, i) => {
        if (path.length <= MAX_DEPTH)
            active |= 1 << i;
    });
    const finder = new Finder(body, paths);
    return finder.value(active, 0) && finder.scanner.isAtEnd() ? finder.found : undefined;
}
/** Whether there is nothing but white space (and a byte order mark). */
export function isBlank(body) {
    return new Scanner(body).isAtEnd();
}
/** The items of the JSON array `raw`; nothing where it is no array. */
export function items(raw) {
    const out = [];
    const scanner = new Scanner(raw);
    if (scanner.open() !== "array")
        return out;
    scanner.array(() => {
        scanner.space();
        const start = scanner.at;
        if (!scanner.value())
            return false;
        out.push(raw.slice(start, scanner.at));
        return true;
    });
    return out;
}
/** Looks for values by their paths. */
class Finder {
    paths;
    scanner;
    /** What stands at each of the paths, as far as it was read. */
    found;
    /** The paths with a segment that is any, a set of bits. */
    open;
    constructor(body, paths) {
        this.paths = paths;
        this.scanner = new Scanner(body);
        this.found = paths.map(() => undefined);
        this.open = this.select(-1, (path) => path.includes(ANY));
    }
    /** Reads a value whose path is a prefix of each path in `active`, a set of bits. */
    value(active, depth) {
        const { scanner } = this;
        if (active === 0)
            return scanner.value();
        scanner.space();
        const start = scanner.at;
        const here = this.select(active, (path) => path.length === depth);
        const deeper = active & ~here;
        const what = deeper === 0 ? undefined : scanner.open();
        let ok;
        if (what === "object")
            ok = this.object(deeper, depth);
        else if (what === "array")
            ok = this.array(deeper, depth);
        else
            ok = scanner.value();
        if (ok && here !== 0) {
            const raw = scanner.body.slice(start, scanner.at);
            const later = raw === "null" ? here & this.open : this.select(here & this.open, (_, i) => this.found[i] !== undefined);
            this.note(here & ~later, raw);
        }
        return ok;
    }
    select(set, keep) {
        let out = 0;
        for (let rest = set; rest !== 0; rest &= rest - 1) {
            const i = lowestBit(rest);
            const path = this.paths[i];
            if (path !== undefined && keep(path, i))
                out |= 1 << i;
        }
        return out;
    }
    note(set, raw) {
        for (let rest = set; rest !== 0; rest &= rest - 1)
            this.found[lowestBit(rest)] = raw;
    }
    object(active, depth) {
        return this.scanner.object((written) => {
            const key = stringText(written);
            const children = this.select(active, (path) => path[depth] === ANY || path[depth] === key);
            // A later value under the same key replaces all that the earlier one held.
            this.note(children & ~this.open, undefined);
            return this.value(children, depth + 1);
        });
    }
    array(active, depth) {
        const wanted = this.indices(active, depth);
        const any = this.select(active, (path) => path[depth] === ANY);
        return this.scanner.array((index) => this.value(any | (wanted.get(index) ?? 0), depth + 1));
    }
    /** The array indices that the paths in `active` go on with, each with its paths. */
    indices(active, depth) {
        const out = new Map();
        for (let rest = active; rest !== 0; rest &= rest - 1) {
            const i = lowestBit(rest);
            const segment = this.paths[i]?.[depth] ?? "";
            const index = Number(segment);
            if (isIndex(segment, index))
                out.set(index, (out.get(index) ?? 0) | (1 << i));
        }
        return out;
    }
}
/** Whether a segment of a pointer is this index: plain digits, no leading zero. */
export function isIndex(segment, index) {
    return String(index) === segment;
}
function lowestBit(set) {
    return 31 - Math.clz32(set & -set);
}
