# The review desk: what is masked, the conclusions, taking back, the password after a quarter of an hour.
AT 2026-11-23 09:00
AS 经办人
GET /desk -> 200
POST /desk/record kind=notice title=养殖户培训公告 text="联系人手机 13912345678。" -> 303
  saves id from location /desk/record/{id}?said=saved
GET /desk/record/{id} -> 200
POST /desk/record/{id}/draft do=submit title=养殖户培训公告 openness=open ground=O20-13 column=results/policies \
  text="联系人手机 13912345678。" -> 303
# Who wrote it sees it as it is; everybody else sees what is about persons masked.
GET /desk/record/{id} -> 200
  has 13912345678
  has 待保密审查（保密审查员、另一位保密审查员）
AS 保密审查员
GET /desk/record/{id} -> 200
  has 139****5678
  lacks 13912345678
  has 报请确定
  saves hash from page name="hash" value="{hash}"
GET /desk/record/{id}/preview -> 200
  lacks 13912345678

# To see it is an act with a purpose; what was typed into the card stays.
POST /desk/record/{id}/original purpose-kind=verify purpose="" opinion=写了一半的意见 -> 422
  has 请写一句用途
  lacks 13912345678
  field opinion=写了一半的意见
POST /desk/record/{id}/original purpose=核对是不是办公电话 -> 422
  has 请选择为什么要看原文
  lacks 13912345678
  field purpose=核对是不是办公电话
POST /desk/record/{id}/original purpose-kind=verify purpose=核对是不是办公电话 opinion=写了一半的意见 q-secret=no -> 200
  has 13912345678
  field opinion=写了一半的意见
GET /desk/record/{id} -> 200
  lacks 13912345678
AS 监督员
GET /desk/record/{id} -> 200
  has 原文查看记录 1 次
  has 核对机检发现：核对是不是办公电话
GET /desk/journal -> 200
  has show-original
  lacks 办公电话

# Answers and conclusion must agree; a doubtful matter is referred, and nothing is public meanwhile.
AS 保密审查员
POST /desk/record/{id}/review step=secrecy hash={hash} verdict=redact opinion=删去号码 q-secret=no q-safety=no q-trade=no q-privacy=no q-internal=no q-sum=no -> 422
  has 请在上面把相应的问题答“是”
  field opinion=删去号码
POST /desk/record/{id}/review step=secrecy hash={hash} verdict=refer -> 422
  has 报请确定要写明
POST /desk/record/{id}/review step=secrecy hash={hash} verdict=refer opinion=第一段吃不准是否涉密 -> 303
  location /desk/record/{id}?said=referred
GET /desk/record/{id} -> 200
  has 已报请确定
  has 12月7日24时截止
  has 第一段吃不准是否涉密
POST /desk/record/{id}/review step=secrecy hash={hash} verdict=redact opinion=删去手机号码 q-secret=no q-safety=no q-trade=no q-privacy=yes \
  q-internal=no q-sum=no -> 303
  location /desk/record/{id}?said=returned
GET /desk/record/{id} -> 200
  has 区分处理后公开
  has 删去手机号码

# Taken back while nobody has decided; by its author only, and only then.
AS 经办人
GET /desk -> 200
  has 看退回理由
POST /desk/record/{id}/take-back -> 422
  has 不能收回
POST /desk/record/{id}/take-up -> 303
GET /desk/record/{id} -> 200
POST /desk/record/{id}/draft do=submit title=养殖户培训公告 openness=open ground=O20-13 column=results/policies \
  text="详情请到窗口咨询。" -> 303
AS 另一位经办人
GET /desk -> 200
POST /desk/record/{id}/take-back -> 422
  has 只有本件经办人能收回
AS 保密审查员
GET /desk/record/{id} -> 200
  saves hash from page name="hash" value="{hash}"
AS 经办人
POST /desk/record/{id}/take-back -> 303
  location /desk/record/{id}?said=taken-back
GET /desk/record/{id}?said=taken-back -> 200
  has 已收回，现在可以接着改
  field title=养殖户培训公告
AS 保密审查员
GET /desk -> 200
  lacks 养殖户培训公告
POST /desk/record/{id}/review step=secrecy hash={hash} verdict=pass q-secret=no q-safety=no q-trade=no q-privacy=no q-internal=no q-sum=no -> 422
  has 经办人已收回这一稿
AS 经办人
GET /desk/record/{id} -> 200
POST /desk/record/{id}/draft do=submit title=养殖户培训公告 openness=open ground=O20-13 column=results/policies \
  text="详情请到局办公室咨询。" -> 303

# A quarter of an hour after the password it is asked for again; nothing typed is lost.
AT 2026-11-23 09:16
AS 保密审查员
GET /desk/record/{id} -> 200
  has 签名前再输一次
  saves hash from page name="hash" value="{hash}"
POST /desk/record/{id}/review step=secrecy hash={hash} verdict=pass opinion=可以公开 q-secret=no q-safety=no q-trade=no q-privacy=no q-internal=no q-sum=no -> 422
  has 请再输一次密码
  field opinion=可以公开
POST /desk/record/{id}/review step=secrecy hash={hash} verdict=pass opinion=可以公开 password=wrong q-secret=no q-safety=no q-trade=no q-privacy=no q-internal=no q-sum=no -> 422
  has 密码或动态码不对
  field opinion=可以公开
AS anyone
GET /records/4302SHILI/2026-00001 -> 404
AS 保密审查员
POST /desk/record/{id}/review step=secrecy hash={hash} verdict=pass opinion=可以公开 \
  password="湘江边的水产站 2017" q-secret=no q-safety=no q-trade=no q-privacy=no q-internal=no q-sum=no -> 303
  location /desk/record/{id}?said=published
AS anyone
GET /records/4302SHILI/2026-00001 -> 200
  has 局办公室咨询
  lacks 可以公开

# After one decision the next that waits; the password holds for a quarter of an hour.
AT 2026-11-23 09:20
AS 经办人
GET /desk -> 200
POST /desk/record kind=notice title=第一件通知 text=内容甲 -> 303
  saves a from location /desk/record/{a}?said=saved
GET /desk/record/{a} -> 200
POST /desk/record/{a}/draft do=submit title=第一件通知 openness=open ground=O20-13 column=results/policies text=内容甲 -> 303
POST /desk/record kind=notice title=第二件通知 text=内容乙 -> 303
  saves b from location /desk/record/{b}?said=saved
GET /desk/record/{b} -> 200
POST /desk/record/{b}/draft do=submit title=第二件通知 openness=open ground=O20-13 column=results/policies text=内容乙 -> 303
AS 保密审查员
GET /desk/record/{a} -> 200
  lacks 签名前再输一次
  saves hash from page name="hash" value="{hash}"
POST /desk/record/{a}/review step=secrecy hash={hash} verdict=pass q-secret=no q-safety=no q-trade=no q-privacy=no q-internal=no q-sum=no -> 303
  location /desk/record/{b}?after={a}&said=published
GET /desk/record/{b}?after={a}&said=published -> 200
  has 已公开。下面是等您办的下一件。
