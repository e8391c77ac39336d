/** A response, or one of several errors in it, as something to look values up in. */
import { collect } from "./collect.js";
import { isBlank, MAX_PATHS, scan } from "./json.js";
import { stringText } from "./json-string.js";
import { isInteger, skipBom } from "./scanner.js";
/** Headers and body of a response, or one of several errors in it. What was looked for once is known. */
export class Document {
    headers;
    json;
    response;
    /** By the keys of the path, which tables write anew for each place. */
    found = new Map();
    isJson;
    blank;
    whole;
    /** Parts of what the body as a whole tells, and answers about it, for all errors that ask. */
    cuts = new Map();
    answers = new Map();
    constructor(headers, json, 
    /** The response, for one of several errors in it. */
    response) {
        this.headers = headers;
        this.json = json;
        this.response = response;
    }
    /** One of several errors: the one that this JSON of the body tells. */
    within(json) {
        return json === undefined ? this : new Document(this.headers, json, this);
    }
    get isBlank() {
        return (this.blank ??= isBlank(this.json));
    }
    /** The answer to a question about the body as a whole: asked once, however many errors ask. */
    once(question, ask) {
        const response = this.response ?? this;
        let answer = response.answers.get(question);
        if (answer === undefined)
            response.answers.set(question, (answer = ask(response)));
        return answer;
    }
    /** What `keep` makes of the values where several errors can stand; undefined where the body is no JSON. */
    several(at, keep) {
        return collect(this.json, at, keep);
    }
    /** Looks for these places in one pass over the body, and tells whether it should have been JSON for them and is not. */
    read(places) {
        const paths = places.map(pathOf).filter((path) => path !== undefined);
        this.find(paths);
        return paths.length > 0 && this.isJson === false && !this.isBlank;
    }
    /** What stands at one place; `said` is where the error has its code and message. */
    slot(place, said) {
        if (isPath(place))
            return this.at(place);
        if (place === "message")
            return said?.message;
        if (place === "path")
            return asSlot(said?.path);
        if (place === "code")
            return asSlot(said && codeText(said.code));
        if (place === "body")
            return (this.response ?? this).text();
        if (typeof place === "string")
            return asSlot(headerOf(this.headers, place.slice("header:".length)));
        if ("whole" in place)
            return (this.response ?? this).at(place.whole);
        if (!isOfWhole(place))
            return this.cut(place, said);
        const response = this.response ?? this;
        if (!response.cuts.has(place))
            response.cuts.set(place, response.cut(place));
        return response.cuts.get(place);
    }
    cut(place, said) {
        const text = scalarText(this.slot(place.of, said));
        return asSlot(text === undefined ? undefined : cut(place, text));
    }
    text() {
        return this.isBlank ? undefined : (this.whole ??= { text: trimBody(this.json) });
    }
    at(path) {
        const key = keyOf(path);
        if (!this.found.has(key))
            this.find([path]);
        return this.found.get(key);
    }
    /** Looks for what was not looked for yet, as many paths in one pass over the body as it can hold. */
    find(wanted) {
        const unknown = new Map();
        for (const path of wanted) {
            const key = keyOf(path);
            if (!this.found.has(key))
                unknown.set(key, path);
        }
        const paths = [...unknown];
        for (let start = 0; start < paths.length; start += MAX_PATHS) {
            const some = paths.slice(start, start + MAX_PATHS);
            const raws = this.isJson === false ? undefined : scan(this.json, some.map(([, path]) => path));
            this.isJson = raws !== undefined;
            some.forEach(([key], i) => {
                const json = raws?.[i];
                this.found.set(key, json === undefined ? undefined : { json });
            });
        }
    }
}
/** The value of a header. The fetch of Node leaves white space behind it, which is no part of it (RFC 9110, section 5.5). */
function headerOf(headers, name) {
    const value = headers.get(name) ?? undefined;
    if (value === undefined)
        return undefined;
    let end = value.length;
    while (end > 0 && (value[end - 1] === " " || value[end - 1] === "\t"))
        end--;
    return value.slice(0, end);
}
/** The values in the text of a header that was sent several times, as by a server and by the proxy before it. */
export function eachValue(text) {
    return text.split(",").map((value) => (value.startsWith(" ") ? value.slice(1) : value));
}
/** Whether a place is a header. */
export function isHeader(place) {
    return typeof place === "string" && place.startsWith("header:");
}
const keys = new WeakMap();
/** The keys of a path as one text, in which `["a/b"]` and `["a", "b"]` differ. */
function keyOf(path) {
    let key = keys.get(path);
    if (key === undefined) {
        key = JSON.stringify(path);
        keys.set(path, key);
    }
    return key;
}
/** The path that a place needs the JSON of the error to be read for. */
export function pathOf(place) {
    if (isPath(place))
        return place;
    return typeof place === "object" && "of" in place ? pathOf(place.of) : undefined;
}
/** Whether what stands at a place is told by the body as a whole, so that it is the same for each of several errors in it. */
export function isOfWhole(place) {
    if (place === "body")
        return true;
    return typeof place === "object" && !isPath(place) && ("whole" in place || isOfWhole(place.of));
}
/** Whether a place is in the JSON of the error. */
export function isPath(place) {
    return Array.isArray(place);
}
function asSlot(text) {
    return text === undefined ? undefined : { text };
}
/** The part of a text, or what stands in the JSON that it is. */
function cut({ after, before, json }, text) {
    const part = partOf(text, after, before);
    if (json === undefined || part === undefined)
        return part;
    const raw = scan(part, [json])?.[0];
    return raw === undefined ? undefined : scalarText({ json: raw });
}
function partOf(text, after = "", before = "") {
    const found = text.indexOf(after);
    if (found < 0)
        return undefined;
    const start = found + after.length;
    const end = before === "" ? -1 : text.indexOf(before, start);
    const part = trim(text, start, end < 0 ? text.length : end);
    return part === "" ? undefined : part;
}
/** The body without byte order mark and without white space around it. */
function trimBody(body) {
    return trim(body, skipBom(body), body.length);
}
/** `text` from `start` to `end` without white space around it. */
function trim(text, start, end) {
    const isBlank = (at) => " \t\n\r".includes(text.charAt(at));
    while (start < end && isBlank(start))
        start++;
    while (end > start && isBlank(end - 1))
        end--;
    return text.slice(start, end);
}
/** Whether there is a value that is not null. */
export function isPresent(slot) {
    return slot !== undefined && !("json" in slot && slot.json.startsWith("n"));
}
/** The text at a slot: of a string what it says, of other JSON what is written. */
export function textOf(slot) {
    if (slot === undefined)
        return undefined;
    if ("text" in slot)
        return slot.text;
    return isText(slot) ? stringText(slot.json) : slot.json;
}
/** The text of a string, or the text that a number or boolean is written as. */
export function scalarText(slot) {
    return slot !== undefined && "json" in slot && "{[n".includes(slot.json.charAt(0)) ? undefined : textOf(slot);
}
/** The parts of a code as sent. */
export function codeParts(code) {
    const parts = code.map(textOf);
    const end = parts.indexOf(undefined);
    return (end < 0 ? parts : parts.slice(0, end));
}
/** A code as sent, its parts joined by `/`. */
export function codeText(code) {
    return textOf(code[0]) === undefined ? undefined : codeParts(code).join("/");
}
/** Whether it is text. */
export function isText(slot) {
    return slot !== undefined && ("text" in slot || slot.json.startsWith('"'));
}
/** Whether it is text or a whole number. */
export function isTextOrInteger(slot) {
    return isText(slot) || (slot !== undefined && "json" in slot && isInteger(slot.json));
}
