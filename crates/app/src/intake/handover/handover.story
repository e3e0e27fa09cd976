# A paper ends in the office system and is public by itself, through our gate; or both sides see why not.
AT 2026-11-20 09:00
AS 经办人
GET /desk/me -> 200
POST /desk/me/token token=办公系统 days=300 -> 200
  saves token from page <p class="code">mt_{token}</p>
GET /desk/office -> 403

AS 系统管理员
GET /desk/office -> 200
POST /desk/office code=OA name="" login=baomi -> 422
  has 代号用小写字母
  has 有起草岗位的账号
POST /desk/office code=oa name=办公系统 login=jingban -> 303
GET /desk/office -> 200
  saves system from page <option value="{system}">
POST /desk/office/user system={system} user=u1 staff=jingban2 -> 303
POST /desk/office/user system={system} user=u2 staff=baomi -> 303
POST /desk/office/user system={system} user=u2 staff=baomi2 -> 422
  has 已经对应到人
POST /desk/office/user system={system} user=u3 staff=nobody -> 422
  field user=u3

# Somebody whom we do not know, a mark of secrecy, a token of another account: nothing is kept.
AS anyone
POST /api/v1/handover header:Authorization="Bearer mt_{token}" header:Idempotency-Key=handover-00 \
  raw:application/json=<<END -> 422
{"source":"oa","number":"2026-1","kind":"notice","author":"u9","text":"正文","fields":{"title":"通知"}}
END
  has author-unknown
POST /api/v1/handover header:Authorization="Bearer mt_{token}" header:Idempotency-Key=handover-00 \
  raw:application/json=<<END -> 422
{"source":"oa","number":"2026-1","kind":"notice","author":"u1","text":"机密★20年\n\n正文","fields":{"title":"通知"}}
END
  has secret-mark
POST /api/v1/handover header:Authorization="Bearer mt_{token}" raw:application/json={} -> 400
GET /api/v1/handover/oa/2026-1 header:Authorization="Bearer mt_{token}" -> 404

# Under way over there: a draft of its author here. The same paper twice is the same paper.
POST /api/v1/handover header:Authorization="Bearer mt_{token}" header:Idempotency-Key=handover-01 \
  raw:application/json=<<END -> 201
{"source":"oa","number":"2026-1","kind":"notice","author":"u1","text":"# 一、安排\n\n资金安排 300 万元。",
"fields":{"title":"关于渔业专项资金安排的公示","column":"results/special-funds","openness":"open","ground":"O20-1"},
"files":[{"name":"明细.txt","base64":"546U6aG5IDMwMCDkuIflhYM="}]}
END
  has "state":"kept"
  has not-ended
  saves hash from page "hash":"{hash}"
  saves paper from page "desk":"/desk/handover/{paper}"
POST /api/v1/handover header:Authorization="Bearer mt_{token}" header:Idempotency-Key=handover-02 \
  raw:application/json=<<END -> 200
{"source":"oa","number":"2026-1","kind":"notice","author":"u1","text":"# 一、安排\n\n资金安排 300 万元。",
"fields":{"title":"关于渔业专项资金安排的公示","column":"results/special-funds","openness":"open","ground":"O20-1"},
"files":[{"name":"明细.txt","base64":"546U6aG5IDMwMCDkuIflhYM="}]}
END
  has {hash}
  has {paper}
POST /api/v1/handover header:Authorization="Bearer mt_{token}" header:Idempotency-Key=handover-01 \
  raw:application/json=<<END -> 422
{"source":"oa","number":"2026-7","kind":"notice","author":"u1","text":"另一份","fields":{"title":"另一份"}}
END
  has key-used
GET /api/v1/handover/oa/2026-7 header:Authorization="Bearer mt_{token}" -> 404
AS 经办人
GET /desk/handover -> 200
  has 关于渔业专项资金安排的公示
  has 没有办结

# It ends, reviewed over there by somebody who has not agreed here: refused visibly on both sides.
AT 2026-11-20 17:00
AS anyone
POST /api/v1/handover header:Authorization="Bearer mt_{token}" header:Idempotency-Key=handover-03 \
  raw:application/json=<<END -> 200
{"source":"oa","number":"2026-1","kind":"notice","author":"u1","text":"# 一、安排\n\n资金安排 300 万元。",
"fields":{"title":"关于渔业专项资金安排的公示","column":"results/special-funds","openness":"open","ground":"O20-1"},
"files":[{"name":"明细.txt","base64":"546U6aG5IDMwMCDkuIflhYM="}],"ended":"2026-11-20 16:30",
"reviews":[{"step":"secrecy","by":"u2","at":"2026-11-20 16:00","verdict":"pass","hash":"{hash}",
"answers":{"secret":"no","safety":"no","trade":"no","privacy":"no","internal":"no","sum":"no"}}]}
END
JOBS
GET /api/v1/handover/oa/2026-1 header:Authorization="Bearer mt_{token}" -> 200
  has "state":"held"
  has not-agreed
GET /api/v1/handover header:Authorization="Bearer mt_{token}" -> 200
  has 2026-1
AS 经办人
GET /desk -> 200
  has 没有在这里同意
GET /desk/handover/{paper} -> 200
  has 没有在这里同意
AS anyone
GET /api/v1/records -> 200
  lacks 渔业专项资金

# The reviewer agrees, with the password a while after signing in; the office system asks again, and the paper is public by itself.
AS 保密审查员
GET /desk/me/office -> 200
  saves user from page name="account" value="{user}"
AT 2026-11-20 17:20
POST /desk/me/office/agree account={user} password=猜一个密码 -> 422
  has 密码或动态码不对
POST /desk/me/office/agree account={user} password="湘江边的水产站 2017" -> 303
AS anyone
POST /api/v1/handover header:Authorization="Bearer mt_{token}" header:Idempotency-Key=handover-04 \
  raw:application/json=<<END -> 200
{"source":"oa","number":"2026-1","kind":"notice","author":"u1","text":"# 一、安排\n\n资金安排 300 万元。",
"fields":{"title":"关于渔业专项资金安排的公示","column":"results/special-funds","openness":"open","ground":"O20-1"},
"files":[{"name":"明细.txt","base64":"546U6aG5IDMwMCDkuIflhYM="}],"ended":"2026-11-20 16:30"}
END
JOBS
GET /api/v1/handover/oa/2026-1 header:Authorization="Bearer mt_{token}" -> 200
  has "state":"published"
  has "ended":"2026-11-20T16:30:00+08:00"
  has "published":"2026-11-20T17:20:00+08:00"
GET /records/4302SHILI/2026-00001 -> 200
  has 资金安排 300 万元
  has 明细.txt
AS 保密审查员
GET /desk/me/office -> 200
  has 以我的名义算数的审查
  has 办公系统

# One digit changed after publication: a proposal for a new revision, not a second record; the review was of the other.
AS anyone
POST /api/v1/handover header:Authorization="Bearer mt_{token}" header:Idempotency-Key=handover-05 \
  raw:application/json=<<END -> 200
{"source":"oa","number":"2026-1","kind":"notice","author":"u1","text":"# 一、安排\n\n资金安排 301 万元。",
"fields":{"title":"关于渔业专项资金安排的公示","column":"results/special-funds","openness":"open","ground":"O20-1"},
"files":[{"name":"明细.txt","base64":"546U6aG5IDMwMCDkuIflhYM="}],"ended":"2026-11-20 16:45",
"reviews":[{"step":"secrecy","by":"u2","at":"2026-11-20 16:00","verdict":"pass","hash":"{hash}",
"answers":{"secret":"no","safety":"no","trade":"no","privacy":"no","internal":"no","sum":"no"}}]}
END
JOBS
GET /api/v1/handover/oa/2026-1 header:Authorization="Bearer mt_{token}" -> 200
  has "state":"held"
  has reviewed-another-text
GET /records/4302SHILI/2026-00001 -> 200
  has 资金安排 300 万元
  lacks 301
GET /records/4302SHILI/2026-00002 -> 404
# Now it is in review here: yet another text waits for a person, and is told so.
POST /api/v1/handover header:Authorization="Bearer mt_{token}" header:Idempotency-Key=handover-06 \
  raw:application/json=<<END -> 409
{"source":"oa","number":"2026-1","kind":"notice","author":"u1","text":"# 一、安排\n\n资金安排 302 万元。",
"fields":{"title":"关于渔业专项资金安排的公示","column":"results/special-funds","openness":"open","ground":"O20-1"}}
END
  has "state":"conflict"
AS 另一位经办人
GET /desk -> 200
  has 内容不一致
GET /desk/handover/{paper} -> 200
  has 资金安排 302 万元
  saves arrival from page name="arrival" value="{arrival}"
POST /desk/handover/{paper}/decline arrival={arrival} reason="" -> 422
  has 不采用要写一句理由
POST /desk/handover/{paper}/decline arrival={arrival} reason=以上次为准 -> 303
POST /desk/handover/{paper}/decline arrival={arrival} reason=再来一次 -> 409
AS 保密审查员
POST /desk/me/office/{user}/take-back -> 303
