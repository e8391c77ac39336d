// {{ marker }}

import { registerTexts } from "./engine/index.js";
import { api } from "./tables.js";

registerTexts(api, {
  // when, fix
  errors: [
{% for texts in errors %}
    {{ texts }},
{% endfor %}
  ],
{% if causes %}
  causes: {
{% for each in causes %}
    {{ each[0] }}: [
{% for texts in each[1] %}
      {{ texts }},
{% endfor %}
    ],
{% endfor %}
  },
{% else %}
  causes: {},
{% endif %}
  statuses: [
{% for text in statuses %}
    {{ text }},
{% endfor %}
  ],
  retries: [
{% for text in retries %}
    {{ text }},
{% endfor %}
  ],
  repeats: [
{% for text in repeats %}
    {{ text }},
{% endfor %}
  ],
});
