# One notice, many outlets: the hand-over sheet asks only for the address back; the 图文稿, the poster, the package.
AT 2026-11-23 09:00
AS 经办人
GET /desk -> 200
POST /desk/record kind=notice title="秋季水产养殖检查通知" text="各养殖场：下周检查用药记录。" -> 303
  saves id from location /desk/record/{id}?said=saved
GET /desk/record/{id}/outlet -> 200
  has 还没有公开
GET /desk/record/{id}/outlet/sheet -> 404
  has 还没有公开，或者已经撤下
POST /desk/record/{id}/outlet do=add outlet=微信公众号 -> 422
  has 不能发到别处
GET /desk/outlet/table -> 403
GET /desk/record/none/outlet -> 404
GET /desk/record/{id} -> 200
POST /desk/record/{id}/draft do=submit title="秋季水产养殖检查通知" column=results/policies openness=open ground=O20-13 \
  issuer="株洲市畜牧兽医水产局" text="各养殖场：下周检查用药记录。" -> 303
AS 保密审查员
GET /desk/record/{id} -> 200
  saves hash from page name="hash" value="{hash}"
POST /desk/record/{id}/review step=secrecy hash={hash} verdict=pass q-secret=no q-safety=no q-trade=no q-privacy=no \
  q-internal=no q-sum=no -> 303
  location /desk/record/{id}?said=published
POST /desk/record/{id}/outlet do=add outlet=微信公众号 -> 403

# By hand: placed when the address comes back, and only then do readers see it.
AS 经办人
GET /desk/record/{id}/outlet -> 200
  has 第 1 版
  has 转发用一句话
  has 加发
POST /desk/record/{id}/outlet do=add outlet=没有这个渠道 -> 422
  has 请选择要加发的渠道
POST /desk/record/{id}/outlet do=nonsense outlet=微信公众号 -> 400
POST /desk/record/{id}/outlet do=add outlet=微信公众号 -> 303
  location /desk/record/{id}/outlet?said=outlet-noted
POST /desk/record/{id}/outlet do=add outlet=微信公众号 -> 409
GET /desk/record/{id}/outlet -> 200
  has 待人工
  has 取图文稿
  has 不发
GET /desk/record/{id}/outlet/wechat?outlet=%E5%BE%AE%E4%BF%A1%E5%85%AC%E4%BC%97%E5%8F%B7 -> 200
  has 各养殖场：下周检查用药记录。
  has 最多 120 字
  has 登好了，填回网址
POST /desk/record/{id}/outlet/placed outlet=微信公众号 address=mp.weixin.qq.com/s/1 -> 422
  has 这不是完整的网址
  field address=mp.weixin.qq.com/s/1
POST /desk/record/{id}/outlet/placed outlet=微信公众号 address=https://evil.example/s/1 -> 422
  has 微信公众号的网址以 https://mp.weixin.qq.com/ 开头
AS 发布员
GET /desk -> 200
  has 其他渠道：待人工 1 件
AS anyone
GET /records/4302SHILI/2026-00001 -> 200
  lacks 同时发布于
AS 经办人
POST /desk/record/{id}/outlet/placed outlet=微信公众号 address=https://mp.weixin.qq.com/s/1 -> 303
POST /desk/record/{id}/outlet/placed outlet=微信公众号 address=https://mp.weixin.qq.com/s/2 -> 409
AS anyone
GET /records/4302SHILI/2026-00001 -> 200
  has 同时发布于
  has 微信公众号
AS 经办人
GET /desk/record/{id}/outlet/sheet?outlet=%E5%B8%82%E6%94%BF%E5%BA%9C%E7%BD%91%E7%AB%99 -> 200
  has 索引号
  has 4302SHILI/2026-00001
GET /desk/record/{id}/outlet/poster -> 200
  has 扫码看原文和附件
GET /desk/record/{id}/outlet/qr.svg -> 200
  header content-type: image/svg+xml
POST /desk/record/{id}/outlet do=add outlet=村务公开栏 -> 303
POST /desk/record/{id}/outlet do=placed outlet=村务公开栏 -> 303
POST /desk/record/{id}/outlet do=add outlet=政府公报 -> 303
POST /desk/record/{id}/outlet do=add outlet=财政部门指定媒体 -> 303
POST /desk/record/{id}/outlet do=skip outlet=财政部门指定媒体 -> 303
GET /desk/record/{id}/outlet -> 200
  has 不发
  has 等下一包

# The package of a period.
GET /desk/outlet -> 200
  has 1 件等待移交
GET /desk/outlet/package?outlet=%E6%94%BF%E5%BA%9C%E5%85%AC%E6%8A%A5 -> 200
  has 秋季水产养殖检查通知
  has 下载这一包
GET /desk/outlet/package?outlet=%E6%94%BF%E5%BA%9C%E5%85%AC%E6%8A%A5&from=2026-12-01 -> 200
  has 没有要交的
GET /desk/outlet/package?outlet=%E6%94%BF%E5%BA%9C%E5%85%AC%E6%8A%A5&from=abc -> 422
  has 日期写成
GET /desk/outlet/package?outlet=%E5%BE%AE%E4%BF%A1 -> 404
GET /desk/outlet/package.zip?outlet=%E6%94%BF%E5%BA%9C%E5%85%AC%E6%8A%A5&from=2026-12-01 -> 404
GET /desk/outlet/package.zip?outlet=%E6%94%BF%E5%BA%9C%E5%85%AC%E6%8A%A5 -> 200
  header content-type: application/zip
AS 发布员
GET /desk/outlet/package?outlet=%E6%94%BF%E5%BA%9C%E5%85%AC%E6%8A%A5 -> 200
  saves seen from page name="seen" value="{seen}"
POST /desk/outlet/package outlet=政府公报 from="" to="" seen={seen} -> 303
GET /desk/outlet/package?outlet=%E6%94%BF%E5%BA%9C%E5%85%AC%E6%8A%A5 -> 200
  has 没有要交的
AS anyone
GET /records/4302SHILI/2026-00001 -> 200
  has 政府公报
  has 村务公开栏

# The table: versioned, with a reason; an unknown column and a loose site are told.
AS 发布员
GET /desk/outlet/table -> 200
  has 市政府网站
  has 没有配置接口
POST /desk/outlet/table way-0=hand duty-0=yes columns-0=no/such note="" -> 422
  has 没有“no/such”这个栏目
  has 请写一句为什么改
POST /desk/outlet/table way-0=hand duty-0=yes site-0=https://www.zhuzhou.gov.cn note=改为人工 -> 422
  has 以斜线结尾
POST /desk/outlet/table way-0=hand duty-0=yes site-0=https://www.zhuzhou.gov.cn/ note=改为人工 -> 303
  location /desk/outlet/table?said=outlets-set
GET /desk/outlet/table -> 200
  has 改为人工
  has 发布员
AS 监督员
GET /desk/journal -> 200
  has 修改渠道表

# Taken down: readers lose the addresses at once; what was never sent needs nobody.
AS 科室负责人
GET /desk -> 200
POST /desk/record/{id}/withdraw reason=error -> 303
AS anyone
GET /records/4302SHILI/2026-00001 -> 410
  lacks 微信公众号
AS 经办人
GET /desk/record/{id}/outlet -> 200
  has 4302SHILI/2026-00001（已撤下）
  lacks 转发用一句话
