# A leader on a telephone: three lines and two buttons. The same decision on paper, entered by one and confirmed by another.
AT 2026-11-23 09:00
AS 经办人
GET /desk -> 200
POST /desk/record kind=plan title=尾水治理方案 text="分三年治理。" -> 303
  saves id from location /desk/record/{id}?said=saved
GET /desk/record/{id} -> 200
POST /desk/record/{id}/draft do=submit title=尾水治理方案 openness=open ground=O20-2 column=results/policies text="分三年治理。" -> 303
AS 分管领导
GET /desk/approve -> 200
  has 没有等您签批的件
AS 科室负责人
GET /desk/record/{id} -> 200
  saves hash from page name="hash" value="{hash}"
POST /desk/record/{id}/review step=section hash={hash} verdict=pass q-inaccurate=no q-incomplete=no -> 303
AS 保密审查员
GET /desk/record/{id} -> 200
POST /desk/record/{id}/review step=secrecy hash={hash} verdict=pass q-secret=no q-safety=no q-trade=no q-privacy=no q-internal=no q-sum=no -> 303
AS 分管领导
GET /desk/approve -> 200
  has 等您签批 1 件
  has 尾水治理方案
  has 方案计划，经办人拟稿。已同意：科室审核 科室负责人、保密审查 保密审查员。
  has 机检没有发现问题
POST /desk/approve/{id} hash={hash} verdict=return -> 422
  has 退回要写明理由
POST /desk/approve/{id} hash={hash} verdict=return opinion=请补资金来源 -> 303
  location /desk/approve?said=returned
GET /desk/approve -> 200
  has 没有等您签批的件

# The next draft is signed on paper.
AS 经办人
GET /desk/record/{id} -> 200
  has 请补资金来源
POST /desk/record/{id}/take-up -> 303
GET /desk/record/{id} -> 200
POST /desk/record/{id}/draft do=submit title=尾水治理方案 openness=open ground=O20-2 column=results/policies text="分三年治理，资金由市级财政安排。" -> 303
AS 科室负责人
GET /desk/record/{id} -> 200
  saves hash from page name="hash" value="{hash}"
POST /desk/record/{id}/review step=section hash={hash} verdict=pass q-inaccurate=no q-incomplete=no -> 303
AS 保密审查员
GET /desk/record/{id} -> 200
POST /desk/record/{id}/review step=secrecy hash={hash} verdict=pass q-secret=no q-safety=no q-trade=no q-privacy=no q-internal=no q-sum=no -> 303
AS 经办人
GET /desk/record/{id}/approval-sheet -> 200
  has 政府信息公开审批单
  has 科室负责人
  has 所签文本的 SHA-256
  saves code from page <b class="code">{code}</b>
GET /desk/record/{id}/approval-sheet/qr.svg -> 200
  header content-type: image/svg+xml
GET /desk/record/{id}/signed -> 200
  saves leader from page value="{leader}">分管领导</option>
POST /desk/record/{id}/signed code=0000-0000-0000 leader={leader} verdict=pass signed_on=2026-11-23 file:image=@单.txt:"照片" -> 422
  has 纸上的编号与现在这一稿对不上
  has 不是 JPG、PNG 或 PDF
POST /desk/record/{id}/signed code=0000-0000-0000 leader={leader} verdict=pass signed_on=2026-12-01 \
  file:image=@单.pdf:"%PDF-1.7 scan" -> 422
  has 照片还在，不用再传
  has 签字日期在提交审查之后、今天以前
  saves held from page name="held" value="{held}"
POST /desk/record/{id}/signed code={code} leader={leader} verdict=pass signed_on=2026-11-23 held={held} -> 303
GET /desk/record/{id}/signed -> 200
  has 待确认
  lacks 一致，确认签批
  saves paper from page /signed/{paper}/image
GET /desk/record/{id}/signed/{paper}/image -> 200
  header content-type: application/pdf
# Neither an author nor who entered it confirms; what does not agree is entered again.
POST /desk/record/{id}/signed/{paper} same=yes -> 422
  has 您是本件经办人，不能确认
AT 2026-11-23 09:02
AS 发布员
GET /desk/record/{id}/signed -> 200
POST /desk/record/{id}/signed/{paper} same=no -> 303
  location /desk/record/{id}/signed?said=paper-refused
AT 2026-11-23 09:04
POST /desk/record/{id}/signed code={code} leader={leader} verdict=pass signed_on=2026-11-23 file:image=@单.pdf:"%PDF-1.7 scan" -> 303
GET /desk/record/{id}/signed -> 200
  saves paper from page /signed/{paper}/image
POST /desk/record/{id}/signed/{paper} same=yes -> 422
  has 您是登记人，不能确认
AS anyone
GET /records/4302SHILI/2026-00001 -> 404
AS 科室负责人
GET /desk/record/{id}/signed -> 200
  has 一致，确认签批
POST /desk/record/{id}/signed/{paper} same=yes -> 303
  location /desk/record/{id}?said=published
POST /desk/record/{id}/signed/{paper} same=yes -> 422
  has 已经处理过了
GET /desk/record/{id} -> 200
  has 分管领导
  has 纸面签批
AS anyone
GET /records/4302SHILI/2026-00001 -> 200
  has 资金由市级财政安排
AS 监督员
GET /desk/journal -> 200
  has enter-signed
  has confirm-signed
GET /desk/reviewers -> 200
  has 科室负责人
  has 2 次
