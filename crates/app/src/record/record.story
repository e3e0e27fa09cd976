# A document becomes a public page: a clerk writes, another person reviews, the gate lets it through.
AT 2026-11-23 09:00
AS anyone
GET /desk -> 303
  location /desk/sign-in?next=%2Fdesk
AS 经办人
GET /desk -> 200
  has 没有等您办的事
POST /desk/record kind=notice title="关于秋季水产养殖检查的通知" text="各养殖场：" -> 303
  saves id from location /desk/record/{id}?said=saved
GET /desk/record/{id} -> 200
  has 提交审查
  field title=关于秋季水产养殖检查的通知

# An empty form is told every fault at once; what was typed stays.
POST /desk/record/{id}/draft do=submit title="" text="各养殖场：" formed=昨天 -> 422
  has 请填写标题
  has 请选择栏目
  has 形成日期写成
  has 没有选公开依据
  field formed=昨天
GET /records -> 200
  lacks 秋季水产养殖检查

POST /desk/record/{id}/draft do=submit title="关于秋季水产养殖检查的通知" openness=open ground=O20-13 \
  column=results/policies class=inspection formed=2026-11-20 number="株牧渔发〔2026〕31号" issued=2026-11-20 \
  issuer=株洲市畜牧兽医水产局 text=<<END -> 303
# 一、检查内容
用药记录、尾水处理。
- 用药记录
- 检疫证明
| 日期 | 县市区 |
|---|---|
| 11月25日 | 渌口区 |
>> 株洲市畜牧兽医水产局
>>> 2026年11月20日
END
  location /desk/record/{id}?said=submitted
GET /desk -> 200
  lacks 秋季水产养殖检查

# Nobody reviews their own, and another duty does not either.
AS 科室负责人
GET /desk/record/{id} -> 200
  has 保密审查由保密审查岗位办理
AS anyone
GET /records/4302SHILI/2026-00001 -> 404

AS 保密审查员
GET /desk -> 200
  has 秋季水产养殖检查
  has 剩 19 个工作日
GET /desk/record/{id} -> 200
  has 用药记录
  has 没有发现
  saves hash from page name="hash" value="{hash}"
# Every question wants an answer, and a doubt cannot be passed over.
POST /desk/record/{id}/review step=secrecy hash={hash} verdict=pass -> 422
  has 每个问题都要答
POST /desk/record/{id}/review step=secrecy hash={hash} verdict=pass q-secret=no q-safety=no q-trade=no q-privacy=yes q-internal=no q-sum=no -> 422
  has 不能照原样公开
POST /desk/record/{id}/review step=secrecy hash={hash} verdict=return q-secret=no q-safety=no q-trade=no q-privacy=no q-internal=no q-sum=no -> 422
  has 退回要写明理由
POST /desk/record/{id}/review step=secrecy hash=0000000000000000000000000000000000000000000000000000000000000000 verdict=pass q-secret=no q-safety=no q-trade=no q-privacy=no q-internal=no q-sum=no -> 422
  has 稿子又改过
POST /desk/record/{id}/review step=secrecy hash={hash} verdict=pass q-secret=no q-safety=no q-trade=no q-privacy=no q-internal=no q-sum=no -> 303
  location /desk/record/{id}?said=published

AS anyone
GET /records/4302SHILI/2026-00001 -> 200
  has 关于秋季水产养殖检查的通知
  has 用药记录
  has 渌口区
  has 株牧渔发〔2026〕31号
GET /desk/record/{id} -> 303

# A correction is a new revision with a new review; meanwhile the public reads the old one.
AS 经办人
GET /desk/record/{id} -> 200
  has 更正：在这一版上修改
POST /desk/record/{id}/take-up -> 303
GET /desk/record/{id} -> 200
  field column=results/policies
POST /desk/record/{id}/draft do=submit title="关于秋季水产养殖检查的通知" openness=open ground=O20-13 column=results/policies formed=2026-11-20 \
  text="用药记录、尾水处理、生产档案。" -> 422
  has 要写更正说明
  field title=关于秋季水产养殖检查的通知
POST /desk/record/{id}/draft do=submit title="关于秋季水产养殖检查的通知" openness=open ground=O20-13 column=results/policies formed=2026-11-20 \
  change="补上生产档案一项。" text="用药记录、尾水处理、生产档案。" -> 303
AS anyone
GET /records/4302SHILI/2026-00001 -> 200
  lacks 生产档案
AS 保密审查员
GET /desk/record/{id} -> 200
  saves hash from page name="hash" value="{hash}"
POST /desk/record/{id}/review step=secrecy hash={hash} verdict=pass q-secret=no q-safety=no q-trade=no q-privacy=no q-internal=no q-sum=no -> 303
AS anyone
GET /records/4302SHILI/2026-00001 -> 200
  has 生产档案
  has 补上生产档案一项

# Taken down: every path forgets it at once, and says so.
AS 科室负责人
GET /desk/record/{id} -> 200
  has 立即隐藏
GET /desk/record/{id}/withdraw -> 200
  has 2 个版本和对照页立即打不开
  has 撤下前的公开记录仍保留在登记簿
POST /desk/record/{id}/withdraw -> 422
  has 请选择撤下的原因
POST /desk/record/{id}/withdraw reason=error -> 303
GET /desk/record/{id} -> 200
  has 已撤下
  lacks 审查通过
GET /desk/record?show=withdrawn -> 200
  has 已撤下
AS anyone
GET /records/4302SHILI/2026-00001 -> 410
  lacks 生产档案
  lacks 秋季水产养殖检查
