# What this body may not publish itself stops at the gate until the reviewer of secrecy has decided.
AT 2026-11-23 09:00
AS 经办人
GET /desk/record/new -> 200
POST /desk/record kind=notice title="情况通报" text="6月3日，攸县某养殖场确诊非洲猪瘟疫情。" -> 303
  saves id from location /desk/record/{id}?said=saved
GET /desk/record/{id} -> 200
POST /desk/record/{id}/draft do=submit title="情况通报" openness=open ground=O20-12 column=management/safety/hot \
  text="6月3日，攸县某养殖场确诊非洲猪瘟疫情。" -> 303
GET /desk/record/{id} -> 200
  has 动物疫情由农业农村部或者获其授权的省级部门公布
  has 删去疫情内容
  has 第三十六条
  saves finding from page name="finding" value="{finding}"
POST /desk/record/{id}/finding finding={finding} reason="我觉得可以" -> 422
  has 须由保密审查员决定
AS 保密审查员
GET /desk/record/{id} -> 200
  saves hash from page name="hash" value="{hash}"
POST /desk/record/{id}/review step=secrecy hash={hash} verdict=pass q-secret=no q-safety=no q-trade=no q-privacy=no q-internal=no q-sum=no -> 303
  location /desk/record/{id}?said=passed
AS 发布员
GET /desk/record/{id} -> 200
POST /desk/record/{id}/publish -> 422
  has 机检发现没有处理
AS anyone
GET /management/safety/hot -> 302
AS 保密审查员
POST /desk/record/{id}/finding finding={finding} reason="转载省厅公布的内容，已核对来源" -> 303
AS 发布员
POST /desk/record/{id}/publish -> 303

# A training note on the same disease passes.
AS 经办人
GET /desk/record/new -> 200
POST /desk/record kind=notice title="非洲猪瘟防控知识培训" text="培训班讲解非洲猪瘟防控知识：如发现疑似症状，应当立即报告。" -> 303
  saves good from location /desk/record/{good}?said=saved
GET /desk/record/{good} -> 200
POST /desk/record/{good}/draft do=submit title="非洲猪瘟防控知识培训" openness=open ground=O20-12 column=interaction/news \
  text="培训班讲解非洲猪瘟防控知识：如发现疑似症状，应当立即报告。" -> 303
AS 保密审查员
GET /desk/record/{good} -> 200
  has 没有发现
  saves sum from page name="hash" value="{sum}"
POST /desk/record/{good}/review step=secrecy hash={sum} verdict=pass q-secret=no q-safety=no q-trade=no q-privacy=no q-internal=no q-sum=no -> 303
  location /desk/record/{good}?said=published

# Text files are read too.
AS 经办人
GET /desk/record/new -> 200
POST /desk/record kind=notice title="名单" text="见附件。" -> 303
  saves list from location /desk/record/{list}?said=saved
GET /desk/record/{list} -> 200
POST /desk/record/{list}/draft do=submit title="名单" openness=open ground=O20-12 column=interaction/news text="见附件。" \
  file:file=@list.txt:"攸县某养殖场确诊非洲猪瘟疫情。" -> 303
GET /desk/record/{list} -> 200
  has 附件“list.txt”
