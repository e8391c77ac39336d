// {{ marker }}

import { ApiError as Base, codesOf, eventOf, readResponse } from "./engine/index.js";
import { api } from "./tables.js";

export { {{ values | join(", ") }} } from "./engine/index.js";

export class {{ class }} extends Base {
  static get codes() {
    return codesOf(api);
  }

  static async fromResponse(response) {
    return new {{ class }}(await readResponse(response));
  }

  static from(response) {
    return new {{ class }}(response);
  }

  static fromEvent(event) {
    const error = eventOf(api, event);
    return error && new {{ class }}(error);
  }

  constructor(response) {
    super(api, response);
  }

  get name() {
    return "{{ class }}";
  }
}
