/** What the catalog says of an error, by what it was decoded to. */
import type { Decoded } from "./decode.js";
import { type Api, type Cause, type More, type Retry, type Status, type Statuses } from "./table.js";
import type { RepeatRule, StatusRange } from "./table.js";
/** What only some rows have, of this one. */
export declare function moreOf(api: Api, row: number | undefined): More | undefined;
/** What a row says of its statuses. */
export declare function statusesOf(api: Api, row: number | undefined): Statuses;
/** The first of the statuses that an error is documented with. */
export declare function documentedStatus(api: Api, { row }: Decoded): StatusRange | undefined;
/** The cause that it tells. */
export declare function causeOf(api: Api, { row, cause }: Decoded): Cause | undefined;
/**
 * What the catalog says of its status alone: the entry of the status, else of its class. Where there was no status, the first
 * that the error is documented with counts.
 */
export declare function statusOf(api: Api, decoded: Decoded): Status | undefined;
/** The index of the retry rule of the cause, the error or the status. */
export declare function ruleIndex(api: Api, decoded: Decoded): number;
/** What a repeat does after the cause, the error or the status, else after anything of the API. */
export declare function repeatOf(api: Api, decoded: Decoded): RepeatRule | undefined;
/** That rule. */
export declare function ruleOf(api: Api, decoded: Decoded): Retry | undefined;
