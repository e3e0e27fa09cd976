# A reader asks for a correction: a receipt, the same receipt for a repeated form, an answer only the holder reads.
AT 2026-11-23 09:00
AS anyone
GET /correction?page=/disclosure/guide -> 200
  field page=/disclosure/guide
  has 本局承诺
  has 身份证号不要填
  header cache-control: no-store

# Nothing typed is lost, and every fault is told at once.
POST /correction page=https://elsewhere.example/a topic=own-data what="" contact=canary-reader -> 422
  has 这不是本网站的页面地址
  has 请写明哪里不对
  has 请填写姓名
  field contact=canary-reader
  field topic=own-data
POST /correction page=/disclosure/guide topic=wrong what="机密★20年\n\ncanary-secret" -> 422
  has 涉密内容不得在网上提交

POST /correction page=/disclosure/guide topic=wrong what="canary-what 的电话少了一位" should="canary-should" contact=canary-reader -> 303
  saves code from location /correction/receipt/{code}
POST /correction page=/disclosure/guide topic=wrong what="canary-what 的电话少了一位" should="canary-should" contact=canary-reader -> 303
  location /correction/receipt/{code}
GET /correction/receipt/{code} -> 200
  has 更正申请已收到
  has 11月30日24时截止
  has 本局承诺
  lacks {code}
  lacks canary
  header cache-control: no-store
GET /correction/receipt/7K4M2XQ9R3TW -> 404
  has 查询码不对

# Who supervises sees that it lies there, not what it says.
AS 监督员
GET /desk/correction -> 200
  has /disclosure/guide
  has 剩 4 个工作日
  lacks canary

AS 系统管理员
GET /desk/correction -> 403

# The clerk opens it, which accepts it, and answers.
AS 经办人
GET /desk/correction -> 200
  has 等着答复
  lacks canary
  saves id from page href="/desk/correction/{id}"
GET /desk/correction/{id} -> 200
  has canary-what 的电话少了一位
  has canary-should
  has canary-reader
AS anyone
GET /correction/receipt/{code} -> 200
  has 核对办理（进行中）
AS 监督员
GET /desk/correction/{id} -> 403
AS 经办人
AT 2026-11-23 15:00
POST /desk/correction/{id}/answer outcome=not-verified reply="canary-reply" -> 422
  has 只有涉及本人信息的更正才核对身份
  field reply=canary-reply
POST /desk/correction/{id}/answer outcome=corrected reply="canary-reply 号码已补全。" -> 303
  location /desk/correction?said=answered
POST /desk/correction/{id}/answer outcome=corrected reply="another" -> 409
  has 不能再答复一次
  field reply=another
GET /desk/correction?said=answered -> 200
  has 已经答复
  has 已更正
  lacks canary
AS anyone
GET /correction/receipt/{code} -> 200
  has 更正申请已答复
  has 已更正
  has canary-reply 号码已补全
  lacks canary-what

# The code works however it is written; a wrong one says where to look.
AS anyone
GET /correction/track -> 200
POST /correction/track code=7K4M-2XQ9-R3TW -> 422
  has 它印在回执第一行
  field code=7K4M-2XQ9-R3TW
POST /correction/track code={code} -> 303
  location /correction/receipt/{code}

# The journal holds facts, and no word of the letter.
AS 监督员
GET /desk/journal -> 200
  has receive
  has open-submission
  has answer-submission
  has secret-mark-refused
  lacks canary
  lacks {code}

# 已更正 is said only when the page was corrected: the clerk opens the record, the new version passes review, then the
# reader is told.
AT 2026-11-23 16:00
AS 经办人
GET /desk -> 200
POST /desk/record kind=notice title="检疫通知" text="电话 28680000。" -> 303
  saves record from location /desk/record/{record}?said=saved
GET /desk/record/{record} -> 200
POST /desk/record/{record}/draft do=submit title="检疫通知" openness=open ground=O20-13 column=results/policies text="请到办公室申报。" -> 303
AS 保密审查员
GET /desk/record/{record} -> 200
  saves hash from page name="hash" value="{hash}"
POST /desk/record/{record}/review step=secrecy hash={hash} verdict=pass q-secret=no q-safety=no q-trade=no q-privacy=no q-internal=no q-sum=no -> 303
AT 2026-11-23 16:10
AS anyone
GET /correction -> 200
POST /correction page=/records/4302SHILI/2026-00001 topic=wrong what="地点不对" -> 303
  saves code from location /correction/receipt/{code}
AS 经办人
GET /desk/correction -> 200
  saves second from page href="/desk/correction/{second}"
GET /desk/correction/{second} -> 200
  has 打开这一件，更正或者隐藏
POST /desk/correction/{second}/answer outcome=corrected reply="改好了。" -> 422
  has 还没有更正
  field reply=改好了。
POST /desk/correction/{second}/answer outcome=taken-down reply="撤下了。" -> 422
  has 还在公开
AT 2026-11-23 16:20
GET /desk/record/{record} -> 200
POST /desk/record/{record}/take-up -> 303
GET /desk/record/{record} -> 200
POST /desk/record/{record}/draft do=submit title="检疫通知" openness=open ground=O20-13 column=results/policies \
  change="申报地点改为检疫站。" text="请到检疫站申报。" -> 303
AS 保密审查员
GET /desk/record/{record} -> 200
  saves hash from page name="hash" value="{hash}"
POST /desk/record/{record}/review step=secrecy hash={hash} verdict=pass q-secret=no q-safety=no q-trade=no q-privacy=no q-internal=no q-sum=no \
  password="湘江边的水产站 2017" -> 303
AS 经办人
GET /desk/correction/{second} -> 200
POST /desk/correction/{second}/answer outcome=corrected reply="改好了。" -> 303
AS anyone
GET /correction/receipt/{code} -> 200
  has 已更正
  has 改好了。
