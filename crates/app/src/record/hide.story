# 先隐后审: two taps hide a publication; the reason follows; another person decides within one working day.
AT 2026-11-23 09:00
AS 经办人
GET /desk -> 200
POST /desk/record kind=notice title="检查名单" text="甲养殖场。" -> 303
  saves id from location /desk/record/{id}?said=saved
GET /desk/record/{id} -> 200
POST /desk/record/{id}/draft do=submit title="检查名单" openness=open ground=O20-13 column=results/policies text="甲养殖场。" -> 303
AS 保密审查员
GET /desk/record/{id} -> 200
  saves hash from page name="hash" value="{hash}"
POST /desk/record/{id}/review step=secrecy hash={hash} verdict=pass q-secret=no q-safety=no q-trade=no q-privacy=no q-internal=no q-sum=no -> 303
AS anyone
GET /records/4302SHILI/2026-00001.json -> 200
  saves sum from page "sha256": "{sum}"

# The first tap shows what will happen, the second does it.
AS 经办人
GET /desk/record/{id} -> 200
  has 立即隐藏
  lacks 撤下，不再恢复
GET /desk/record/{id}/hide -> 200
  has 一个工作日内复核
  has 正在核对，暂不展示
POST /desk/record/{id}/hide -> 303
  location /desk/record/{id}/hide?said=hidden
AS anyone
GET /records/4302SHILI/2026-00001 -> 410
  has 正在核对，暂不展示
  lacks 检查名单
GET /records/4302SHILI/2026-00001.json -> 410
GET /records/4302SHILI/2026-00001/v/1 -> 410
GET /records/4302SHILI/2026-00001/print -> 410
GET /api/v1/records/4302SHILI/2026-00001 -> 410
GET /records -> 200
  lacks 检查名单
GET /records.csv -> 200
  lacks 检查名单

# A second person who taps finds it hidden; nobody decides before the reason is there.
AS 科室负责人
GET /desk -> 200
POST /desk/record/{id}/hide -> 303
  location /desk/record/{id}/hide
GET /desk/record/{id}/hide -> 200
  has 为什么隐藏
POST /desk/record/{id}/withdraw reason=error -> 422
  has 请在复核里决定
AS 经办人
GET /desk -> 200
  has 还没有写明隐藏的原因
POST /desk/record/{id}/hide/reason -> 422
  has 请选择隐藏的原因
POST /desk/record/{id}/hide/reason reason=privacy says="名单里可能有个人。" -> 303

# Whoever hid it does not decide; after a working day it goes up.
AS 经办人
POST /desk/record/{id}/hide/decide outcome=restored opinion="可以" -> 403
AT 2026-11-25 09:00
AS 监督员
GET /desk -> 200
  has 复核已逾期
  has 催办复核

# Another person looks, and shows it again: the same version, the same digest, the gate asked once more.
AS 合法性审核员
GET /desk/record/{id}/hide -> 200
  has 名单里可能有个人
POST /desk/record/{id}/hide/decide outcome=restored -> 422
  has 请写复核意见
POST /desk/record/{id}/hide/decide outcome=restored opinion="都是单位名称，可以公开。" password="湘江边的水产站 2017" -> 303
  location /desk/record/{id}?said=restored
AS anyone
GET /records/4302SHILI/2026-00001 -> 200
  has 第 1 版（当前）
  has 2026-11-23 09:00
  lacks 名单里可能
GET /records/4302SHILI/2026-00001.json -> 200
  has {sum}

# A suspected secret: not a word is taken, the evidence is sealed, the report is printed, the leader decides.
AT 2026-11-25 10:00
AS 另一位经办人
GET /desk/record/{id}/hide -> 200
POST /desk/record/{id}/hide -> 303
POST /desk/record/{id}/hide/reason reason=secret says="甲养殖场的位置" -> 422
  has 不要在这里写说明
POST /desk/record/{id}/hide/reason reason=secret -> 303
GET /desk/record/{id} -> 200
  lacks 甲养殖场
  has （内容已封存）
GET /desk/record/{id}/hide -> 200
  has 证据已封存
GET /desk/record/{id}/hide/report -> 200
  has 疑似涉密信息报告单
  has 4302SHILI/2026-00001
  lacks 甲养殖场
  lacks 检查名单
AS 发布员
GET /desk -> 200
POST /desk/record/{id}/hide/decide outcome=restored opinion="可以" -> 422
  has 由保密审查或者签批岗位复核
AS 分管领导
GET /desk/record/{id}/hide -> 200
  lacks 甲养殖场
POST /desk/record/{id}/hide/decide outcome=restored opinion="保密工作机构认定不涉密。" password="湘江边的水产站 2017" -> 303
AS anyone
GET /records/4302SHILI/2026-00001 -> 200
  has 甲养殖场
GET /records/4302SHILI/2026-00001.json -> 200
  has {sum}

# Decided the other way, it is withdrawn for its reason and does not come back.
AT 2026-11-25 11:00
AS 另一位经办人
POST /desk/record/{id}/hide -> 303
POST /desk/record/{id}/hide/reason reason=privacy -> 303
AS 另一位保密审查员
GET /desk -> 200
AT 2026-11-25 11:20
POST /desk/record/{id}/hide/decide outcome=withdrawn opinion="涉及个人。" -> 422
  has 距上次输密码已过 15 分钟
  field opinion=涉及个人。
POST /desk/record/{id}/hide/decide outcome=withdrawn opinion="涉及个人。" password="湘江边的水产站 2017" -> 303
AS anyone
GET /records/4302SHILI/2026-00001 -> 410
  has 涉及个人隐私
  has 第十五条
AS 监督员
GET /desk/journal -> 200
  has 立即隐藏
  has 写明隐藏原因
  has 封存证据
  has 解封证据
  has 恢复公开
  lacks 名单里可能
