/** The delay that a response tells. */
import { isPresent, scalarText } from "./document.js";
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
        let wait;
        sources.find((source) => (wait = this.ask(source)) !== undefined);
        return { wait: wait || undefined, unreadable: this.unreadable };
    }
    /** The wait that a source tells in milliseconds, 0 where it is past; undefined where it is absent or not well formed. */
    ask(source) {
        if (typeof source === "number")
            return source;
        if ("of" in source)
            return this.compute(source);
        if ("longest" in source) {
            const waits = source.longest.flatMap((one) => this.ask(one) ?? []);
            return waits.length === 0 ? undefined : Math.max(...waits);
        }
        const text = this.text(source[0]);
        if (text === undefined)
            return undefined;
        const told = read(source, text);
        return this.heard(told && msOf(told, this.now));
    }
    compute({ of, minus, per }) {
        const value = this.text(of[0]);
        const less = minus === undefined ? null : this.text(minus[0]);
        const rate = per === undefined ? null : this.text(per);
        if (value === undefined || less === undefined || rate === undefined)
            return undefined;
        const told = read(of, value);
        const ms = told && (minus === undefined ? msOf(told, this.now) : difference(told, read(minus, less)));
        return this.heard(per === undefined ? ms : quotient(ms, rate));
    }
    /** The text at a place, null where something else stands; undefined where nothing does. */
    text(at) {
        const slot = this.document.slot(at, this.said);
        return isPresent(slot) ? (scalarText(slot) ?? null) : undefined;
    }
    /** A wait, or that there was none to be read. */
    heard(ms) {
        this.unreadable ||= ms === undefined;
        return ms === undefined ? undefined : Math.max(ms, 0);
    }
}
function read([, form], text) {
    return text === null ? undefined : readForm(form, text);
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
