# A reader checks what they hold: same, older, different, unknown, taken down. Nothing that they send is kept.
AT 2026-11-23 18:00
AS 经办人
GET /desk/record/new -> 200
POST /desk/record kind=notice title="关于秋季检疫的通知" text="第一版。" -> 303
  saves id from location /desk/record/{id}?said=saved
GET /desk/record/{id} -> 200
POST /desk/record/{id}/draft do=submit title="关于秋季检疫的通知" openness=open ground=O20-13 \
  column=management/safety class=inspection issuer=株洲市畜牧兽医水产局 text="第一版。" -> 303
AS 保密审查员
GET /desk/record/{id} -> 200
  saves hash from page name="hash" value="{hash}"
POST /desk/record/{id}/review step=secrecy hash={hash} verdict=pass q-secret=no q-safety=no q-trade=no q-privacy=no q-internal=no q-sum=no -> 303

AS anyone
GET /verify -> 200
  has 公开凭证核验
  header cache-control: no-store
GET /records/4302SHILI/2026-00001 -> 200
  has 凭证号 4302SHILI/2026-00001-1
  has 看凭证和核验
# The log is a few seconds behind; the page says so.
GET /records/4302SHILI/2026-00001/receipt -> 200
  has 已公开，凭证生成中
  has 证明这份信息在什么时候、以什么内容公开
GET /records/4302SHILI/2026-00001/v/1/receipt.tlog-proof -> 404
GET /records/4302SHILI/2026-00009/receipt -> 404
GET /records/4302SHILI/2026-00001/v/2/receipt -> 404

GET /verify?number=4302SHILI/2026-00001 -> 200
  has 有这份凭证
  has 关于秋季检疫的通知
GET /verify?digest={hash} -> 200
  has 完全相同
POST /verify number=4302SHILI/2026-00001-1 file:file=@a.txt:"改过的内容" -> 200
  has 不一致
  has 请以本平台为准
POST /verify number="" digest="" -> 422
  has 请填凭证号、选择文件或者填摘要
POST /verify number="随便写的" digest=123 -> 422
  has 凭证号不对
  has 摘要应为 64 位
  field number=随便写的
  field digest=123
GET /verify?number=4302SHILI/2026-00002 -> 200
  has 查无此件
GET /verify/log -> 200
  has 登记簿里还没有条目
GET /verify/keys -> 200
GET /ledger/checkpoint -> 404
GET /verify/submission -> 303
  location /correction/track

AS 发布员
GET /desk/record/{id} -> 200
AS 科室负责人
GET /desk/record/{id} -> 200
POST /desk/record/{id}/withdraw reason=error -> 303
AS anyone
GET /records/4302SHILI/2026-00001/receipt -> 410
GET /verify?number=4302SHILI/2026-00001 -> 200
  has 已撤下
  has 内容有误，正在核对
  lacks 秋季检疫
# A copy alone is known, too.
GET /verify?digest={hash} -> 200
  has 已撤下
  lacks 秋季检疫

# Of what was taken down to protect somebody not even the digest is kept.
AS 经办人
GET /desk/record/new -> 200
POST /desk/record kind=notice title="关于补贴发放的通知" text="名单另发。" -> 303
  saves id from location /desk/record/{id}?said=saved
GET /desk/record/{id} -> 200
POST /desk/record/{id}/draft do=submit title="关于补贴发放的通知" openness=open ground=O20-13 \
  column=management/safety class=inspection issuer=株洲市畜牧兽医水产局 text="名单另发。" -> 303
AS 保密审查员
GET /desk/record/{id} -> 200
  saves hash from page name="hash" value="{hash}"
POST /desk/record/{id}/review step=secrecy hash={hash} verdict=pass q-secret=no q-safety=no q-trade=no q-privacy=no q-internal=no q-sum=no -> 303
AS anyone
GET /verify?digest={hash} -> 200
  has 完全相同
AS 科室负责人
GET /desk/record/{id} -> 200
POST /desk/record/{id}/withdraw reason=privacy -> 303
AS anyone
GET /verify?digest={hash} -> 200
  has 查无此件
GET /verify?number=4302SHILI/2026-00002 -> 200
  has 已撤下
