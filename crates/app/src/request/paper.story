# What comes on paper is taken down; a code is given out once; clocks make their moves at night; withdrawal ends it.
AT 2026-11-23 09:00
AS 经办人
GET /desk/request -> 200
  has 登记收到的申请
GET /desk/request/new -> 200
POST /desk/request/new channel=registered submitted=2026-11-24 who=person name=申请人乙 wanted="渔业油补明细" -> 422
  has 提交日，不能是以后的日子
  field wanted=渔业油补明细
POST /desk/request/new channel=registered submitted=2026-11-20 who=person name=申请人乙 wanted="渔业油补明细" -> 303
  saves id from location /desk/request/{id}?said=entered
POST /desk/request/new channel=registered submitted=2026-11-20 who=person name=申请人乙 wanted="渔业油补明细" -> 303
  location /desk/request?said=entered
GET /desk/request/{id}/register -> 200
  has 签收日
POST /desk/request/{id}/register signed=2026-11-20 wanted="油补" -> 303
GET /desk/request/{id}/code -> 200
POST /desk/request/{id}/code -> 200
  has 以前的查询码已经失效
  saves code from page <p class="request-code code">{code}</p>
AS anyone
POST /disclosure/track code={code} -> 303
GET /disclosure/track/{code} -> 200
  has 正在办理
  has 收到申请日
  has 2026年11月20日

# Nobody extends what has run out; before that the head does, once.
AS 科室负责人
GET /desk/request/{id}/extend -> 200
POST /desk/request/{id}/extend extend_why="需要检索档案" extend_told=2026-11-23 -> 303
GET /desk/request/{id} -> 200
  has 答复期限只能延长一次
AS 经办人
POST /desk/request/{id}/extend -> 403

# Unanswered, the notice of correction ends it by the clock.
GET /desk/request/{id}/correct -> 200
POST /desk/request/{id}/correct correct_what="哪一年的" correct_by=2026-11-30 -> 303
AT 2026-12-01 08:00
POST /desk/sign-in name=jingban password="湘江边的水产站 2017" -> 303
JOBS
GET /desk/request?show=closed -> 200
  has 依申请〔2026〕1号
AS anyone
GET /disclosure/track/{code} -> 200
  has 已办结
  has 无正当理由逾期不补正

# Another one, withdrawn by its applicant.
GET /disclosure/apply/form -> 200
POST /disclosure/apply/form who=organisation org_name=某公司 org_class=business org_contact=联系人 \
  org_code=91430000000000000K phone=0731-28680000 wanted="名单" form=paper delivery=counter -> 422
  has 统一社会信用代码不对
POST /disclosure/apply/form who=person name=申请人丙 id_kind=resident id_number=11010519491231002X phone=0731-28680000 \
  wanted="名单" form=paper delivery=counter -> 200
POST /disclosure/apply/send ... -> 303
  saves other from location /disclosure/track/{other}
GET /disclosure/track/{other} -> 200
  has 撤回申请
POST /disclosure/track/{other}/withdraw -> 303
GET /disclosure/track/{other} -> 200
  has 已办结
  has 申请人撤回
POST /disclosure/track/{other}/collect -> 422
  has 不能办理这一项
