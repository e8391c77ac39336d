/** The mark of the errors of all packages, apart from their class: whoever only asks for it need not carry that. */
import type { AnyApiError } from "./api-error.js";
export declare const BRAND: unique symbol;
/**
 * Whether `value` is an error of some API that errbook knows. Unlike `instanceof ApiError` it also knows those of other
 * packages, each of which brings its own class.
 */
export declare function isApiError(value: unknown): value is AnyApiError;
