// {{ marker }}

import { ApiError as Base, codesOf, errorOf, eventOf, readResponse } from "./engine/index.js";
import { api } from "./tables.js";

export { {{ values | join(", ") }} } from "./engine/index.js";

export class {{ class }} extends Base {
  static get codes() {
    return codesOf(api);
  }

  static get idempotencyHeader() {
    return {{ idempotency_header }};
  }

  static async check(response, options) {
    const came = await response;
    const error = await errorOf(api, came, options);
    if (error) throw new {{ class }}(error);
    return came;
  }

  static async fromResponse(response, options) {
    return new {{ class }}(await readResponse(response, options));
  }

  static from(response) {
    return new {{ class }}(response);
  }

  static fromEvent(event, headers) {
    const error = eventOf(api, event, headers);
    return error && new {{ class }}(error);
  }

  constructor(response) {
    super(api, response);
  }

  get name() {
    return "{{ class }}";
  }
}
