/** The texts of an API's errors, apart from its tables: a program that shows none need not carry them. */
const registered = new WeakMap();
/** Makes the texts of an API known. Generated packages call it when their `/texts` is imported. */
export function registerTexts(api, texts) {
    registered.set(api, texts);
}
/** The texts of an API, once they are registered. */
export function textsOf(api) {
    return registered.get(api);
}
