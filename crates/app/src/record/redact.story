# What may not be opened is taken out of an attachment and of the text, and only the copy goes out (条例 37).
AT 2026-11-23 18:00
AS 经办人
GET /desk/record/new -> 200
POST /desk/record kind=notice title="关于发放补助的通知" text="联系电话 13912345678。" -> 303
  saves id from location /desk/record/{id}?said=saved
GET /desk/record/{id}/files -> 200
POST /desk/record/{id}/files file:file=@名单.txt:"户主 张三丰\n电话 13912345678\n金额 800 元" -> 303
POST /desk/record/{id}/files load:file=@hidden.docx -> 303
GET /desk/record/{id}/files -> 200
  has 看不见的内容 2 处
  has 这里先不要写
  saves f from page /redact/{f}">遮盖<span class="vh">名单.txt
  saves g from page /redact/{g}">遮盖<span class="vh">hidden.docx
GET /desk/record/{id}/redact/{f} -> 200
  has 机器识读的文字
  has 依据第十五条，个人隐私
  lacks 国家秘密（
# Nothing chosen, words that stand nowhere, words that stand everywhere: nothing is made, and what was written stays.
POST /desk/record/{id}/redact/{f} passage-1="" -> 422
  has 没有选要遮盖的内容
POST /desk/record/{id}/redact/{f} passage-1=李四光 ground-p1=N5 -> 422
  has 文件里没有找到“李四光”
  field passage-1=李四光
POST /desk/record/{id}/redact/{f} passage-1=三 ground-p1=N5 -> 422
  has 太短
POST /desk/record/{id}/redact/{f} passage-1=张三丰 ground-p1=N1 -> 422
  has 每一处都要选现行的依据
POST /desk/record/{id}/redact/{f} passage-1=张三丰 ground-p1=N5 passage-2="139 1234 5678" ground-p2=N5 -> 303
  location /desk/record/{id}/files?said=copy-redacted
GET /desk/record/{id}/files -> 200
  has 已遮盖 2 处。已再次提取，原文不在。
  has 名单（区分处理）.txt
  saves copy from page /copied/{copy}">名单.txt
GET /desk/record/{id}/copied/{copy} -> 200
  has 13912345678
# A copy without what nobody sees, at one press.
POST /desk/record/{id}/clean/{g} -> 303
  location /desk/record/{id}/files?said=copy-cleaned
GET /desk/record/{id}/files -> 200
  lacks 这里先不要写
  has 已清除看不见的内容 2 处。已再次提取，没有剩下的。
# The same for the text.
GET /desk/record/{id}/redact -> 200
POST /desk/record/{id}/redact passage-1=没有这些字 ground-p1=N5 -> 422
  has 正文里没有找到
POST /desk/record/{id}/redact passage-1=13912345678 ground-p1=N5 -> 303
  location /desk/record/{id}/check?said=text-redacted
GET /desk/record/{id} -> 200
POST /desk/record/{id}/draft do=submit ... title="关于发放补助的通知" openness=open ground=O20-13 \
  column=management/safety class=inspection number="株牧渔发〔2026〕31号" issued=2026-11-20 \
  effective=2026-11-24 issuer=株洲市畜牧兽医水产局 summary="补助的发放。" -> 303
AS 保密审查员
GET /desk/record/{id} -> 200
  saves hash from page name="hash" value="{hash}"
GET /desk/record/{id}/copied/{copy} -> 200
POST /desk/record/{id}/review step=secrecy hash={hash} verdict=pass q-secret=no q-safety=no q-trade=no q-privacy=no q-internal=no q-sum=no -> 303

AS anyone
GET /records/4302SHILI/2026-00001 -> 200
  has 联系电话 ■■■（依据第十五条，个人隐私）
  has 名单（区分处理）.txt
  lacks 13912345678
GET /records/4302SHILI/2026-00001/v/1/files/名单（区分处理）.txt -> 200
  has 户主 ■■■（依据第十五条，个人隐私）
  has 金额 800 元
  lacks 张三丰
  lacks 13912345678
GET /records/4302SHILI/2026-00001/v/1/files/名单.txt -> 404
GET /records/4302SHILI/2026-00001.txt -> 200
  lacks 13912345678
