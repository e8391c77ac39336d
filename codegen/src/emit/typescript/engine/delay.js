/** The delay that a response tells. */
import { isHeader, isPresent, scalarText } from "./document.js";
import { divide, msOf, readForm } from "./form.js";
/** Nothing. */
export const SILENCE = { wait: undefined, unreadable: false };
/** What all of them told: the longest wait. */
export function longest(all) {
    return all.reduce((one, other) => ({
        wait: Math.max(one.wait ?? 0, other.wait ?? 0) || undefined,
        unreadable: one.unreadable || other.unreadable,
    }), SILENCE);
}
/** Asks sources in order; the first that is there and well formed counts. */
export function hear(sources, document, said, now) {
    return new Listener(document, said, now).hear(sources);
}
const LONGEST = 1;
const SHORTEST = -1;
class Listener {
    document;
    said;
    now;
    unreadable = false;
    constructor(document, said, now) {
        this.document = document;
        this.said = said;
        this.now = now;
    }
    hear(sources) {
        const misread = new Set();
        for (const source of sources) {
            // As text, since tables write a place anew for each source.
            const place = isTiming(source) ? JSON.stringify(source[0]) : undefined;
            const wait = this.ask(source);
            if (wait === null && place !== undefined)
                misread.add(place);
            else if (wait === null)
                this.unreadable = true;
            else if (wait !== undefined) {
                // What stands there was only written in another of the forms that are listed for it.
                if (place !== undefined)
                    misread.delete(place);
                return { wait: wait || undefined, unreadable: this.unreadable || misread.size > 0 };
            }
        }
        return { wait: undefined, unreadable: this.unreadable || misread.size > 0 };
    }
    ask(source) {
        if (typeof source === "number")
            return source;
        if ("of" in source)
            return this.compute(source);
        if ("longest" in source)
            return this.longest(source.longest);
        const text = this.text(source[0]);
        if (text === undefined)
            return undefined;
        const told = this.read(source, text, LONGEST);
        return told === undefined ? null : waitOf(msOf(told, this.now));
    }
    longest(sources) {
        const told = sources.map((source) => this.ask(source));
        this.unreadable ||= told.includes(null);
        const waits = told.filter((wait) => typeof wait === "number");
        return waits.length === 0 ? undefined : Math.max(...waits);
    }
    compute({ of, minus, per }) {
        const value = this.text(of[0]);
        const less = minus === undefined ? null : this.text(minus[0]);
        const rate = per === undefined ? null : this.text(per);
        if (value === undefined || less === undefined || rate === undefined)
            return undefined;
        const told = this.read(of, value, LONGEST);
        const ms = told && (minus === undefined ? msOf(told, this.now) : difference(told, this.read(minus, less, SHORTEST)));
        return waitOf(per === undefined ? ms : quotient(ms, rate));
    }
    /** Of the values of a header that was sent several times the one counts after which nobody comes back too early. */
    read([at, form], text, order) {
        if (text === null)
            return undefined;
        const told = readForm(form, text);
        if (told !== undefined || !isHeader(at))
            return told;
        const ms = (value) => order * msOf(value, this.now);
        return allTold(form, text)?.reduce((one, other) => (ms(other) > ms(one) ? other : one));
    }
    /** The text at a place, null where something else stands; undefined where nothing does. */
    text(at) {
        const slot = this.document.slot(at, this.said);
        return isPresent(slot) ? (scalarText(slot) ?? null) : undefined;
    }
}
function isTiming(source) {
    return Array.isArray(source);
}
function waitOf(ms) {
    return ms === undefined ? null : Math.max(ms, 0);
}
/** All that a header tells that was sent several times, as by a server and by the proxy before it; undefined where one of them is not well formed. */
function allTold(form, text) {
    const pieces = text.split(",");
    const all = [];
    let from = 0;
    const told = (length) => readForm(form, pieces.slice(from, from + length).join(",").replace(/^ /, ""));
    while (from < pieces.length) {
        let length = 1;
        // An HTTP-date has a comma within.
        const one = told(length) ?? told(++length);
        if (one === undefined)
            return undefined;
        all.push(one);
        from += length;
    }
    return all;
}
/** The milliseconds from one instant to another, or by which one delay is longer. */
function difference(of, minus) {
    if (minus === undefined)
        return undefined;
    if ("delay" in of)
        return "delay" in minus ? of.delay - minus.delay : undefined;
    return "instant" in minus ? of.instant - minus.instant : undefined;
}
/** What is past stays so, whatever the rate, if only it is one. */
function quotient(ms, rate) {
    if (ms === undefined || rate === null)
        return undefined;
    const divided = divide(Math.max(ms, 1), rate);
    return ms > 0 ? divided : divided && ms;
}
