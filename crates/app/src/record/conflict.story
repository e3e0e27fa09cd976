# Two people edit one record: the later one is shown both texts, and neither is lost.
AT 2026-11-23 09:00
AS 经办人
GET /desk/record/new -> 200
POST /desk/record kind=plan title="年度方案" text="第一稿" -> 303
  saves id from location /desk/record/{id}?said=saved
GET /desk/record/{id} -> 200
POST /desk/record/{id}/draft do=submit title="年度方案" openness=open ground=O20-3 column=results/policies text="第一稿" -> 303

AS 经办人
GET /desk/record/{id} -> 200
POST /desk/record/{id}/take-up -> 303
AS 另一位经办人
GET /desk/record/{id} -> 200
POST /desk/record/{id}/take-up -> 303
GET /desk/record/{id} -> 200
POST /desk/record/{id}/draft do=submit title="年度方案" openness=open ground=O20-3 column=results/policies text="另一位写的第二稿" -> 303
AS 经办人
GET /desk/record/{id} -> 200
  has 第一稿
POST /desk/record/{id}/draft do=submit title="年度方案" openness=open ground=O20-3 column=results/policies text="我写的第二稿" -> 409
  has 两份都在下面
  has 我写的第二稿
  has 另一位写的第二稿
POST /desk/record/{id}/draft do=submit title="年度方案" openness=open ground=O20-3 column=results/policies text="两份并在一起" -> 303

# Both are authors now: neither's colleague with the same duty matters, but the route is walked step by step.
AS 科室负责人
GET /desk/record/{id} -> 200
  saves hash from page name="hash" value="{hash}"
POST /desk/record/{id}/review step=section hash={hash} verdict=pass q-inaccurate=no q-incomplete=no -> 303
  location /desk/record/{id}?said=passed
AS 保密审查员
GET /desk/record/{id} -> 200
POST /desk/record/{id}/review step=secrecy hash={hash} verdict=return opinion=第二段写清时间 q-secret=no q-safety=no q-trade=no q-privacy=no q-internal=no q-sum=no -> 303
AS 经办人
GET /desk -> 200
  has 看退回理由
GET /desk/record/{id} -> 200
  has 第二段写清时间
# Returned is returned: the leader cannot pass it all the same.
AS 分管领导
GET /desk/record/{id} -> 200
POST /desk/record/{id}/review step=approval hash={hash} verdict=pass -> 422
  has 审查已经结束
AS anyone
GET /records/4302SHILI/2026-00001 -> 404
