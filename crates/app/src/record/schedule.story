# The hour is stored, and the gate asked again when it comes; what is due and not out says why.
AT 2026-11-23 09:00
AS 经办人
GET /desk -> 200
POST /desk/record kind=notice title="定时的通知" text="正文" -> 303
  saves id from location /desk/record/{id}?said=saved
GET /desk/record/{id} -> 200
POST /desk/record/{id}/draft do=submit title="定时的通知" openness=open ground=O20-13 column=results/policies text="联系人手机 13912345678。" -> 303
AS 发布员
GET /desk/record/{id} -> 200
POST /desk/record/{id}/schedule at=昨天 -> 422
  has 请填写以后的时间
  field at=昨天
POST /desk/record/{id}/schedule at="2026-11-23 10:00" -> 303
POST /desk/record/{id}/schedule at="2026-11-25 09:00" -> 303
GET /desk/record/{id} -> 200
  has 定于 2026-11-25 09:00 公开
POST /desk/record/{id}/unschedule -> 303
  location /desk/record/{id}?said=unscheduled
GET /desk/record/{id} -> 200
  lacks 定于
POST /desk/record/{id}/unschedule -> 404
POST /desk/record/{id}/schedule at="2026-11-23 10:00" -> 303
AT 2026-11-23 10:01
AS 发布员
GET /desk -> 200
  has 没有放行
  has 还没有经过保密审查
GET /desk/record/{id} -> 200
  has 到时没有放行
  has 机检发现没有处理
AS anyone
GET /records/4302SHILI/2026-00001 -> 404

# What was in the way is done; the last review lets it out, because its hour has come.
AS 保密审查员
GET /desk/record/{id} -> 200
  saves hash from page name="hash" value="{hash}"
  saves finding from page name="finding" value="{finding}"
POST /desk/record/{id}/finding finding={finding} reason="公开的值班手机" -> 303
POST /desk/record/{id}/review step=secrecy hash={hash} verdict=pass q-secret=no q-safety=no q-trade=no q-privacy=no q-internal=no q-sum=no -> 303
  location /desk/record/{id}?said=published
AS 发布员
GET /desk/record/{id} -> 200
  lacks 定时公开
POST /desk/record/{id}/schedule at="2026-12-01 09:00" -> 422
  has 没有等着公开的稿子
