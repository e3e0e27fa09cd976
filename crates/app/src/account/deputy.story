# A duty lent for a term: used as "A 代 B", ends by itself, and what an administrator enters is confirmed by a third person.
AT 2026-11-23 09:00
AS 分管领导
GET /desk/deputy -> 200
  has 现在没有代办
  saves fabu from page value="{fabu}">发布员（局办公室）</option>
  lacks 监督员（局办公室）
POST /desk/deputy duty=approval from=2026-11-24 until=昨天 -> 422
  has 请选择由谁代办
  has 请填写到哪一天止
  field from=2026-11-24
POST /desk/deputy duty=approval deputy={fabu} from=2026-11-24 until=2026-11-20 -> 422
  has 截止日不能早于开始日
POST /desk/deputy duty=secrecy-review deputy={fabu} from=2026-11-24 until=2026-11-26 -> 422
  has 没有保密审查岗位
POST /desk/deputy duty=approval deputy={fabu} from=2026-11-24 until=2026-11-26 -> 303
GET /desk/deputy -> 200
  has 还没开始
AS 发布员
GET /desk/approve -> 403

AT 2026-11-24 09:00
POST /desk/sign-in name=fabu password="湘江边的水产站 2017" -> 303
GET /desk -> 200
  has 您正在代分管领导办理签批，到 2026年11月26日为止
AS 经办人
GET /desk -> 200
POST /desk/record kind=plan title=尾水治理方案 text="分三年治理。" -> 303
  saves id from location /desk/record/{id}?said=saved
GET /desk/record/{id} -> 200
POST /desk/record/{id}/draft do=submit title=尾水治理方案 openness=open ground=O20-2 column=results/policies text="分三年治理。" -> 303
AS 科室负责人
GET /desk/record/{id} -> 200
  saves hash from page name="hash" value="{hash}"
POST /desk/record/{id}/review step=section hash={hash} verdict=pass q-inaccurate=no q-incomplete=no -> 303
AS 保密审查员
GET /desk/record/{id} -> 200
POST /desk/record/{id}/review step=secrecy hash={hash} verdict=pass q-secret=no q-safety=no q-trade=no q-privacy=no q-internal=no q-sum=no -> 303
GET /desk/record/{id} -> 200
  has 待领导签批（分管领导、发布员 代 分管领导）
AS 发布员
GET /desk -> 200
  has 尾水治理方案
GET /desk/record/{id} -> 200
  has 您代 分管领导 办理
POST /desk/record/{id}/review step=approval hash={hash} verdict=pass -> 303
  location /desk/record/{id}?said=published
GET /desk/record/{id} -> 200
  has 发布员 代 分管领导
AS 监督员
GET /desk/journal -> 200
  has 发布员 代 分管领导
GET /desk/reviewers -> 200
  has 审查统计

# It ends by the clock.
AT 2026-11-26 23:59
AS 发布员
POST /desk/sign-in name=fabu password="湘江边的水产站 2017" -> 303
GET /desk/approve -> 200
AT 2026-11-27 00:00
GET /desk/approve -> 403

AT 2026-11-27 09:00
AS 系统管理员
GET /desk/deputy -> 200
  saves lingdao from page value="{lingdao}">分管领导（局办公室）</option>
POST /desk/deputy holder={lingdao} duty=approval deputy={fabu} from=2026-11-27 until=2026-11-30 -> 303
GET /desk/deputy -> 200
  has 待确认
  saves lent from page /desk/deputy/{lent}/end
AS 发布员
POST /desk/sign-in name=fabu password="湘江边的水产站 2017" -> 303
GET /desk/approve -> 403
GET /desk/deputy -> 200
POST /desk/deputy/{lent}/confirm -> 422
  has 登记的人和代办的人都不能确认
AS 科室负责人
POST /desk/sign-in name=kezhang password="湘江边的水产站 2017" -> 303
GET /desk/deputy -> 200
POST /desk/deputy/{lent}/confirm -> 303
AS 发布员
GET /desk/approve -> 200
AS 科室负责人
POST /desk/deputy/{lent}/end -> 422
  has 只有借出的人
AS 系统管理员
POST /desk/deputy/{lent}/end -> 303
AS 发布员
GET /desk/approve -> 403
