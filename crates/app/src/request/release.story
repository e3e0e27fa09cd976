# 部分公开: a copy is made of a file of the case, proved clean, and goes to the applicant with the signed reply; the
# original never leaves the desk.
AT 2026-11-23 09:00
AS 系统管理员
GET /desk/body -> 200
POST /desk/body ... reconsideration=某市人民政府 reconsideration_address=某路1号 court=某人民法院 court_address=某路2号 -> 303
AS 经办人
GET /desk/request/new -> 200
POST /desk/request/new channel=counter submitted=2026-11-23 who=person name=申请人己 wanted="补贴名单" -> 303
  saves id from location /desk/request/{id}?said=entered
GET /desk/request/{id}/release -> 200
  has 还没有放入文件
POST /desk/request/{id}/release file:file=@名单.txt:"户主 张三丰\n金额 800 元" -> 422
  has 只有在办理中才能改动文件
GET /desk/request/{id}/register -> 200
POST /desk/request/{id}/register wanted="补贴名单" -> 303
GET /desk/request/{id}/code -> 200
POST /desk/request/{id}/code -> 200
  saves code from page <p class="request-code code">{code}</p>
GET /desk/request/{id}/release -> 200
POST /desk/request/{id}/release file:file=@名单.exe:"x" -> 422
  has 格式不能上传
POST /desk/request/{id}/release file:file=@名单.txt:"户主 张三丰\n金额 800 元" file:file=@说明.txt:"口径说明" -> 303
GET /desk/request/{id}/release -> 200
  has 没有副本，申请人得不到这份文件
  saves f from page /release/{f}/redact">遮盖一部分<span class="vh">名单.txt
  saves g from page /release/{g}/redact">遮盖一部分<span class="vh">说明.txt
GET /desk/request/{id}/release/{f} -> 200
  has 张三丰
GET /desk/request/{id}/release/{f}/redact -> 200
  has 依据第十五条，个人隐私
POST /desk/request/{id}/release/{f}/redact passage-1=李四光 ground-p1=N5 -> 422
  has 文件里没有找到“李四光”
  field passage-1=李四光
POST /desk/request/{id}/release/{f}/redact passage-1=张三丰 ground-p1=N5 -> 303
  location /desk/request/{id}/release?said=release-made
GET /desk/request/{id}/release -> 200
  has 名单（区分处理）.txt
  has 已遮盖 1 处
  saves copy from page /release/{copy}">名单（区分处理）
# A copy of a copy is none, and a file of another case is none of this.
GET /desk/request/new -> 200
POST /desk/request/new channel=counter submitted=2026-11-23 who=person name=申请人庚 wanted="名单" -> 303
  saves other from location /desk/request/{other}?said=entered
GET /desk/request/{other}/release/{f} -> 404
GET /desk/request/{id}/decide -> 200
POST /desk/request/{id}/decide outcome=3.2 ground=15 reply="名单附后，姓名不公开。" -> 303
POST /desk/request/{id}/release/{copy}/remove -> 422
  has 先退回修改
AS anyone
POST /disclosure/track code={code} -> 303
  saves plain from location /disclosure/track/{plain}
GET /disclosure/track/{plain} -> 200
  lacks 名单（区分处理）
GET /disclosure/track/{plain}/files/{copy} -> 404
AS 科室负责人
GET /desk/request/{id}/release/{copy} -> 200
  has 依据第十五条，个人隐私
GET /desk/request/{id}/sign -> 200
POST /desk/request/{id}/sign -> 303
AS 监督员
GET /desk/request/{id}/release -> 403
AS anyone
GET /disclosure/track/{plain} -> 200
  has 名单（区分处理）.txt
  lacks 说明.txt
GET /disclosure/track/{plain}/files/{copy} -> 200
  has ■■■（依据第十五条，个人隐私）
  has 金额 800 元
  lacks 张三丰
  header cache-control: no-store
GET /disclosure/track/{plain}/files/{f} -> 404
GET /disclosure/track/{plain}/files/{g} -> 404
GET /disclosure/track/7K4M2XQ9R3TW/files/{copy} -> 404
