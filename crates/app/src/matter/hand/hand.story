# Who works on a case: taken up, given, shared, returned, followed; and what staff tell each other, for nobody else.
AT 2026-11-23 09:00
AS 经办人
GET /desk/decision/new -> 200
POST /desk/decision/new name=尾水治理奖补办法 -> 303
  saves id from location /desk/decision/{id}?said=begun
GET /desk/decision/{id} -> 200
  has 还没有人承办
  has 等科室审核、签批岗位办理
GET /desk/decision/{id}/hand -> 200
  lacks 收回的理由
  saves me from page <option value="{me}">经办人（
  lacks 另一位经办人
# A clerk takes up, and gives nothing away that is not theirs.
POST /desk/decision/{id}/hand do=assign to=nobody -> 422
  has 请选择由谁承办
POST /desk/decision/{id}/hand do=assign to={me} -> 303
  location /desk/decision/{id}/hand?said=hand
GET /desk/decision/{id} -> 200
  has 承办 经办人（
AS 另一位经办人
GET /desk/decision/{id}/hand -> 200
  lacks 转办
POST /desk/decision/{id}/hand do=assign to={me} version=2 -> 422
  has 已经在承办这一件
POST /desk/decision/{id}/hand do=return reason=不归我办 version=2 -> 422
  has 只有承办人能退回
AS 保密审查员
GET /desk/decision/{id}/hand -> 403
AS 监督员
GET /desk/decision/{id}/notes -> 403

# Handed over with a word; somebody acts for a while.
AS 经办人
GET /desk/decision/{id}/hand -> 200
  saves other from page <option value="{other}">另一位经办人（
POST /desk/decision/{id}/hand do=assign to={other} words=机密★10年 -> 422
  has 涉密内容不得在网上提交
POST /desk/decision/{id}/hand do=assign to={other} words=先联系渌口区 -> 303
GET /desk/decision/{id} -> 200
  has 先联系渌口区
  has 交办意见
GET /desk/decision/{id}/hand -> 200
  has 收回的理由
  lacks 交办意见
AS 另一位经办人
GET /desk/decision/{id}/hand -> 200
POST /desk/decision/{id}/hand do=join second={other} -> 422
  has 已经在承办这一件
POST /desk/decision/{id}/hand do=join second={me} until=2026-11-20 -> 422
  has 不早于今天
POST /desk/decision/{id}/hand do=join second={me} until=2026-11-24 -> 303
GET /desk/decision/{id} -> 200
  has 协办 经办人（
AT 2026-11-25 09:00
AS 另一位经办人
POST /desk/sign-in name=jingban2 password="湘江边的水产站 2017" -> 303
GET /desk/decision/{id}/hand -> 200
  has 2026年11月24日到期
# Returned with a reason; a form that saw something older changes nothing.
POST /desk/decision/{id}/hand do=return reason="" -> 422
  has 请写明退回的理由
POST /desk/decision/{id}/hand do=return reason=应由办公室办理 version=1 -> 409
  has 刚被别人办理过
GET /desk/decision/{id}/hand -> 200
POST /desk/decision/{id}/hand do=return reason=应由办公室办理 -> 303
GET /desk/decision/{id} -> 200
  has 还没有人承办
  has 应由办公室办理

# The head gives it to somebody who leaves: the successor has it, and nothing is written anew.
AS 科室负责人
GET /desk/decision/{id}/hand -> 200
  has 科室内再分
POST /desk/decision/{id}/hand do=assign to={me} words=请尽快办 -> 303
POST /desk/decision/{id}/hand do=take-back -> 409
  has 刚被别人办理过
GET /desk/decision/{id}/hand -> 200
POST /desk/decision/{id}/hand do=take-back why=换人 -> 303
GET /desk/decision/{id}/hand -> 200
POST /desk/decision/{id}/hand do=assign to={me} -> 303

# Notes and files: read like a record's, sealed, opened by name in the journal.
AS 经办人
POST /desk/sign-in name=jingban password="湘江边的水产站 2017" -> 303
GET /desk/decision/{id}/notes -> 200
POST /desk/decision/{id}/notes text="" -> 422
  has 请写备注，或者选择文件
POST /desk/decision/{id}/notes text=机密★10年 -> 422
  has 涉密内容不得在网上提交
POST /desk/decision/{id}/notes text=附会议记录 file:file=@记录.exe:MZ -> 422
  has 格式不能上传
  field text=附会议记录
POST /desk/decision/{id}/notes text=附会议记录 file:file=@会议记录.txt:"水产科与渌口区当面谈过" -> 303
  location /desk/decision/{id}?said=noted#notes
POST /desk/decision/{id}/notes text=附会议记录 file:file=@会议记录.txt:"水产科与渌口区当面谈过" -> 303
GET /desk/decision/{id} -> 200
  has 附会议记录
  has 会议记录.txt
  has 在“提出决策事项”之后
  saves file from page /notes/{file}">
GET /desk/decision/{id}/notes/{file} -> 200
  has 水产科与渌口区当面谈过
  header cache-control: no-store
GET /desk/decision/{id}/notes/none -> 404
AS 监督员
POST /desk/sign-in name=jiandu password="湘江边的水产站 2017" -> 303
GET /desk/decision/{id}/notes/{file} -> 403
GET /desk/journal -> 200
  has 打开事项材料
  has 分办事项
  lacks 会议记录
AS anyone
GET /desk/decision/{id}/notes/{file} -> 303

# Somebody leaves.
AS 系统管理员
POST /desk/sign-in name=guanli password="湘江边的水产站 2017" -> 303
GET /desk/staff/{me}/hand-over -> 200
  has 承办的事项都交给接手人
POST /desk/staff/{me}/hand-over heir={other} -> 303
AS 另一位经办人
GET /desk/decision/{id} -> 200
  has 承办 另一位经办人（

# The list is asked by its facts, and leaves as a file: words only for who may open a case.
GET /desk/decision?number=1号&state=proposed&year=2026 -> 200
  has 决策〔2026〕1号
  has 另一位经办人（
GET /desk/decision?number=77号 -> 200
  has 这里没有事项
GET /desk/decision?near=late -> 200
  has 这里没有事项
GET /desk/decision/list.csv -> 200
  has 决策〔2026〕1号
  has 承办：另一位经办人
  lacks 尾水治理奖补办法
  lacks 附会议记录
  header cache-control: no-store
GET /desk/decision/list.csv?words=yes -> 200
  has 尾水治理奖补办法
  lacks 附会议记录
GET /desk/decision/list.xlsx?year=2026 -> 200
AS 监督员
GET /desk/decision/list.csv -> 200
  has 决策〔2026〕1号
GET /desk/decision/list.csv?words=yes -> 403
GET /desk/journal -> 200
  has 导出事项名单
