/** The words that all APIs share. */
/**
 * What a program does about an error.
 *
 * - `fix_request`: change the request, its input is what is wrong
 * - `authenticate`: send other or fresh credentials
 * - `request_access`: ask somebody for access
 * - `upgrade_plan`: change to a plan that includes this
 * - `add_credit`: buy or restore credit
 * - `wait`: wait until a limit allows it again
 * - `retry`: send the same request again
 * - `check_outcome`: find out whether the request took effect before anything else
 * - `contact_support`: ask the provider
 */
export type Action = "fix_request" | "authenticate" | "request_access" | "upgrade_plan" | "add_credit" | "wait" | "retry" | "check_outcome" | "contact_support";
/**
 * How much of a response was understood.
 *
 * - `known`: a listed error
 * - `unknown_code`: a code that the catalog does not list; `rawCode` has it as sent
 * - `no_code`: only the status is known
 * - `malformed`: the body is not what the API sends, such as the HTML of a proxy or cut JSON
 * - `not_error`: not an error
 */
export type Outcome = "known" | "unknown_code" | "no_code" | "malformed" | "not_error";
/**
 * Whether a request may be repeated.
 *
 * - `never`: the same request cannot succeed; change it, or give up
 * - `retry`: it may be repeated unchanged
 * - `conditional`: the same request can succeed once something outside it has happened
 * - `unknown`: no source says
 */
export type Verdict = "never" | "retry" | "conditional" | "unknown";
/** A coarse kind of error, the same for all APIs, for code that treats many of them alike. */
export type Category = "invalid_request" | "authentication" | "permission" | "billing" | "not_found" | "conflict" | "rate_limit" | "timeout" | "outcome_unknown" | "server" | "unknown";
/** The category of an error with this action and status. */
export declare function categoryOf(action: Action | undefined, status: number | undefined): Category;
