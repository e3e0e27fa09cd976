//! Every address of the interface for programs: what it asks, what it answers. Pure. `/api`, `/api/v1/openapi.json` and
//! the test that calls each of them read this one table.

use serde_json::{Map, Value, json};

/// A value in a question or an answer.
pub struct Item {
    pub name: &'static str,
    /// A type of JSON; `?` behind it: or null.
    pub is: &'static str,
    pub zh: &'static str,
}

const fn item(name: &'static str, is: &'static str, zh: &'static str) -> Item {
    Item { name, is, zh }
}

pub struct Operation {
    pub method: &'static str,
    pub path: &'static str,
    pub zh: &'static str,
    /// What may stand in the query.
    pub query: &'static [Item],
    /// What the body of a request must have.
    pub sends: &'static [Item],
    /// Whether it wants a bearer token.
    pub token: bool,
    /// The status when all is well.
    pub status: u16,
    /// What every answer has; where it is a list, what each of its lines has.
    pub gives: &'static [Item],
    pub lists: bool,
    /// An address that answers, as long as anything is public.
    pub example: &'static str,
}

const GET: Operation = Operation {
    method: "get",
    path: "",
    zh: "",
    query: &[],
    sends: &[],
    token: false,
    status: 200,
    gives: &[],
    lists: false,
    example: "",
};

const PAPER: &[Item] = &[
    item("source", "string", "办公系统的代号"),
    item("number", "string", "文件在办公系统里的编号"),
    item("state", "string", "办到哪一步"),
    item("hash", "string", "交来的内容的 SHA-256"),
    item("received", "string", "收到的时间"),
    item("ended", "string?", "办公系统办结的时间"),
    item("published", "string?", "公开的时间"),
    item("path", "string?", "公开的地址"),
    item("desk", "string", "工作台里的地址"),
    item("reasons", "array", "没有公开的理由，每条有依据"),
];

const DUE: &[Item] = &[
    item("clause", "string", "条款"),
    item("from", "string", "起算的日子"),
    item("due", "string?", "截止的日子"),
    item("firm", "boolean", "确定了没有"),
    item("latest", "string?", "暂定时最迟到哪天"),
    item("unit", "string", "按什么计算"),
    item("amount", "integer", "多少"),
    item("cite", "string", "依据"),
    item("days", "array", "逐日"),
];

pub const OPERATIONS: &[Operation] = &[
    Operation { path: "/api/v1", zh: "各接口的地址", example: "/api/v1", ..GET },
    Operation {
        path: "/api/v1/openapi.json",
        zh: "接口说明（OpenAPI 3.1）",
        gives: &[item("openapi", "string", "规范的版本"), item("paths", "object", "各接口")],
        example: "/api/v1/openapi.json",
        ..GET
    },
    Operation {
        path: "/api/v1/records",
        zh: "公开信息列表，新的在前，按 next 翻页",
        query: &[
            item("place", "string", "栏目的路径，如 results/policies"),
            item("year", "integer", "公开的年份"),
            item("kind", "string", "信息种类"),
            item("q", "string", "标题里的词"),
            item("limit", "integer", "一次多少条"),
            item("before", "string", "从哪里接着列，用上一次的 next"),
        ],
        gives: &[
            item("place", "string", "栏目"),
            item("name", "string", "栏目的名称"),
            item("total", "integer", "符合条件的总数"),
            item("items", "array", "这一段"),
            item("next", "string?", "下一段的地址"),
        ],
        example: "/api/v1/records?limit=5",
        ..GET
    },
    Operation {
        path: "/api/v1/records/{org}/{number}",
        zh: "一件公开信息：要素、正文、附件、各版本",
        gives: &[
            item("index_no", "string", "索引号"),
            item("url", "string", "网址"),
            item("title", "string", "标题"),
            item("kind", "string", "信息种类"),
            item("kind_name", "string", "信息种类的名称"),
            item("number", "string", "文号"),
            item("issuer", "string", "发布机构"),
            item("validity", "string", "有效性"),
        ],
        ..GET
    },
    Operation {
        path: "/api/v1/kinds",
        zh: "信息种类和各自的要素（JSON Schema）",
        gives: &[item("kinds", "array", "各种类")],
        example: "/api/v1/kinds",
        ..GET
    },
    Operation {
        path: "/api/v1/search",
        zh: "检索",
        query: &[
            item("q", "string", "检索词，必填"),
            item("kind", "string", "信息种类"),
            item("year", "integer", "公开的年份"),
            item("section", "string", "责任科室"),
            item("validity", "string", "有效性"),
            item("mode", "string", "公开方式"),
            item("sort", "string", "排序"),
            item("page", "integer", "第几页"),
        ],
        gives: &[
            item("query", "string", "检索词"),
            item("exact", "boolean", "是不是每个词都找到了"),
            item("words", "array", "按哪些词找的"),
            item("meant", "string?", "您要找的可能是"),
            item("record", "string?", "按文号或者索引号直接找到的"),
            item("total", "integer", "总数"),
            item("items", "array", "这一页"),
            item("facets", "object", "各分面的件数"),
            item("next", "string?", "下一页的地址"),
        ],
        example: "/api/v1/search?q=%E9%80%9A%E7%9F%A5",
        ..GET
    },
    Operation {
        path: "/api/v1/due",
        zh: "推算期限，逐日说明",
        query: &[
            item("clause", "string", "条款，如 OGI-REPLY，必填"),
            item("from", "string", "起算的日子，如 2026-11-23"),
            item("time", "string", "收到的时刻"),
            item("channel", "string", "怎样收到的"),
        ],
        gives: DUE,
        example: "/api/v1/due?clause=OGI-REPLY&from=2026-11-23",
        ..GET
    },
    Operation {
        path: "/api/v1/calendar/{year}",
        zh: "一年的工作日历，逐日",
        gives: &[item("date", "string", "日期"), item("working", "boolean", "上不上班")],
        lists: true,
        example: "/api/v1/calendar/2026",
        ..GET
    },
    Operation {
        path: "/api/v1/me",
        zh: "这个令牌是谁的，能做什么",
        token: true,
        gives: &[item("name", "string", "姓名"), item("section", "string", "科室"), item("may", "array", "能做什么")],
        example: "/api/v1/me",
        ..GET
    },
    Operation {
        method: "post",
        path: "/api/v1/drafts",
        zh: "新建草稿。要带 Idempotency-Key；审查和公开仍由人办理",
        token: true,
        status: 201,
        sends: &[item("kind", "string", "信息种类"), item("text", "string", "正文")],
        gives: &[item("record", "string", "公开件"), item("desk", "string", "工作台里的地址")],
        ..GET
    },
    Operation {
        path: "/api/v1/handover",
        zh: "交接中还没有办妥的文件",
        token: true,
        gives: &[item("unsettled", "array", "各件")],
        example: "/api/v1/handover",
        ..GET
    },
    Operation {
        method: "post",
        path: "/api/v1/handover",
        zh: "办公系统交来一份文件。要带 Idempotency-Key",
        token: true,
        status: 201,
        sends: &[
            item("source", "string", "办公系统的代号"),
            item("number", "string", "文件在办公系统里的编号"),
            item("kind", "string", "信息种类"),
            item("author", "string", "起草人在办公系统里的账号"),
            item("text", "string", "正文"),
        ],
        gives: PAPER,
        ..GET
    },
    Operation {
        path: "/api/v1/handover/{source}/{number}",
        zh: "一份交来的文件办到哪里了",
        token: true,
        gives: PAPER,
        ..GET
    },
];

/// The whole as OpenAPI 3.1. `server` is the portal's address; empty where it has none.
pub fn document(body: &str, server: &str) -> Value {
    let mut paths = Map::new();
    for operation in OPERATIONS {
        let entry = paths.entry(operation.path).or_insert_with(|| json!({}));
        entry[operation.method] = described(operation);
    }
    json!({
        "openapi": "3.1.0",
        "jsonSchemaDialect": "https://json-schema.org/draft/2020-12/schema",
        "info": { "title": format!("{body}政务公开平台接口"), "version": "1" },
        "servers": [{ "url": if server.is_empty() { "/" } else { server } }],
        "paths": paths,
        "components": {
            "securitySchemes": { "token": { "type": "http", "scheme": "bearer" } },
            "schemas": { "Failure": failure() },
        },
    })
}

fn described(operation: &Operation) -> Value {
    let line = object(operation.gives);
    let schema = if operation.lists { json!({ "type": "array", "items": line }) } else { line };
    let fails = json!({
        "description": "没有办成，写明原因",
        "content": { "application/json": { "schema": { "$ref": "#/components/schemas/Failure" } } },
    });
    let mut out = json!({
        "summary": operation.zh,
        "parameters": parameters(operation),
        "responses": {
            operation.status.to_string(): {
                "description": "办成了",
                "content": { "application/json": { "schema": schema } },
            },
            "default": fails,
        },
    });
    if operation.token {
        out["security"] = json!([{ "token": [] }]);
    }
    if !operation.sends.is_empty() {
        let content = json!({ "application/json": { "schema": object(operation.sends) } });
        out["requestBody"] = json!({ "required": true, "content": content });
    }
    out
}

fn parameters(operation: &Operation) -> Vec<Value> {
    let holes = operation.path.split('/').filter_map(|part| part.strip_prefix('{')?.strip_suffix('}'));
    let hole = |name: &str| json!({ "name": name, "in": "path", "required": true, "schema": { "type": "string" } });
    let asked = |i: &Item| {
        let required = i.zh.ends_with("必填");
        json!({ "name": i.name, "in": "query", "required": required, "description": i.zh, "schema": { "type": i.is } })
    };
    let key = (operation.method == "post").then(|| {
        let schema = json!({ "type": "string", "minLength": 8, "maxLength": 200 });
        json!({ "name": "Idempotency-Key", "in": "header", "required": true, "schema": schema })
    });
    holes.map(hole).chain(operation.query.iter().map(asked)).chain(key).collect()
}

fn object(items: &[Item]) -> Value {
    let property = |i: &Item| (i.name.to_owned(), json!({ "type": types(i.is), "description": i.zh }));
    let properties: Map<String, Value> = items.iter().map(property).collect();
    let required: Vec<&str> = items.iter().map(|i| i.name).collect();
    json!({ "type": "object", "properties": properties, "required": required })
}

fn types(is: &str) -> Value {
    is.strip_suffix('?').map_or_else(|| json!(is), |is| json!([is, "null"]))
}

/// As [`crate::edge::json_failure`] answers.
fn failure() -> Value {
    object(&[
        item("status", "integer", "HTTP 状态码"),
        item("says", "string", "一句话的原因"),
        item("errors", "array", "逐条的原因，有代号、依据和所在的项"),
    ])
}
