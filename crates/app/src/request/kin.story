# One letter that asks two things becomes two cases; two letters that ask the same become one. One code opens them.
AT 2026-11-23 09:00
AS 系统管理员
GET /desk/body -> 200
POST /desk/body ... reconsideration=某市人民政府 reconsideration_address=某路1号 court=某人民法院 court_address=某路2号 -> 303
AS anyone
GET /disclosure/apply/form -> 200
POST /disclosure/apply/form who=person name=申请人丁 id_kind=passport id_number=G00000001 phone=0731-28680000 \
  wanted="补贴名单和疫苗采购合同" form=electronic delivery=platform -> 200
POST /disclosure/apply/send ... -> 303
  saves code from location /disclosure/track/{code}
AS 经办人
GET /desk/request -> 200
  saves a from page <a href="/desk/request/{a}">依申请
GET /desk/request/{a}/split -> 422
  has 现在是“待确认”，不能办理这一项
GET /desk/request/{a}/register -> 200
POST /desk/request/{a}/register confirmed=2026-11-23 wanted="补贴名单和疫苗采购合同" -> 303
GET /desk/request/{a} -> 200
  has 分件办理
GET /desk/request/{a}/split -> 200
  has 补贴名单和疫苗采购合同
POST /desk/request/{a}/split item-1="补贴名单" -> 422
  has 至少写两项
  field item-1=补贴名单
POST /desk/request/{a}/split item-1="补贴名单" item-3="疫苗采购合同" -> 303
  location /desk/request/{a}?said=split
POST /desk/request/{a}/split item-1="补贴名单" item-3="疫苗采购合同" -> 303
  location /desk/request/{a}?said=split
GET /desk/request/{a} -> 200
  has 分出的申请 依申请〔2026〕2号
GET /desk/request -> 200
  has 依申请〔2026〕2号
  lacks 依申请〔2026〕3号
AS anyone
GET /disclosure/track/{code} -> 200
  has 依申请〔2026〕1号（办理中）
  has 依申请〔2026〕2号（办理中）
  has 12月21日24时截止
GET /disclosure/track/{code}?case=2026-2 -> 200
  has 分出本件的申请 依申请〔2026〕1号
  has 12月21日24时截止
GET /disclosure/track/{code}/papers/receipt?case=2026-2 -> 200
  header content-type: application/pdf

# The same person asks for the list once more, by letter.
AT 2026-11-24 09:00
AS 经办人
POST /desk/sign-in name=jingban password="湘江边的水产站 2017" -> 303
GET /desk/request/new -> 200
POST /desk/request/new channel=counter submitted=2026-11-24 who=person name=申请人丁 id_kind=passport \
  id_number="g 00000001" \
  wanted="补贴名单" -> 303
  saves c from location /desk/request/{c}?said=entered
GET /desk/request/{c}/register -> 200
POST /desk/request/{c}/register wanted="补贴名单" -> 303
GET /desk/request/{c}/code -> 200
POST /desk/request/{c}/code -> 200
  saves second from page <p class="request-code code">{second}</p>
# Another person's is not offered, and what came first does not go into what came later.
GET /desk/request/new -> 200
POST /desk/request/new channel=counter submitted=2026-11-23 who=person name=申请人戊 wanted="补贴名单" -> 303
  saves d from location /desk/request/{d}?said=entered
GET /desk/request/{d}/register -> 200
POST /desk/request/{d}/register wanted="补贴名单" -> 303
GET /desk/request/{c}/join -> 200
  has 依申请〔2026〕1号
  has 依申请〔2026〕2号
  lacks 依申请〔2026〕4号
POST /desk/request/{c}/join -> 422
  has 请选择并入哪一件
POST /desk/request/{c}/join into={d} -> 422
  has 请选择并入哪一件
POST /desk/request/{c}/join into={a} -> 303
  location /desk/request/{c}?said=joined
GET /desk/request/{a} -> 200
  has 一并答复的申请 依申请〔2026〕3号
GET /desk/request?show=closed -> 200
  has 依申请〔2026〕3号
AS 科室负责人
GET /desk/request/{c}/papers/joined -> 200
  header content-type: application/pdf
AS 经办人
GET /desk/request/{a}/decide -> 200
POST /desk/request/{a}/decide outcome=3.1 reply="名单附后。" -> 303
AS 科室负责人
GET /desk/request/{a}/sign -> 200
POST /desk/request/{a}/sign -> 303

# Either code leads to the one reply.
AS anyone
POST /disclosure/track code={second} -> 303
  saves plain from location /disclosure/track/{plain}
GET /disclosure/track/{plain} -> 200
  has 已并入另一件
  has 依申请〔2026〕1号（待送达）
  lacks 依申请〔2026〕2号
  lacks 名单附后
GET /disclosure/track/{plain}?case=2026-1 -> 200
  has 名单附后
POST /disclosure/track/{plain}/collect case=2026-1 -> 303
  location /disclosure/track/{plain}?case=2026-1
GET /disclosure/track/{code} -> 200
  has 已办结
