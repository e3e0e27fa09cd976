# 发文登记簿: numbers without a gap; a cancelled one stays; a record takes its number from its register.
AT 2026-11-23 09:00
AS 发布员
GET /desk/number -> 200
  has 还没有登记簿
POST /desk/number word=ZMY first=x -> 422
  has 机关代字只写汉字
  has 起始序号写
  field word=ZMY
POST /desk/number word=株牧渔发 purpose=下行文 first=31 -> 303
  saves register from location /desk/number/{register}?said=register-open
POST /desk/number word=株牧渔发 first=1 -> 422
  has 已有这个机关代字
GET /desk/number/{register} -> 200
  has 共 0 个号
POST /desk/number/{register}/take -> 422
  has 请写明为哪份文件取号
POST /desk/number/{register}/take about="关于检查的通知" -> 303
POST /desk/number/{register}/take about="关于培训的通知" -> 303
GET /desk/number/{register} -> 200
  has 株牧渔发〔2026〕31号
  has 株牧渔发〔2026〕32号
  has 没有断号
  saves number from page name="number" value="{number}"
POST /desk/number/{register}/void number={number} -> 422
  has 作废要写明原因
POST /desk/number/{register}/void number={number} reason="培训取消，文件不发。" -> 303
POST /desk/number/{register}/void number={number} reason="再来一次" -> 422
  has 已经作废
GET /desk/number/{register} -> 200
  has 作废 培训取消，文件不发。
  has 其中作废 1 个
AS 监督员
GET /desk/number/{register} -> 200
  has 株牧渔发〔2026〕32号
POST /desk/number/{register}/take about=试一试 -> 403

# A cancelled number is not given again.
AS 经办人
GET /desk/number/{register} -> 200
POST /desk/number/{register}/take about="关于免疫的通知" -> 303
GET /desk/number/{register} -> 200
  has 株牧渔发〔2026〕33号
  has 共 3 个号

# The record: reviewed first, then numbered; the review stands, the page says the number.
POST /desk/record kind=notice title="关于检疫的通知" text="正文" -> 303
  saves id from location /desk/record/{id}?said=saved
GET /desk/record/{id} -> 200
POST /desk/record/{id}/draft do=submit title="关于检疫的通知" openness=open ground=O20-13 issuer=株洲市畜牧兽医水产局 \
  column=results/policies text=<<END -> 303
各养殖场：
检疫 30 日前申报。
>> 株洲市畜牧兽医水产局
>>> 2026年11月
END
AS 保密审查员
GET /desk/record/{id} -> 200
  saves hash from page name="hash" value="{hash}"
POST /desk/record/{id}/review step=secrecy hash={hash} verdict=pass q-secret=no q-safety=no q-trade=no q-privacy=no q-internal=no q-sum=no -> 303
AS 经办人
GET /desk/record/{id} -> 200
  has 文号、日期和原件
GET /desk/record/{id}/late -> 200
  has 从登记簿取号
POST /desk/record/{id}/late number="株牧渔发[2026]34号" issued=明天 -> 422
  has 六角括号
  has 成文日期写成
POST /desk/record/{id}/late number="株牧渔发〔2026〕99号" -> 422
  has 由发文登记簿编号
POST /desk/record/{id}/late register={register} issued=2026-11-23 -> 303
GET /desk/record/{id}/late -> 200
  field number=株牧渔发〔2026〕34号
POST /desk/record/{id}/late number="株牧渔函〔2026〕1号" -> 422
  has 已经取了株牧渔发〔2026〕34号
AS anyone
GET /records/4302SHILI/2026-00001 -> 200
  has 株牧渔发〔2026〕34号
  has 第 1 版（当前）
  lacks 更正日期

# The original: only late fields differ, so it is served; one digit more, and it goes back with the difference shown.
AS 经办人
POST /desk/record/{id}/late/original -> 422
  has 请选择原件
POST /desk/record/{id}/late/original file:file=@原件.txt:"关于检疫的通知\n各养殖场：\n检疫 31 日前申报。\n株洲市畜牧兽医水产局\n2026年11月23日" -> 303
  location /desk/record/{id}/late?said=original-differs
GET /desk/record/{id}/late -> 200
  has 与审查过的一稿不同，没有公开
AS anyone
GET /records/4302SHILI/2026-00001 -> 200
  lacks 原件下载
AS 经办人
POST /desk/record/{id}/late/original file:file=@原件.txt:"关于检疫的通知\n株牧渔发〔2026〕34号\n各养殖场：\n检疫 30 日\n前申报。\n株洲市畜牧兽医水产局\n2026年11月23日\n（此件公开发布）" -> 303
  location /desk/record/{id}/late?said=original-same
AS anyone
GET /records/4302SHILI/2026-00001 -> 200
  has 原件下载
  has 原件.txt
GET /records/4302SHILI/2026-00001/v/1/original/原件.txt -> 200
  has 此件公开发布

# A scan that no machine reads needs the eyes of two persons.
AS 经办人
POST /desk/record/{id}/late/original file:file=@扫描.png:"像素" -> 303
  location /desk/record/{id}/late?said=original-unread
AS anyone
GET /records/4302SHILI/2026-00001/v/1/original/原件.txt -> 404
AS 经办人
GET /desk/record/{id}/late -> 200
  has 须由两位同事逐字核对
POST /desk/record/{id}/late/tick -> 422
  has 请逐字核对后勾选
POST /desk/record/{id}/late/tick read=yes -> 303
POST /desk/record/{id}/late/tick read=yes -> 422
  has 由另一位同事再核对一次
AS anyone
GET /records/4302SHILI/2026-00001 -> 200
  lacks 原件下载
AS 保密审查员
GET /desk/record/{id}/late -> 200
  has 经办人已核对
POST /desk/record/{id}/late/tick read=yes -> 303
AS anyone
GET /records/4302SHILI/2026-00001 -> 200
  has 扫描.png

# The number of what is public is not cancelled; hidden, the original is gone too.
AS 发布员
GET /desk/number/{register} -> 200
  saves used from page name="number" value="{used}"
POST /desk/number/{register}/void number={used} reason=试 -> 422
  has 已经公开，不能作废
POST /desk/record/{id}/hide -> 303
AS anyone
GET /records/4302SHILI/2026-00001/v/1/original/扫描.png -> 410
AS 经办人
GET /desk/record/{id}/late -> 200
POST /desk/record/{id}/late issued=2026-11-23 number="株牧渔发〔2026〕34号" -> 422
  has 请先复核
