// {{ marker }}

// The indices of tables, by name.
const NONE = -1;
{% for table in constants %}

{% for constant in table %}
const {{ constant[0] }} = {{ constant[1] }};
{% endfor %}
{% endfor %}

/** @type {import("./engine/index.js").Api} */
export const api = {
  id: {{ id }},
  title: {{ title }},
  shapes: [
{% for shape in shapes %}
    {
{% for member in shape %}
      {{ member }},
{% endfor %}
    },
{% endfor %}
  ],
{% for table in tables %}
{% if table[0] == "rows" %}
  // code, statuses, group, action, retry, more
{% endif %}
{% if table[1] %}
  {{ table[0] }}: [
{% for entry in table[1] %}
    {{ entry }},
{% endfor %}
  ],
{% else %}
  {{ table[0] }}: [],
{% endif %}
{% endfor %}
{% for member in rest %}
  {{ member }},
{% endfor %}
};
