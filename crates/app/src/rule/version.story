# A clause gets a new wording from a future day, by two persons. Old events keep the old number.
AT 2026-11-23 09:00
AS 经办人
GET /desk/rule -> 200
  has 依申请公开答复
  has 请法制人员对照原文
  has 2027年
  lacks 录入 2027 年放假通知
GET /desk/rule?q=更正与本人 -> 200
  has 更正与本人有关的信息
  lacks 依申请公开答复
GET /desk/rule/new?file=clauses/OGI-REPLY.toml -> 403
GET /desk/rule/clause/no-such -> 404
GET /desk/rule/calendar/1999 -> 404

AS 合法性审核员
GET /desk/rule/clause/OGI-REPLY -> 200
  has 提出新的条文
  has 20个工作日
  has 2019年5月15日起施行
  has 征求第三方意见
GET /desk/rule/new?file=clauses/OGI-REPLY.toml -> 200
  field amount=20
  field instrument=ogi-2019
GET /desk/rule/new?file=nowhere.toml -> 404

# What is missing is told at its field, and nothing typed is lost.
POST /desk/rule/new file=clauses/OGI-REPLY.toml do=propose amount=十五 unit=working-days from=2027-07-01 instrument=new \
  title="政府信息公开条例（修订）" gist="期限缩短。" sure=page -> 422
  has 期限的数字请写成整数
  has 引用时的写法
  field amount=十五
  field title=政府信息公开条例（修订）
  field gist=期限缩短。
# What the loader finds comes in its own words, and nothing typed is lost.
POST /desk/rule/new file=clauses/OGI-REPLY.toml do=propose amount=20 unit=promptly from=2027-07-01 instrument=ogi-2019 \
  gist="应当及时答复。" sure=text source="国务院公报" note="测试" -> 422
  has 规则文件没有通过检查
  has promptly has no amount
  field gist=应当及时答复。
  field note=测试
# A wording that was in force cannot be rewritten, whatever way it comes.
GET /desk/rule/new?file=clauses/OGI-REPLY.toml&raw=1 -> 200
POST /desk/rule/new file=clauses/OGI-REPLY.toml raw=1 do=propose source="国务院公报" note="改短" text=<<END -> 422
[[clause]]
id = "OGI-REPLY"
also = ["OGI-REPLY-2008"]
name = "依申请公开答复"
nature = "deadline"

[[clause.wording]]
instrument = "ogi-2019"
article = "第三十三条"
amount = 10
unit = "working-days"
counts-from = "收到申请之日"
receipt = "confirmed"
gist = "十日答复。"
sure = "text"
END
  has 已经生效，不能改写或者删去
  has 2008年5月1日
  has 2019年5月15日
  field source=国务院公报

# Looked at first; nothing is stored by looking.
POST /desk/rule/new file=clauses/OGI-REPLY.toml do=preview amount=15 unit=working-days from=2027-07-01 instrument=new \
  title="政府信息公开条例（修订）" cite="《政府信息公开条例》（2027年修订）" issuer=国务院 article=第三十三条 \
  gist="十五个工作日内答复。" sure=page source="国务院公报" note="条例修订" -> 200
  has 预览：还没有提交
  has 现在没有在办的期限
  has 没有核对原文
  field article=第三十三条
GET /desk/rule -> 200
  lacks 等待决定
POST /desk/rule/new file=clauses/OGI-REPLY.toml do=propose amount=15 unit=working-days from=2027-07-01 instrument=new \
  title="政府信息公开条例（修订）" cite="《政府信息公开条例》（2027年修订）" issuer=国务院 article=第三十三条 \
  gist="十五个工作日内答复。" sure=page source="国务院公报" note="条例修订" -> 303
  saves id from location /desk/rule/version/{id}?said=rule-proposed
GET /desk/rule/version/{id}?said=rule-proposed -> 200
  has 由有签批岗位的同事决定
  has until = "2027-06-30"
  has amount = 15
POST /desk/rule/version/{id}/decide verdict=activate version=1 -> 403
AS 经办人
GET /desk/rule -> 200
  has 等待决定
  has 条例修订
AS anyone
GET /api/v1/due?clause=OGI-REPLY&from=2027-07-05 -> 200
  has "amount": 20

AS 分管领导
GET /desk -> 200
  has 规则修改：
  has 等决定
GET /desk/rule/version/{id} -> 200
  has 生效后的影响
POST /desk/rule/version/{id}/decide -> 422
  has 请选择同意或者退回
AT 2026-11-23 09:40
POST /desk/rule/version/{id}/decide verdict=activate opinion="同意。" -> 422
  has 距上次输密码已过 15 分钟
  field opinion=同意。
POST /desk/rule/version/{id}/decide verdict=activate opinion="同意。" password="湘江边的水产站 2017" -> 303
  location /desk/rule/version/{id}?said=rule-in-force
GET /desk/rule/version/{id} -> 200
  has 生效中
  has 分管领导
  lacks 生效后的影响
POST /desk/rule/version/{id}/decide verdict=return opinion="再想想" version=2 password="湘江边的水产站 2017" -> 422
  has 已经有人决定过
GET /desk/rule/clause/OGI-REPLY -> 200
  has 尚未施行
  has 15个工作日
  has 见于网页

AS anyone
GET /api/v1/due?clause=OGI-REPLY&from=2027-06-30 -> 200
  has "amount": 20
  has 《政府信息公开条例》第三十三条
GET /api/v1/due?clause=OGI-REPLY&from=2027-07-01 -> 200
  has "amount": 15
  has 《政府信息公开条例》（2027年修订）第三十三条
  has "wording_from": "2027-07-01"
  has 第15个工作日
GET /api/v1/due?clause=OGI-REPLY&from=2026-11-23 -> 200
  has "amount": 20

# Nobody decides on what they wrote, whatever duties they hold.
AS 系统管理员
GET /desk/staff -> 200
  saves token from page name="csrf" value="{token}"
  saves leader from page action="/desk/staff/{leader}/password"><input type="hidden" name="csrf" value="{token}"><button class="btn sec s">重置密码<span class="vh">：分管领导
POST /desk/staff/{leader}/duties duties=approval duties=legality-review -> 303
AS 分管领导
GET /desk/rule/new?file=calendar/2027.toml -> 200
  has 现在的日历
POST /desk/rule/new file=calendar/2027.toml do=propose number="国办发明电〔2026〕5号" source=https://example.cn/2027 \
  note="国务院公布2027年放假安排" days="2027-02-05 至 2027-02-11 放 春节" -> 422
  has 第 1 行“2027-02-05 至 2027-02-11 放 春节”看不懂
  field number=国办发明电〔2026〕5号
POST /desk/rule/new file=calendar/2027.toml do=propose source=https://example.cn/2027 \
  note="国务院公布2027年放假安排" days="2027-02-05 至 2027-02-11 休 春节" -> 422
  has 2027年1月1日是元旦法定放假日，没有列为休息
POST /desk/rule/new file=calendar/2027.toml do=propose number="国办发明电〔2026〕5号" source=https://example.cn/2027 \
  note="国务院公布2027年放假安排" days=<<END -> 303
2027-01-01 至 2027-01-03 休 元旦
2027-02-05 至 2027-02-11 休 春节
2027-02-14 班 春节
2027-04-03 至 2027-04-05 休 清明节
2027-05-01 至 2027-05-05 休 劳动节
2027-06-09 休 端午节
2027-09-15 休 中秋节
2027-10-01 至 2027-10-07 休 国庆节
END
  saves year from location /desk/rule/version/{year}?said=rule-proposed
GET /desk/rule/version/{year} -> 200
  has 您是提出人，由另一位有签批岗位的同事决定
  has 2027 年会是这样
POST /desk/rule/version/{year}/decide verdict=activate password="湘江边的水产站 2017" -> 422
  has 不能由自己决定
POST /desk/rule/version/{year}/decide verdict=return opinion=不行 password="湘江边的水产站 2017" -> 422
  has 不能由自己决定

# Another person sends one back with a reason, and the next one is decided by somebody else.
AS 系统管理员
POST /desk/staff/{leader}/duties duties=approval -> 303
AS 发布员
GET /desk/rule/new?file=calendar/2027.toml -> 200
POST /desk/rule/new file=calendar/2027.toml do=propose source=https://example.cn/2027 note="国务院公布2027年放假安排" \
  days="2027-01-01 休 元旦\n2027-02-05 至 2027-02-11 休 春节\n2027-04-05 休 清明节\n2027-05-01 至 2027-05-02 休 劳动节\n2027-06-09 休 端午节\n2027-09-15 休 中秋节\n2027-10-01 至 2027-10-03 休 国庆节" -> 303
  saves other from location /desk/rule/version/{other}?said=rule-proposed
AS 分管领导
GET /desk/rule/version/{other} -> 200
POST /desk/rule/version/{other}/decide verdict=return password="湘江边的水产站 2017" -> 422
  has 退回要写明理由
POST /desk/rule/version/{other}/decide verdict=return opinion="少了调休日。" password="湘江边的水产站 2017" -> 303
  location /desk/rule/version/{other}?said=rule-returned
GET /desk/rule/version/{other} -> 200
  has 已退回
  has 少了调休日
GET /open-data/work-calendar?year=2027 -> 200
  has 2027年是暂定的

# Clocks nobody keeps yet: the list says so, a stranger's id is nowhere.
GET /desk/rule/clock -> 200
GET /desk/rule/clock?show=closed -> 200
GET /desk/rule/clock?show=nonsense -> 404
GET /desk/rule/clock/none -> 404
