# 依申请公开 from the form to the served reply.
AT 2026-11-23 09:00
AS anyone
GET /disclosure/apply -> 200
  has 先查一查
  has 收到之日起20个工作日内
GET /disclosure/apply?q=猪瘟疫苗采购 -> 200
  has 没有标题带“猪瘟疫苗采购”的
GET /disclosure/apply/process -> 200
  has 告知补正（《政府信息公开条例》第三十条）
GET /disclosure/apply/form?wanted=猪瘟疫苗采购 -> 200
  field wanted=猪瘟疫苗采购
  header cache-control: no-store

# Every fault at once, and nothing typed is lost.
POST /disclosure/apply/form who=person name="" id_kind=resident id_number=43020019900101001 phone=12 wanted="猪瘟疫苗采购" \
  form=electronic delivery=email -> 422
  has 请填写姓名
  has 证件号码应为 18 位，现在是 17 位
  has 电话号码应为 7 到 15 位数字，现在是 2 位
  has 选择用电子邮件取得的，请填写电子邮箱
  field id_number=43020019900101001
  field wanted=猪瘟疫苗采购
POST /disclosure/apply/form who=organisation org_name=甲 org_class=person phone=0731-28680000 wanted="x" form=paper \
  delivery=post -> 422
  has 请选择单位类别
  has 请填写联系人
  has 请填写收件地址
POST /disclosure/apply/form who=person name=甲 id_kind=passport id_number=G1 phone=0731-28680000 \
  wanted="机密★10年\n\n某报告" form=paper delivery=counter -> 422
  has 涉密内容不得在网上提交

# Check, change, send; the same sending once more is the same application.
POST /disclosure/apply/form who=person name=申请人甲 id_kind=passport id_number=G00000000 phone=0731-28680000 \
  wanted="2025年补贴发放名单" form=electronic delivery=platform -> 200
  has 请看一遍
  has 申请人甲
POST /disclosure/apply/form ... do=edit -> 200
  field name=申请人甲
POST /disclosure/apply/form ... -> 200
  has 确认提交
POST /disclosure/apply/send ... -> 303
  saves code from location /disclosure/track/{code}
POST /disclosure/apply/send ... -> 303
  location /disclosure/track/{code}
GET /disclosure/track/{code} -> 200
  has 申请已收到
  has 依申请〔2026〕1号
  has 与申请人确认
  lacks 申请人甲
  lacks {code}
  header cache-control: no-store
GET /disclosure/track/7K4M2XQ9R3TW -> 404
  has 查询码不对
POST /disclosure/track code={code} -> 303
  location /disclosure/track/{code}
GET /correction/receipt/{code} -> 404

# Unconfirmed after a working day it is late; who supervises sees facts only.
AT 2026-11-25 09:00
AS 监督员
GET /desk/request -> 200
  has 依申请〔2026〕1号
  has 逾期 1 个工作日
  lacks 申请人甲
GET /desk -> 200
  has 依申请公开 依申请〔2026〕1号
  lacks 申请人甲
GET /desk/board -> 200
  has 依申请公开 依申请〔2026〕1号
AS 系统管理员
GET /desk/request -> 403

AS 经办人
GET /desk -> 200
  has 待登记收到
GET /desk/request -> 200
  saves id from page <a href="/desk/request/{id}">依申请
GET /desk/request/{id} -> 200
  has 申请人甲
  has 2025年补贴发放名单
  has 这次打开已记入操作留痕
GET /desk/request/{id}/register -> 200
  has 确认之日
POST /desk/request/{id}/register wanted="补贴名单" -> 422
  has 确认日：必填
  field wanted=补贴名单
POST /desk/request/{id}/register confirmed=2026-11-22 wanted="补贴名单" -> 422
  has 确认日不对
POST /desk/request/{id}/register confirmed=2026-11-25 wanted="补贴名单" -> 303
  location /desk/request/{id}?said=moved
POST /desk/request/{id}/register confirmed=2026-11-25 wanted="补贴名单" -> 303
  location /desk/request/{id}?said=moved
GET /desk/request/{id}/register -> 409
  has 不能办理这一项
GET /desk/request/{id} -> 200
  has 待拟定答复
  has 答复的期限怎么算
GET /desk/rule/clock -> 200
  has 依申请公开答复

# A correction is asked once, and its answer starts the clock again.
GET /desk/request/{id}/correct -> 200
POST /desk/request/{id}/correct correct_what="请写明是哪个县" correct_by=2026-11-25 -> 422
  has 补正期限要在今天以后
POST /desk/request/{id}/correct correct_what="请写明是哪个县" correct_by=2026-12-09 -> 303
AS anyone
GET /disclosure/track/{code} -> 200
  has 请您补正
  has 请写明是哪个县
AT 2026-11-30 09:00
POST /disclosure/track/{code}/supplement text="" -> 422
  has 请写明补正的内容
POST /disclosure/track/{code}/supplement text="要渌口区的" -> 303
  location /disclosure/track/{code}
POST /disclosure/track/{code}/supplement text="再说一遍" -> 303
GET /disclosure/track/{code} -> 200
  has 正在办理
  has 12月28日24时截止
  lacks 请写明补正的内容

# A third party is asked, and the clock stands still.
AS 经办人
POST /desk/sign-in name=jingban password="湘江边的水产站 2017" -> 303
GET /desk/request/{id} -> 200
  has 要渌口区的
GET /desk/request/{id}/third -> 200
POST /desk/request/{id}/third name=某合作社 delivered=2026-11-30 -> 303
GET /desk/request/{id} -> 200
  has 还在等 1 方回复意见
  has 暂停计时
GET /desk/request/{id}/decide -> 200
  has 还在等 1 方回复意见
AS anyone
GET /disclosure/track/{code} -> 200
  has 正在征求意见
  lacks 某合作社
AS 经办人
AT 2026-12-03 09:00
POST /desk/sign-in name=jingban password="湘江边的水产站 2017" -> 303
GET /desk/request/{id}/third-replies?row=1 -> 200
POST /desk/request/{id}/third-replies row=1 stance=refuses -> 422
  has 不同意的理由：必填
POST /desk/request/{id}/third-replies row=1 stance=refuses reason="涉及商业秘密" -> 303

# No reply can name its remedies before the settings do.
GET /desk/request/{id}/decide -> 200
  has 还没有设置行政复议机关
AS 系统管理员
POST /desk/sign-in name=guanli password="湘江边的水产站 2017" -> 303
GET /desk/body -> 200
POST /desk/body ... reconsideration=某市人民政府 reconsideration_address=某路1号 court=某人民法院 court_address=某路2号 -> 303
AS 经办人

# The reply: not by the list, not signed by its author, served with proof.
GET /desk/request/{id}/decide -> 200
POST /desk/request/{id}/decide outcome=3.3.5 reply="按负面清单不公开。" -> 422
  has 答复不能引用不予公开清单
POST /desk/request/{id}/decide outcome=3.4.3 reply="不明确。" other_organ="" -> 303
AS 科室负责人
GET /desk -> 200
  has 审签
GET /desk/request/{id}/back -> 200
POST /desk/request/{id}/back back_why="已经补正，不是不明确" -> 303
AS 经办人
GET /desk/request/{id}/decide -> 200
  field reply=不明确。
POST /desk/request/{id}/decide outcome=3.3.4 reply="您申请的名单涉及商业秘密。" -> 303
POST /desk/request/{id}/sign -> 403
AS anyone
GET /disclosure/track/{code} -> 200
  has 正在审核答复
  lacks 您申请的名单涉及商业秘密
AS 科室负责人
GET /desk/request/{id}/letter -> 200
  has 申请人甲
  has 未审签
GET /desk/request/{id}/sign -> 200
POST /desk/request/{id}/sign -> 303
AS anyone
GET /disclosure/track/{code} -> 200
  has 答复已作出
  has 您申请的名单涉及商业秘密
  has 依据：《政府信息公开条例》第三十六条第三项、第十五条
  has 应当先申请行政复议
  lacks 某合作社
POST /disclosure/track/{code}/collect -> 303
GET /disclosure/track/{code} -> 200
  has 已办结
  has 您申请的名单涉及商业秘密
AS 经办人
GET /desk/request -> 200
  lacks 依申请〔2026〕1号
GET /desk/request?show=closed -> 200
  has 依申请〔2026〕1号
GET /desk/request/{id} -> 200
  has 本平台，申请人已确认

# A dispute is kept beside the closed case.
GET /desk/request/{id}/dispute -> 200
POST /desk/request/{id}/dispute way=reconsideration filed=2026-12-03 -> 303
GET /desk/request/{id} -> 200
  has 尚未审结
