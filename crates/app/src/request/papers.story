# The papers of a case as PDF: those that there are, for staff; those addressed to the applicant, by the code.
AT 2026-11-23 09:00
AS 系统管理员
GET /desk/body -> 200
POST /desk/body ... reconsideration=某市人民政府 reconsideration_address=某路1号 court=某人民法院 court_address=某路2号 -> 303
AS 经办人
GET /desk/request/new -> 200
POST /desk/request/new channel=counter submitted=2026-11-23 who=person name=申请人丙 wanted="鮰鱼补贴名单" -> 303
  saves id from location /desk/request/{id}?said=entered
GET /desk/request/{id}/papers -> 200
  has 还没有文书
GET /desk/request/{id}/papers/receipt -> 404
GET /desk/request/{id}/register -> 200
POST /desk/request/{id}/register wanted="鮰鱼补贴名单" -> 303
GET /desk/request/{id}/papers -> 200
  has 政府信息公开申请登记回执
  lacks 答复书
GET /desk/request/{id}/papers/receipt -> 200
  header content-type: application/pdf
  header cache-control: no-store
GET /desk/request/{id}/third -> 200
POST /desk/request/{id}/third name=某合作社 delivered=2026-11-23 -> 303
GET /desk/request/{id}/papers/third-1 -> 200
  header content-type: application/pdf
GET /desk/request/{id}/papers/third-2 -> 404
GET /desk/request/{id}/third-replies?row=1 -> 200
POST /desk/request/{id}/third-replies row=1 stance=agrees -> 303
GET /desk/request/{id}/code -> 200
POST /desk/request/{id}/code -> 200
  saves code from page <p class="request-code code">{code}</p>
GET /desk/request/{id}/decide -> 200
POST /desk/request/{id}/decide outcome=3.1 reply="名单附后，面积 300㎡。" -> 303
GET /desk/request/{id}/papers/reply -> 200

# The applicant has no letter to others, and no reply that nobody signed.
AS anyone
POST /disclosure/track code={code} -> 303
  saves plain from location /disclosure/track/{plain}
GET /disclosure/track/{plain} -> 200
  has 政府信息公开申请登记回执
  lacks 答复书
  lacks 第三方意见征求书
GET /disclosure/track/{plain}/papers/receipt -> 200
  header content-type: application/pdf
GET /disclosure/track/{plain}/papers/third-1 -> 404
GET /disclosure/track/{plain}/papers/reply -> 404
GET /disclosure/track/7K4M2XQ9R3TW/papers/receipt -> 404
AS 科室负责人
GET /desk/request/{id}/letter -> 200
  has 下载 PDF
GET /desk/request/{id}/sign -> 200
POST /desk/request/{id}/sign -> 303
AS anyone
GET /disclosure/track/{plain} -> 200
  has 政府信息公开申请答复书
GET /disclosure/track/{plain}/papers/reply -> 200
  header content-type: application/pdf
AS 监督员
GET /desk/request/{id}/papers -> 403
