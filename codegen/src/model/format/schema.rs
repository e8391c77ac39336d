//! The JSON Schema of a catalog, for editors.

use serde_json::{Map, Value, json};

use super::{CATALOG, Record, Shape};

/// The JSON Schema (2020-12) of a catalog, for editors.
pub fn schema() -> Value {
    let mut definitions = Map::new();
    let mut root = define(&CATALOG, &mut definitions);
    root.insert("$schema".into(), json!("https://json-schema.org/draft/2020-12/schema"));
    root.insert("title".into(), json!("errbook catalog"));
    root.sort_keys();
    definitions.sort_keys();
    root.insert("$defs".into(), Value::Object(definitions));
    Value::Object(root)
}

fn define(record: &'static Record, definitions: &mut Map<String, Value>) -> Map<String, Value> {
    let mut properties = Map::new();
    for key in record.keys {
        let mut schema = of_shape(&key.shape, definitions);
        schema.insert("description".into(), json!(key.about));
        properties.insert(key.name.into(), Value::Object(schema));
    }
    let required: Vec<_> = record.keys.iter().filter(|key| key.needed).map(|key| key.name).collect();
    let mut out = Map::new();
    out.insert("type".into(), json!("object"));
    out.insert("additionalProperties".into(), json!(false));
    out.insert("properties".into(), Value::Object(properties));
    if !required.is_empty() {
        out.insert("required".into(), json!(required));
    }
    out
}

fn of_shape(shape: &'static Shape, definitions: &mut Map<String, Value>) -> Map<String, Value> {
    let value = match shape {
        Shape::Text | Shape::Code => json!({ "type": ["string", "number", "boolean"] }),
        Shape::Word(words) => json!({ "enum": words }),
        Shape::Pattern(pattern) => json!({ "type": "string", "pattern": pattern }),
        Shape::Number(least) if *least == f64::MIN => json!({ "type": "number" }),
        Shape::Number(least) => json!({ "type": "number", "minimum": least }),
        Shape::Boolean => json!({ "type": "boolean" }),
        Shape::One => json!({ "const": 1 }),
        Shape::Record(record) => {
            if !definitions.contains_key(record.name) {
                definitions.insert(record.name.into(), Value::Null);
                let definition = define(record, definitions);
                definitions.insert(record.name.into(), Value::Object(definition));
            }
            json!({ "$ref": format!("#/$defs/{}", record.name) })
        }
        Shape::List(item) => json!({ "type": "array", "items": of_shape(item, definitions) }),
        Shape::OneOrList(item) => {
            let one = Value::Object(of_shape(item, definitions));
            json!({ "anyOf": [one, { "type": "array", "items": one, "minItems": 1 }] })
        }
        Shape::Map(value) => json!({ "type": "object", "additionalProperties": of_shape(value, definitions) }),
        Shape::Any(shapes) => {
            let shapes: Vec<_> = shapes.iter().map(|shape| of_shape(shape, definitions)).collect();
            json!({ "anyOf": shapes })
        }
    };
    match value {
        Value::Object(map) => map,
        _ => Map::new(),
    }
}
