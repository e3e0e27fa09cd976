# The annual report: counted, tied to last year's, drafted as a record, and public through the gate.
AT 2026-03-02 09:00
AS 经办人
GET /desk/request/new -> 200
POST /desk/request/new channel=counter submitted=2026-03-02 who=person name=申请人甲 wanted="补贴名单" -> 303
  saves id from location /desk/request/{id}?said=entered
GET /desk/request/{id} -> 200
POST /desk/request/{id}/withdraw withdrawal="申请人当面撤回" -> 303

# A year that is not over has numbers and no draft; each number leads to its cases.
GET /desk/report/annual -> 200
  has 2026年
  has 2025年
GET /desk/report/annual/2026 -> 200
  has 各表内部的勾稽关系都成立
  has 没有上一年的报告可以核对结转
GET /desk/report/annual/2026/cell?table=3&row=I&column=0 -> 200
  has 自然人，1 件
  has 依申请〔2026〕1号
GET /desk/report/annual/2026/cell?table=3&row=3.6.3&column=6 -> 200
  has 依申请〔2026〕1号
GET /desk/report/annual/2026/cell?table=3&row=3.1&column=0 -> 200
  has 没有事项
GET /desk/report/annual/2026/cell?table=3&row=9&column=0 -> 404
GET /desk/report/annual/2027 -> 404
POST /desk/report/annual/2026/draft version=0 -> 422
  has 这一年还没有结束

# What was public for 2025 is pasted once, checked, and locked by another person.
GET /desk/report/annual/2025/past -> 200
AS 监督员
GET /desk/report/annual/2026 -> 200
GET /desk/report/annual/2025/past -> 403
AS 经办人
POST /desk/report/annual/2025/past ... documents="2 1" permits=x -> 422
  has 请填整数
POST /desk/report/annual/2025/past ... documents="2 1" permits=0 -> 422
  has 第 1 行末尾应有 3 个整数
POST /desk/report/annual/2025/past ... documents="2 1 9" permits=7 fees=12.34 -> 303
  location /desk/report/annual/2025?said=annual-entered
GET /desk/report/annual/2025 -> 200
  has 已录入，待锁定
POST /desk/report/annual/2025/lock -> 403
AS 科室负责人
GET /desk/report/annual/2025 -> 200
  has 核对无误，锁定
POST /desk/report/annual/2025/lock ... -> 303
  location /desk/report/annual/2025?said=annual-locked
GET /desk/report/annual/2025 -> 200
  has 已锁定
  has 12.34
AS 经办人
GET /desk/report/annual/2025/past -> 422
  has 已经锁定
POST /desk/report/annual/2025/draft version=3 -> 422
  has 已经锁定

# The year is over: figures from elsewhere, then a draft in six sections with its workbook.
AT 2027-01-11 09:00
POST /desk/sign-in name=jingban password="湘江边的水产站 2017" -> 303
GET /desk/report/annual/2026 -> 200
  has 2027-01-31
POST /desk/report/annual/2026 ... permits=31 penalties=2 coercion=0 fees=1.23456 -> 422
  has 最多四位小数
  field permits=31
POST /desk/report/annual/2026 ... permits=31 penalties=2 coercion=0 fees=1.2 -> 303
GET /desk/report/annual/2026 -> 200
  has 不等于
POST /desk/report/annual/2026/draft ... -> 422
  has 请写明原因
POST /desk/report/annual/2026/draft ... tie_why="2025年的规范性文件还没有全部移入本平台。" -> 303
  saves paper from location /desk/record/{paper}?said=saved
GET /desk/record/{paper} -> 200
  has 一、总体情况
  has 新收政府信息公开申请 1 件
  has 没有收取信息处理费
  has 2025年的规范性文件还没有全部移入本平台
  has 政府信息公开工作年度报告2026.xlsx
GET /desk/report/annual/2026 -> 200
  has 表和现在的数字一致
POST /desk/report/annual/2026/draft ... -> 422
  has 数字没有变化
GET /desk/report/annual/2026 -> 200
POST /desk/report/annual/2026 ... permits=32 -> 303
GET /desk/report/annual/2026 -> 200
  has 数字变了
POST /desk/report/annual/2026/draft ... -> 303
  location /desk/record/{paper}?said=saved
GET /desk/report/annual/2026/tables.json -> 200
  has "permits":32
GET /desk/report/annual/2026/tables.xlsx -> 200
AS anyone
GET /disclosure/reports -> 200
  lacks 2026年政府信息公开工作年度报告

# It goes the way of every record.
AS 经办人
GET /desk/record/{paper} -> 200
POST /desk/record/{paper}/draft ... do=submit -> 303
AS 科室负责人
POST /desk/sign-in name=kezhang password="湘江边的水产站 2017" -> 303
GET /desk/record/{paper} -> 200
  saves hash from page name="hash" value="{hash}"
POST /desk/record/{paper}/review step=section hash={hash} verdict=pass q-inaccurate=no q-incomplete=no -> 303
AS 保密审查员
GET /desk/record/{paper} -> 200
POST /desk/record/{paper}/review step=secrecy hash={hash} verdict=pass q-secret=no q-safety=no q-trade=no q-privacy=no q-internal=no q-sum=no -> 303
AS anyone
GET /disclosure/reports -> 200
  has 2026年政府信息公开工作年度报告
  saves path from page <a href="/records/{path}">
GET /records/{path} -> 200
  has 表三 收到和处理政府信息公开申请情况
  has 三、本年度办理结果
  has 政府信息公开工作年度报告2026.xlsx
GET /api/v1/records/{path} -> 200
  has 表四
GET /records/{path}.pdf -> 200
  has %PDF
