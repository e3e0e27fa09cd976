# Twenty working days later the guide is missing: its section has it in the inbox, others remind, once a day.
AT 2026-12-22 09:00
AS 经办人
GET /desk -> 200
  has 政府信息公开指南
  has 应公开未公开
  has 新建：政府信息公开指南
  lacks 看全部指标
GET /desk/obligation?state=missing&section=%E5%B1%80%E5%8A%9E%E5%85%AC%E5%AE%A4 -> 200
  has 政府信息公开指南
  lacks 规范性文件
POST /desk/obligation/OGI-GUIDE/remind -> 403
AS 监督员
GET /desk -> 200
  has 看全部指标
  has 催办：政府信息公开指南
POST /desk/obligation/OGI-GUIDE/remind -> 303
  location /desk/obligation/OGI-GUIDE?said=reminded
GET /desk/obligation/OGI-GUIDE?said=reminded -> 200
  has 已催办
  has 监督员
POST /desk/obligation/OGI-GUIDE/remind -> 422
  has 今天已经催办过这一项
POST /desk/obligation/NO-SUCH/remind -> 404
AS 经办人
GET /desk -> 200
  has 已催办 1 次，最近 2026-12-22
AS 系统管理员
GET /desk/obligation -> 403

# The board: every number leads to its list.
AS 分管领导
GET /desk/board -> 200
  has 局办公室
  has 已逾期
  has 督办单
  has 政府信息公开指南
GET /desk/board?section=%E5%B1%80%E5%8A%9E%E5%85%AC%E5%AE%A4&when=after -> 200
  has 局办公室，之后
GET /desk/board?section=%E6%B2%A1%E6%9C%89&when=late -> 200
  has 这里没有事项

# The inspection, before the inspector: five weeks without an update of the home page.
GET /desk/watch -> 200
  has 首页不更新
  has 已触发
  has 没有办事服务
  has 这些指标本平台还不计算：办事指南要素缺失
AS 系统管理员
GET /desk/watch -> 403
