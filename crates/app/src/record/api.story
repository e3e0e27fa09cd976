# A program with a bearer token is its holder's desk: it may draft, and nothing else.
AT 2026-11-23 09:00
AS 经办人
GET /desk/me -> 200
POST /desk/me/token token="" days=400 -> 422
  has 请给令牌起个名字
  has 有效天数填 1 到 365
POST /desk/me/token token=公文系统 days=30 -> 200
  has 只显示这一次
  saves token from page <p class="code">mt_{token}</p>

AS anyone
POST /api/v1/drafts header:Idempotency-Key=paper-0001 raw:application/json=<<END -> 401
{"kind":"notice","text":"正文"}
END
POST /api/v1/drafts header:Authorization="Bearer mt_{token}" raw:application/json=<<END -> 400
{"kind":"notice","text":"正文"}
END
  has Idempotency-Key
POST /api/v1/drafts header:Authorization="Bearer mt_{token}" header:Idempotency-Key=paper-0001 raw:application/json=<<END -> 201
{"kind":"notice","text":"程序送来的正文","fields":{"title":"程序送来的通知","column":"results/policies"}}
END
  saves id from location /desk/record/{id}
POST /api/v1/drafts header:Authorization="Bearer mt_{token}" header:Idempotency-Key=paper-0001 raw:application/json=<<END -> 201
{"kind":"notice","text":"程序送来的正文","fields":{"title":"程序送来的通知","column":"results/policies"}}
END
  location /desk/record/{id}
POST /api/v1/drafts header:Authorization="Bearer mt_{token}" header:Idempotency-Key=paper-0002 raw:application/json=<<END -> 422
{"kind":"notice","text":"机密★20年\n\n正文"}
END
  has secret-mark
POST /api/v1/drafts header:Authorization="Bearer mt_{token}" header:Idempotency-Key=paper-0003 raw:application/json=<<END -> 422
{"kind":"notice","text":"正文","fields":{"publish":"now"}}
END
  has field-unknown

POST /api/v1/drafts header:Authorization="Bearer mt_{token}" header:Idempotency-Key=paper-0005 raw:application/json="{broken" -> 400
  has 不是约定的 JSON

# A token is no session: the desk does not know it, and reviewing has no address for programs.
GET /desk/record header:Cookie="mingtang={token}" -> 303
GET /api/v1/records -> 200
  lacks 程序送来
AS 经办人
GET /desk/record/{id} -> 200
  field title=程序送来的通知
# Ended like a session, it is refused at once.
GET /desk/me -> 200
  has 令牌：公文系统
  saves key from page name="session" value="{key}"
POST /desk/me/end session={key} -> 303
AS anyone
POST /api/v1/drafts header:Authorization="Bearer mt_{token}" header:Idempotency-Key=paper-0004 raw:application/json=<<END -> 401
{"kind":"notice","text":"正文"}
END
