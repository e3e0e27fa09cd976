# The words of a public file are found, with the file and its page; until it is public, and after it is withdrawn, not.
AT 2026-11-23 10:00
AS 经办人
GET /desk/record/new -> 200
POST /desk/record kind=notice title="关于公布监测计划的通知" text="计划见附件。" -> 303
  saves a from location /desk/record/{a}?said=saved
GET /desk/record/{a} -> 200
POST /desk/record/{a}/files load:file=@pages.pdf -> 303
GET /desk/record/{a} -> 200
POST /desk/record/{a}/files file:file=@说明.txt:"附则：本计划由防疫科解释，鹅鸭细小病毒另行安排。" -> 303
GET /desk/record/{a} -> 200
POST /desk/record/{a}/draft do=submit title="关于公布监测计划的通知" openness=open ground=O20-13 \
  column=management/safety class=inspection issuer=株洲市畜牧兽医水产局 text="计划见附件。" -> 303
AS anyone
GET /search?q=leptospirosis -> 200
  has 没有找到
AS 保密审查员
GET /desk/record/{a} -> 200
  saves hash from page name="hash" value="{hash}"
POST /desk/record/{a}/review step=secrecy hash={hash} verdict=pass q-secret=no q-safety=no q-trade=no q-privacy=no \
  q-internal=no q-sum=no -> 303
JOBS

AS anyone
GET /search?q=leptospirosis -> 200
  has 找到 1 条
  has 关于公布监测计划的通知
  has 附件《pages.pdf》第 3 页
  has vaccination tallies and leptospirosis results
  lacks 第 2 页
GET /search?q=brucellosis -> 200
  has 附件《pages.pdf》第 2 页
GET /search?q=%E9%B9%85%E9%B8%AD%E7%BB%86%E5%B0%8F%E7%97%85%E6%AF%92 -> 200
  has 附件《说明.txt》
  has 鹅鸭细小病毒另行安排。
GET /api/v1/search?q=leptospirosis -> 200
  has "name": "pages.pdf"
  has "page": 3
GET /search?q=%E7%9B%91%E6%B5%8B%E8%AE%A1%E5%88%92 -> 200
  has 关于公布监测计划的通知
  lacks 附件《

AS 发布员
GET /desk/record/{a}/withdraw -> 200
POST /desk/record/{a}/withdraw reason=error -> 303
AS anyone
GET /search?q=leptospirosis -> 200
  has 没有找到
GET /api/v1/search?q=brucellosis -> 200
  has "total": 0,
