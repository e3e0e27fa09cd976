# Lists: an empty column leads away, a filled one filters, its twins say the same.
AT 2026-11-23 09:00
AS anyone
GET / -> 200
  has 以公开为常态
  has 还没有公开的信息
  lacks 五公开
GET /results/policies -> 302
  location /?from=%2Fresults%2Fpolicies
GET /?from=%2Fresults%2Fpolicies -> 200
  has “政策文件”这一栏现在没有公开的信息。
GET /?from=%2Fno%2Fsuch -> 200
  lacks 这一栏
GET /records -> 200
  has 还没有公开的信息
GET /no/such -> 404

# The statutory part is always there: four parts, fifteen classes, each empty one with its reason.
GET /disclosure -> 200
  has 政府信息公开指南
  has 政府信息公开年报
  has 依申请公开
GET /disclosure/guide -> 200
  has 指南还没有登载
GET /disclosure/rules -> 200
  has 还没有登载制度
GET /disclosure/reports -> 200
  has 还没有年度报告
GET /disclosure/catalogue -> 200
  has 公务员招考
GET /disclosure/catalogue/procurement -> 200
  has 采购公告先在财政部门指定的媒体发布
GET /disclosure/catalogue/procurement.csv -> 200
  header content-type: text/csv; charset=utf-8
  has 索引号,标题,种类
GET /disclosure/catalogue/no-such -> 404
GET /disclosure/catalogue/no-such.csv -> 404
GET /disclosure/apply -> 200
  has 收到之日起20个工作日内
  has 0731-2868 0000
GET /disclosure/negative-list -> 200

AS 经办人
GET /desk/record/new -> 200
POST /desk/record kind=notice title="=关于100%检疫的通知" text="各养殖场：" -> 303
  saves id from location /desk/record/{id}?said=saved
GET /desk/record/{id} -> 200
POST /desk/record/{id}/draft do=submit title="=关于100%检疫的通知" openness=open ground=O20-13 \
  column=management/safety/hot class=inspection text="每车检疫。" -> 303
AS 保密审查员
GET /desk/record/{id} -> 200
  saves hash from page name="hash" value="{hash}"
POST /desk/record/{id}/review step=secrecy hash={hash} verdict=pass q-secret=no q-safety=no q-trade=no q-privacy=no q-internal=no q-sum=no -> 303

AS anyone
GET /management/safety/hot -> 200
  has 检疫的通知
GET /management/safety -> 200
  has 热点回应
  has 检疫的通知
GET /management/rural-aid -> 302
  location /management?from=%2Fmanagement%2Frural-aid
GET /management?from=%2Fmanagement%2Frural-aid -> 200
  has “产业帮扶”这一栏现在没有公开的信息。
  has 质量安全监管 1 条
GET /disclosure/catalogue/inspection -> 200
  has 4302SHILI/2026-00001
GET / -> 200
  has 五公开
  has 管理公开
  has 检疫的通知

# Filters stand in the address. What they find, the twins find.
GET /records?q=100%25&year=2026&kind=notice -> 302
  location /search?year=2026&kind=notice&q=100%25
GET /management?q=100%25&year=2026&kind=notice -> 200
  has 检疫的通知
  field q=100%
  field year=2026
  field kind=notice
GET /management?q=1000%25 -> 200
  has 没有符合条件的信息
GET /management?q=100_ -> 200
  has 没有符合条件的信息
GET /records?year=2025 -> 200
  has 没有符合条件的信息
GET /records?kind=policy -> 200
  has 没有符合条件的信息
GET /records?page=2 -> 404
GET /records?page=501 -> 200
  has 只能翻到前 10,000 条
GET /records?page=none -> 400
  has 页码要写成
GET /records?year=26 -> 400
  has 年份要写成四位数字
GET /records?kind=secret -> 400
GET /records.csv?q=%E6%A3%80%E7%96%AB -> 200
  has 4302SHILI/2026-00001,'=关于100%检疫的通知,通知公告
GET /records.csv?year=2025 -> 200
  lacks 检疫
GET /management.json -> 200
  has "total": 1
  has "next": null
GET /management.atom -> 200
  header content-type: application/atom+xml; charset=utf-8
  has =关于100%检疫的通知
GET /api/v1/records?place=management&limit=1 -> 200
  has "total": 1
GET /api/v1/records?place=secret -> 400
GET /api/v1/records?limit=0 -> 400
GET /api/v1/records?before=x -> 400
