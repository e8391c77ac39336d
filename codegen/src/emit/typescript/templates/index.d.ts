// {{ marker }}

import { ApiError as Base } from "./engine/index.js";
import type {
  ClonableResponse,
  Decimal,
  DetailsOf,
  FetchResponse,
  HeadersInput,
  JsonValue,
  NoDetails as None,
  ReadOptions,
  ResponseParts,
} from "./engine/index.js";

export { {{ values | join(", ") }} } from "./engine/index.js";
export type {
{% for name in types %}
  {{ name }},
{% endfor %}
} from "./engine/index.js";

/** The errors of the {{ title }} API, each with the values that come with it. */
export interface {{ prefix }}Errors {
{% for error in errors %}
{{ error.comment }}
  {{ error.key }}: {{ error.kind }};
{% if not loop.last %}

{% endif %}
{% endfor %}
}

/** The codes that {{ title }} documents; of an error without a code of its own, its name. */
export type {{ class }}Code = keyof {{ prefix }}Errors;
{% if causes %}

/** The causes of errors that have several, where a response tells which. */
export interface {{ prefix }}Causes {
{% for error in causes %}
{{ error.comment }}
  {{ error.key }}: {{ error.kind }};
{% if not loop.last %}

{% endif %}
{% endfor %}
}
{% endif %}
{% macro structure(of) %}

{{ of.comment }}
export type {{ of.name }} = {
{% for member in of.members %}
{{ member.comment }}
  readonly {{ member.key }}?: {{ member.kind }};
{% if not loop.last %}

{% endif %}
{% endfor %}
};
{% endmacro %}
{% for each in details %}
{{ structure(each) }}
{%- endfor %}
{% if fields %}
{{ structure(fields) }}
{%- endif %}

/**
 * An error response of the {{ title }} API.
 *
 * ```js
 * const response = await {{ class }}.check(await fetch(url, request)); // throws where it is an error
 * ```
 */
export declare class {{ class }}<Code extends {{ class }}Code | undefined = {{ class }}Code | undefined> extends Base<
  Code,
  DetailsOf<{{ prefix }}Errors, Code>,
  {{ fields.name if fields else "None" }},
{% if causes %}
  Code extends keyof {{ prefix }}Causes ? {{ prefix }}Causes[Code] | undefined : undefined
{% else %}
  undefined
{% endif %}
> {
  /** Every code that {{ title }} documents; of an error without a code of its own, its name. */
  static get codes(): readonly {{ class }}Code[];

  /** The header for idempotency keys that {{ title }} documents, undefined where it documents none. */
  static get idempotencyHeader(): {{ idempotency_header }};

  /**
   * Gives a response of fetch back whole, or throws the error that it is. The body of a success is looked at, in a copy, only where an
   * error can come with its status, and then up to the limit.
   */
  static check<R extends ClonableResponse>(response: R | PromiseLike<R>, options?: ReadOptions): Promise<R>;

  /**
   * Decodes a response of fetch that is an error. Its body is read up to the limit; where that fails, status, headers and what came
   * remain. Rejects only where the signal is aborted.
   */
  static fromResponse(response: FetchResponse, options?: ReadOptions): Promise<{{ class }}>;

  /** Decodes a response of any other client from its parts, and makes an error of its `toParts()` again. */
  static from(response: ResponseParts): {{ class }};

  /**
   * Decodes what is no HTTP response: an event of a stream, a task's status, the body of a webhook, as text, bytes or parsed JSON;
   * and the headers that a webhook came with, which can tell a code or an id. Undefined where it tells no error.
   */
  static fromEvent(event: string | Uint8Array | ArrayBuffer | object, headers?: HeadersInput): {{ class }} | undefined;

  constructor(response: ResponseParts);

  /** The other errors of the same response, where it has several: each with its own code, verdict and delay. */
  get otherErrors(): readonly {{ class }}[];

  /** This error by itself, as if it were the only one of its response: what it says of repeating is its own. */
  get alone(): {{ class }};

  /** Whether it is this error; `code` and `details` are then of its types. */
  is<Is extends {{ class }}Code>(code: Is): this is {{ class }}<Is>;
}
