# What a reader finds: page, twins, versions, what changed, files; and 410 on every path of it afterwards.
AT 2026-11-23 18:00
AS 经办人
GET /desk/record/new -> 200
POST /desk/record kind=notice title="关于秋季水产养殖检查的通知" text="各养殖场：" -> 303
  saves id from location /desk/record/{id}?said=saved
GET /desk/record/{id} -> 200
POST /desk/record/{id}/draft do=submit title="关于秋季水产养殖检查的通知" openness=open ground=O20-13 \
  column=management/safety class=inspection number="株牧渔发〔2026〕31号" issued=2026-11-20 effective=2026-11-24 \
  issuer=株洲市畜牧兽医水产局 keywords=水产、检查 summary="秋季检查的内容和时间。" \
  note="原文没有写明联系人。" file:file=@检查表.txt:"池号 日期" text=<<END -> 303
# 一、检查内容
应当在五日内告知。
| 日期 | 县市区 |
|---|---|
| 11月25日 | 渌口区 |
END
AS 保密审查员
GET /desk/record/{id} -> 200
  saves hash from page name="hash" value="{hash}"
POST /desk/record/{id}/review step=secrecy hash={hash} verdict=pass q-secret=no q-safety=no q-trade=no q-privacy=no q-internal=no q-sum=no -> 303

AS anyone
GET /records/4302SHILI/2026-00001 -> 200
  has 尚未施行
  has 通知公告
  has 索引号 4302SHILI/2026-00001
  has 公开日期 2026-11-23 18:00
  has 公开依据 《政府信息公开条例》第二十条第十三项
  has 这份文件从2026年11月24日起施行
  has 编者注
  has 原文没有写明联系人
  has 检查表.txt
  has 第 1 版（当前）
  has 首次公开
  has 内容摘要（SHA-256）
  saves i from page /records/4302SHILI/2026-00001/v/1/files/{i}/
  lacks 与第
GET /records/4302SHILI/2026-00001/v/1/files/{i}/检查表.txt -> 200
  header content-disposition: attachment; filename*=UTF-8''%E6%A3%80%E6%9F%A5%E8%A1%A8%2Etxt
  header x-content-type-options: nosniff
  has 池号 日期
GET /records/4302SHILI/2026-00001/v/1/files/检查表.txt -> 200
  has 池号 日期
GET /records/4302SHILI/2026-00001/v/1/files/9/检查表.txt -> 404
GET /records/4302SHILI/2026-00001.json -> 200
  header content-type: application/json; charset=utf-8
  has "index_no": "4302SHILI/2026-00001"
  has "validity": "尚未施行"
  has "keywords": [ "水产", "检查" ]
GET /api/v1/records/4302SHILI/2026-00001 -> 200
  has "number": "株牧渔发〔2026〕31号"
GET /records/4302SHILI/2026-00001.txt -> 200
  header content-type: text/plain; charset=utf-8
  has 文号：株牧渔发〔2026〕31号
  has 应当在五日内告知
  has 编者注（不是原文）
GET /records/4302SHILI/2026-00001/print -> 200
  has 渌口区
GET /records/4302SHILI/2026-00001/v/1 -> 200
  has 这是现在的一版
GET /records/4302SHILI/2026-00001/v/2 -> 404
GET /records/4302SHILI/2026-00001/v/x -> 404
GET /records/4302SHILI/2026-00001/diff/1..2 -> 404
GET /records/4302SHILI/2026-00002 -> 404
GET /records/4302SHILI/2026-00002.json -> 404

# The day comes, and what is derived from it changes by itself.
AT 2026-11-24 00:00
GET /records/4302SHILI/2026-00001 -> 200
  has 现行有效
  lacks 尚未施行

# A correction: the old version and the difference are public.
AT 2026-11-24 01:00
AS 经办人
GET /desk/record/{id} -> 200
POST /desk/record/{id}/take-up -> 303
GET /desk/record/{id} -> 200
POST /desk/record/{id}/draft do=submit title="关于秋季水产养殖检查的通知" openness=open ground=O20-13 \
  column=management/safety class=inspection issuer=株洲市畜牧兽医水产局 effective=2026-11-24 change="写明告知的期限。" text=<<END -> 303
# 一、检查内容
应当在五个工作日内告知。
END
AS 保密审查员
GET /desk/record/{id} -> 200
  saves hash from page name="hash" value="{hash}"
POST /desk/record/{id}/review step=secrecy hash={hash} verdict=pass q-secret=no q-safety=no q-trade=no q-privacy=no q-internal=no q-sum=no \
  password="湘江边的水产站 2017" -> 303
AS anyone
GET /records/4302SHILI/2026-00001 -> 200
  has 第 2 版（当前）
  has 与第 1 版对照
  has 写明告知的期限
  has 更正日期 2026-11-24 01:00
GET /records/4302SHILI/2026-00001/v/1 -> 200
  has 已被第 2 版替代
  has 渌口区
GET /records/4302SHILI/2026-00001/diff/1..2 -> 200
  has 应当在五个工作日内告知
  has 原
  has 现
GET /records/4302SHILI/2026-00001/diff/2..1 -> 404

# Taken down: gone on every path of it, with the reason and without the words.
AS 科室负责人
GET /desk/record/{id} -> 200
POST /desk/record/{id}/withdraw reason=privacy -> 303
AS anyone
GET /records/4302SHILI/2026-00001 -> 410
  has 2026-11-24 01:00 撤下
  has 涉及个人隐私
  has 《政府信息公开条例》第十五条
  lacks 秋季水产养殖检查
GET /records/4302SHILI/2026-00001.json -> 410
  lacks 秋季水产养殖检查
GET /records/4302SHILI/2026-00001.txt -> 410
GET /records/4302SHILI/2026-00001/print -> 410
GET /records/4302SHILI/2026-00001/v/1 -> 410
GET /records/4302SHILI/2026-00001/diff/1..2 -> 410
GET /records/4302SHILI/2026-00001/v/1/files/{i}/检查表.txt -> 410
  lacks 池号
GET /records/4302SHILI/2026-00001/v/1/files/检查表.txt -> 410
GET /api/v1/records/4302SHILI/2026-00001 -> 410
  lacks 秋季水产养殖检查
GET /management/safety -> 302
  location /?from=%2Fmanagement%2Fsafety
GET / -> 200
  lacks 秋季水产养殖检查
GET /records.json -> 200
  lacks 秋季水产养殖检查
GET /sitemap.xml -> 200
  lacks 2026-00001
