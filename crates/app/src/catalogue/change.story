# An entry of the catalogue changes by two persons, and what was typed comes back.
AT 2026-11-23 09:00
AS 经办人
GET /desk/obligation/OGI-GUIDE/edit -> 403
AS 合法性审核员
GET /desk/obligation/OGI-GUIDE/edit -> 200
  field owner=局办公室
  field columns=disclosure/guide
POST /desk/obligation/OGI-GUIDE/edit group=政府信息公开工作 item="" elements=x owner=办公室 basis="ogi-2019 第十二条 text" limit=OGI-ACTIVE cadence=every months="" columns=disclosure/guide channel=政府网站 audience=全社会 mode=proactive level=市级 source=s note=n -> 422
  has 请填写二级事项
  has 请填写每几个月一次
  field owner=办公室
  field note=n
POST /desk/obligation/OGI-GUIDE/edit group=政府信息公开工作 item=政府信息公开指南 elements=机构和办法 owner=政策法规科 basis="ogi-2019 第十二条 text" limit=OGI-ACTIVE cadence=standing columns=no/such channel=政府网站 audience=全社会 mode=proactive level=市级 source="本局2026年分工" note="职责调整" -> 422
  has no column no/such
  field columns=no/such
POST /desk/obligation/OGI-GUIDE/edit group=政府信息公开工作 item=政府信息公开指南 elements=机构和办法 owner=政策法规科 basis="ogi-2019 第十二条 text" limit=OGI-ACTIVE cadence=standing columns=disclosure/guide channel=政府网站 audience=全社会 mode=proactive level=市级 source="本局2026年分工" note="职责调整" -> 303
  saves id from location /desk/rule/version/{id}?said=rule-proposed
GET /desk/obligation/OGI-GUIDE -> 200
  has 局办公室
AS 分管领导
GET /desk/rule/version/{id} -> 200
  has 政策法规科
POST /desk/rule/version/{id}/decide verdict=activate opinion="" -> 303
AS 合法性审核员
GET /desk/obligation/OGI-GUIDE -> 200
  has 政策法规科
AS anyone
GET /disclosure/standards/OGI-GUIDE -> 200
  has 政策法规科
AS 合法性审核员
GET /desk/obligation/new -> 200
POST /desk/obligation/new code=OGI-GUIDE group=g item=i elements=e owner=o basis="ogi-2019 第十二条" limit=promptly cadence=event columns=results/policies channel=政府网站 audience=全社会 mode=proactive level=市级 source=s note=n -> 422
  has 已有这个编号
POST /desk/obligation/new code=OGI-EXTRA group=其他 item=新增的事项 elements=e owner=局办公室 basis="ogi-2019 第十二条" limit=promptly cadence=event months=6 columns=results/policies channel=政府网站 audience=全社会 mode=proactive level=市级 source=s note=n -> 303
