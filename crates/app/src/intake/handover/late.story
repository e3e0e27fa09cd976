# The other system was down for a day; a paper without a mark; a paper that ended before anybody reviewed it.
AT 2026-11-20 09:00
AS 经办人
GET /desk/me -> 200
POST /desk/me/token token=办公系统 days=300 -> 200
  saves token from page <p class="code">mt_{token}</p>
AS 系统管理员
GET /desk/office -> 200
POST /desk/office code=oa name=办公系统 login=jingban -> 303
GET /desk/office -> 200
  saves system from page <option value="{system}">
POST /desk/office/user system={system} user=u1 staff=jingban2 -> 303

# Unmarked: never open by default.
AS anyone
POST /api/v1/handover header:Authorization="Bearer mt_{token}" header:Idempotency-Key=handover-11 \
  raw:application/json=<<END -> 201
{"source":"oa","number":"11","kind":"notice","author":"u1","text":"没有标明公开属性的正文。","ended":"2026-11-20 08:00",
"fields":{"title":"没有标明的通知","column":"results/policies","ground":"O20-1"}}
END
JOBS
GET /api/v1/handover/oa/11 header:Authorization="Bearer mt_{token}" -> 200
  has "state":"held"
  has unmarked

# It ended on the 20th and reaches us on the 23rd, reviewed by nobody: both dates are kept, and it waits for a review.
AT 2026-11-23 10:00
POST /api/v1/handover header:Authorization="Bearer mt_{token}" header:Idempotency-Key=handover-12 \
  raw:application/json=<<END -> 201
{"source":"oa","number":"12","kind":"notice","author":"u1","text":"迟到一天的正文。","ended":"2026-11-20 16:30",
"fields":{"title":"迟到的通知","column":"results/policies","openness":"open","ground":"O20-1"}}
END
  saves paper from page "desk":"/desk/handover/{paper}"
JOBS
GET /api/v1/handover/oa/12 header:Authorization="Bearer mt_{token}" -> 200
  has "received":"2026-11-23T10:00:00+08:00"
  has "ended":"2026-11-20T16:30:00+08:00"
  has not-reviewed
AS 另一位经办人
GET /desk -> 200
  has 没有标明的通知
  has 迟到的通知
GET /desk/handover/{paper} -> 200
  has 2026-11-20 16:30
  has 2026-11-23 10:00
  saves record from page href="/desk/record/{record}"
# The author cannot review it, nor can whoever holds the token; the officer of secrecy can, here, and it is public.
AS 保密审查员
GET /desk/record/{record}/review -> 200
  has 迟到一天的正文
  saves hash from page name="hash" value="{hash}"
POST /desk/record/{record}/review step=secrecy verdict=pass hash={hash} \
  q-secret=no q-safety=no q-trade=no q-privacy=no q-internal=no q-sum=no opinion="" -> 303
AS anyone
GET /records/4302SHILI/2026-00001 -> 200
  has 迟到一天的正文
GET /api/v1/handover/oa/12 header:Authorization="Bearer mt_{token}" -> 200
  has "state":"published"
