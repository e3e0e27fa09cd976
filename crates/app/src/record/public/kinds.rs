//! `GET /api/v1/kinds`: the record kinds and their fields, as JSON Schema. From the same tables as the forms.

use crate::record::field::{Audience, Field, Is, Need, OUTCOMES, Words, YES_NO};
use crate::record::kind::{KINDS, Kind};
use axum::Json;
use serde_json::{Map, Value, json};

pub async fn kinds() -> Json<Value> {
    Json(json!({ "kinds": KINDS.iter().map(kind).collect::<Vec<_>>() }))
}

fn kind(kind: &Kind) -> Value {
    let steps: Vec<&str> = kind.route.iter().map(|step| step.zh()).collect();
    let always = kind.fields.iter().filter(|f| f.need == Need::Always).map(|f| f.name);
    let properties: Map<String, Value> = kind.fields.iter().map(|f| (f.name.to_owned(), property(f))).collect();
    json!({
        "name": kind.name,
        "title": kind.zh,
        "description": kind.hint,
        "review": steps,
        "fields": {
            "type": "object",
            "properties": properties,
            "required": always.collect::<Vec<_>>(),
        },
    })
}

/// As a value is kept and published. `x-` keys are ours: who may see it, by which article, and where it is needed.
fn property(field: &Field) -> Value {
    let mut out = match field.is {
        Is::Text(most) | Is::Lines(most) => json!({ "type": "string", "maxLength": most }),
        Is::Choice(words) => choice(words),
        Is::YesNo => choice(YES_NO),
        Is::Day => json!({ "type": "string", "format": "date" }),
        Is::Money => json!({ "type": "string", "pattern": "^[0-9]+$", "x-unit": "分" }),
        Is::Number(unit) => json!({ "type": "string", "pattern": "^[0-9]{1,9}$", "x-unit": unit }),
        Is::Person => json!({ "type": "string", "maxLength": 30 }),
        Is::Web => json!({ "type": "string", "format": "uri" }),
        Is::Reference => json!({ "type": "string", "x-separator": "、" }),
        Is::Outcomes => json!({ "type": "string", "x-outcomes": choice(OUTCOMES) }),
    };
    let mut put = |name: &str, value: Value| out.as_object_mut().map(|o| o.insert(name.into(), value));
    put("title", field.zh.into());
    put("description", field.hint.into());
    put("x-audience", if field.audience == Audience::Public { "public" } else { "staff" }.into());
    if !field.cite.is_empty() {
        put("x-basis", field.cite.into());
    }
    if let Need::Where(other, words) = field.need {
        put("x-required-where", json!({ other: words }));
    }
    out
}

fn choice(words: Words) -> Value {
    let one = |(word, zh): &(&str, &str)| json!({ "const": word, "title": zh });
    json!({ "type": "string", "oneOf": words.iter().map(one).collect::<Vec<_>>() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_kind_is_described_from_its_table() {
        let all = json!(KINDS.iter().map(kind).collect::<Vec<_>>());
        let purchase = all.as_array().and_then(|a| a.iter().find(|k| k["name"] == "procurement")).expect("there");
        let fields = &purchase["fields"];
        assert!(fields["required"].as_array().expect("a list").contains(&json!("medium-address")));
        assert_eq!(fields["properties"]["award"]["x-unit"], "分");
        assert_eq!(fields["properties"]["award"]["x-required-where"]["stage"], json!(["result", "contract"]));
        assert_eq!(fields["properties"]["stage"]["oneOf"][0]["const"], "intent");
        assert_eq!(fields["properties"]["purchase-file"]["x-audience"], "staff");
        assert_eq!(all.as_array().map(Vec::len), Some(KINDS.len()));
    }
}
