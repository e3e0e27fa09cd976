# Table review: rows of a kind on one page, each opened and ticked, one signature, one review per row.
AT 2026-11-23 09:00
AS 经办人
GET /desk -> 200
POST /desk/record kind=news title=甲地检查 text="甲地检查了用药记录。" -> 303
  saves a from location /desk/record/{a}?said=saved
GET /desk/record/{a} -> 200
POST /desk/record/{a}/draft do=submit title=甲地检查 openness=open ground=O20-13 column=interaction/news \
  text="甲地检查了用药记录。" -> 303
POST /desk/record kind=news title=乙地检查 text="乙地检查了尾水。" -> 303
  saves b from location /desk/record/{b}?said=saved
GET /desk/record/{b} -> 200
POST /desk/record/{b}/draft do=submit title=乙地检查 openness=open ground=O20-13 column=interaction/news \
  text="乙地检查了尾水。" -> 303
POST /desk/record kind=news title=丙地检查 text="联系人手机 13912345678。" -> 303
  saves c from location /desk/record/{c}?said=saved
GET /desk/record/{c} -> 200
POST /desk/record/{c}/draft do=submit title=丙地检查 openness=open ground=O20-13 column=interaction/news \
  text="联系人手机 13912345678。" -> 303

AS 保密审查员
GET /desk/review/table -> 200
  has 工作动态　保密审查 3 件
  has 甲地检查了用药记录
  has 乙地检查了尾水
  has 139****5678
  lacks 13912345678
  saves hasha from page name="row" value="{a}:{hasha}"
  saves hashb from page name="row" value="{b}:{hashb}"
GET /desk/record/{c} -> 200
  saves hashc from page name="hash" value="{hashc}"
POST /desk/review/table kind=news step=secrecy -> 422
  has 请勾选看过并且同意公开的件
  has 每个问题都要答
POST /desk/review/table kind=news step=secrecy row={a}:{hasha} q-secret=no q-safety=no q-trade=no q-privacy=yes \
  q-internal=no q-sum=no -> 422
  has 不能成批同意

# One row has changed meanwhile: it is listed and left, the others are done.
AS 经办人
POST /desk/record/{b}/take-back -> 303
GET /desk/record/{b} -> 200
POST /desk/record/{b}/draft do=submit title=乙地检查 openness=open ground=O20-13 column=interaction/news \
  text="乙地检查了尾水和鱼塘。" -> 303
AS 保密审查员
POST /desk/review/table kind=news step=secrecy row={a}:{hasha} row={b}:{hashb} opinion=看过 q-secret=no q-safety=no q-trade=no q-privacy=no q-internal=no q-sum=no -> 422
  has “乙地检查”：您打开后，稿子又改过
  has 乙地检查了尾水和鱼塘
  field opinion=看过
AS anyone
GET /records/4302SHILI/2026-00001 -> 200
  has 甲地检查了用药记录
GET /records/4302SHILI/2026-00002 -> 404
AS 保密审查员
GET /desk/review/table?kind=news&step=secrecy -> 200
  saves hashb from page name="row" value="{b}:{hashb}"
POST /desk/review/table kind=news step=secrecy row={b}:{hashb} q-secret=no q-safety=no q-trade=no q-privacy=no q-internal=no q-sum=no -> 303
  location /desk/review/table?kind=news&step=secrecy&said=table-done
# What the machine found is not passed by a tick.
POST /desk/review/table kind=news step=secrecy row={c}:{hashc} q-secret=no q-safety=no q-trade=no q-privacy=no q-internal=no q-sum=no -> 422
  has “丙地检查”
  has 单独审查
AS anyone
GET /records/4302SHILI/2026-00003 -> 404
