# What people see of time: the calendar, the calculator, and the same for programs.
AT 2026-11-23 09:00
AS anyone
GET /open-data/work-calendar -> 200
  has 2026年工作日历
  has 2026年有 248 个工作日
  has 2月15日至23日，共9天
  has 9月20日、10月10日
  has https://www.gov.cn/zhengce/zhengceku/202511/content_7047091.htm
GET /open-data/work-calendar?year=2027 -> 200
  has 2027年是暂定的
  has 待通知
  lacks 个工作日
GET /open-data/work-calendar?year=2003 -> 404
  has 没有2003年的工作日历。现有2004年至2027年。
GET /open-data/work-calendar?year=next -> 400
  has 年份要写成四位数字
GET /open-data/work-calendar.csv?year=2026 -> 200
  header content-type: text/csv; charset=utf-8
  has 2026-02-14,星期六,是,调休上班,春节
  has 2026-02-17,星期二,否,法定假日,春节
GET /open-data/work-calendar.json?year=2026 -> 200
  has "date": "2026-02-14"
GET /api/v1/calendar/2026 -> 200
  header content-type: application/json; charset=utf-8
  has "date": "2026-02-14", "working": true, "name": "春节"
GET /api/v1/calendar/2003 -> 404
  has 没有2003年的工作日历
GET /api/v1/calendar/x -> 400

# If I apply today, when must you answer, and why?
GET /open-data/due -> 200
  has 我们最迟在2026年12月21日（星期一）24时前答复您。
  has 《政府信息公开条例》第三十三条
  has 第20个工作日
  has 可以延长一次，最多20个工作日
  field from=2026-11-23
  field clause=OGI-REPLY
# By mail, and nobody has signed yet.
GET /open-data/due?clause=OGI-REPLY&from=2026-09-01&channel=%E6%8C%82%E5%8F%B7%E4%BF%A1 -> 200
  has 我们最迟在2026年9月29日（星期二）24时前答复您。
  has 您没有写签收的日子
  field channel=挂号信
GET /open-data/due?from=2026-09-01&channel=%E6%8C%82%E5%8F%B7%E4%BF%A1&confirmed=2026-9-4 -> 200
  has 签收之日为收到申请之日：2026年9月4日
  has 我们最迟在2026年10月9日（星期五）24时前答复您。
# Old law for an old day; beyond the notices a date is provisional.
GET /open-data/due?from=2017-05-26 -> 200
  has 2017年6月19日（星期一）24时前答复您
  has 2008年5月1日至2019年5月14日施行
GET /open-data/due?from=2027-01-20 -> 200
  has 这一天是暂定的，最迟不晚于
  has 国务院公布2027年放假安排后重新计算
# The law and the plan: the stricter counts, both are shown.
GET /open-data/due?clause=DEC-COMMENT&from=2026-09-01 -> 200
  has 意见至少要征求到2026年10月1日（星期四）24时。
  has 较严，按这一条算
  has 较宽，一并列出
GET /open-data/due?clause=OPN-5H&from=2026-09-01&time=20%3A30 -> 200
  has 最迟在2026年9月2日（星期三）1时30分前发布权威信息。
# What is typed wrong stays, and a sentence says what to do.
GET /open-data/due?from=%E6%98%8E%E5%A4%A9 -> 422
  has 日子看不懂
  field from=明天
GET /open-data/due?from=2007-01-01 -> 422
  has 2007年1月1日还没有这条规定：《政府信息公开条例》（国务院令第492号）第二十四条从2008年5月1日起施行。
GET /open-data/due?clause=NOPE -> 422
  has 没有这个期限

# The same for programs, in the contract of the command line.
GET /api/v1/due?clause=OGI-CORRECT&from=2026-09-01 -> 200
  has "clause": "OGI-CORRECT", "from": "2026-09-01", "due": "2026-09-10", "firm": true, "latest": null
  has "unit": "working-days", "amount": 7, "cite": "《政府信息公开条例》第三十条", "wording_from": "2019-05-15"
  has "date": "2026-09-02", "working": true, "counted": true, "why": "第1个工作日"
GET /open-data/due.json?clause=OGI-REPLY&from=2026-09-01&channel=%E7%BD%91%E7%BB%9C&confirmed=2026-09-04 -> 200
  has "from": "2026-09-04", "due": "2026-10-09"
GET /api/v1/due?clause=OGI-REPLY&from=2008-04-30 -> 404
  has 2008年4月30日还没有这条规定
GET /open-data/due.json?clause=NOPE -> 404
  has 没有这个期限
GET /api/v1/due -> 400
  has 请写 clause
GET /api/v1/due?clause=OGI-REPLY&from=x -> 400
  has 日子看不懂

# Found from where people look.
GET /disclosure/apply -> 200
  has 算一算期限
GET /sitemap -> 200
  has 工作日历
  has 期限计算

# For staff: every fact that a clock knows.
GET /desk/rule/due -> 303
  location /desk/sign-in?next=%2Fdesk%2Frule%2Fdue
AS 系统管理员
GET /desk/rule/due -> 403
AS 经办人
GET /desk/rule/due -> 200
  has 期限推算
GET /desk/rule/due?clause=OGI-REPLY&from=2026-09-01&on=2026-09-30 -> 200
  has 逾期1个工作日，应在2026年9月29日（星期二）24时前办结。
  has 已核对原文
GET /desk/rule/due?clause=OGI-REPLY&from=2026-09-01&on=2026-09-28&extend-on=2026-09-28&approved=yes -> 200
  has 延长没有告知申请人
GET /desk/rule/due?clause=OGI-REPLY&from=x -> 422
  has 日子看不懂
  field from=x
GET /desk/rule/due?clause=DEC-COMMENT&from=2026-09-01 -> 200
  has 较严，按这条
  has 已核对本局方案
