# 公开事项标准目录: every entry stands there, with what is public under it or that nothing is.
AT 2026-11-23 09:00
AS anyone
GET /disclosure/standards -> 200
  has 公开事项标准目录
  has 政府信息公开指南
  has 《政府信息公开条例》第十二条
  has 还没有公开的信息
  has 共 83 项，其中 0 项下有已公开的信息
  lacks 登载在这里的文件
GET /disclosure/rules -> 200
  has 公开事项标准目录
GET /disclosure/standards.csv -> 200
  header content-type: text/csv; charset=utf-8
  has 序号,一级事项,二级事项,公开内容（要素）,公开依据,公开时限,公开主体,公开渠道和载体,公开对象,公开方式
  has 1,政府信息公开工作,政府信息公开指南
GET /disclosure/standards.json -> 200
  has "total": 83
  has "code": "OGI-GUIDE"
GET /disclosure/standards.atom -> 200
GET /disclosure/standards/OGI-GUIDE -> 200
  has 这一项下还没有公开的信息
GET /disclosure/standards/NO-SUCH -> 404

# Who owes an entry finds it at the desk with one button, which knows where the record belongs.
AS 经办人
GET /desk/obligation -> 200
  has 政府信息公开指南
  has 期限未到
  has 覆盖率
GET /desk/obligation/NEW-WORK -> 200
  has 怎样才算公开了这一项：栏目是“工作动态”，信息种类是“工作动态”
GET /desk/record/new?kind=news&column=interaction%2Fnews -> 200
  has 这一件会放在：工作动态
  field kind=news
  field column=interaction/news
GET /desk/record/new?kind=none&column=%3Cscript%3E&class=none -> 200
  lacks 这一件会放在
POST /desk/record kind=news column=interaction/news title="召开春季防疫工作会" text="会议部署春季防疫。" -> 303
  saves id from location /desk/record/{id}?said=saved
GET /desk/record/{id} -> 200
  field column=interaction/news
POST /desk/record/{id}/draft do=submit title="召开春季防疫工作会" openness=open ground=O19 \
  column=interaction/news text="会议部署春季防疫。" -> 303
AS 保密审查员
GET /desk/record/{id} -> 200
  saves hash from page name="hash" value="{hash}"
POST /desk/record/{id}/review step=secrecy hash={hash} verdict=pass q-secret=no q-safety=no q-trade=no q-privacy=no q-internal=no q-sum=no -> 303

AS anyone
GET /disclosure/standards -> 200
  has 其中 1 项下有已公开的信息
GET /disclosure/standards/NEW-WORK -> 200
  has 召开春季防疫工作会
  has 共 1 件
