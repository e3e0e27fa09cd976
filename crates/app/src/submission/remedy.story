# An adverse answer about one's own data says where it can be challenged; a prohibited one does not leave.
AT 2026-11-23 09:00
AS anyone
GET /correction?page=/disclosure/guide -> 200
POST /correction page=/disclosure/guide topic=own-data what="名单里我的地址写错了" name=canary-name -> 303
  saves code from location /correction/receipt/{code}
AS 经办人
GET /desk/correction -> 200
  saves id from page href="/desk/correction/{id}"
GET /desk/correction/{id} -> 200
  has 答复下面会印上
  has 您不服本答复的
  has 第四十一条
  has 还没有设置行政复议机关、行政复议机关的地址、管辖法院、管辖法院的地址
POST /desk/correction/{id}/answer outcome=not-verified reply="6月3日，攸县某养殖场确诊非洲猪瘟疫情，请稍候。" -> 422
  has 删去疫情内容
  has 《动物防疫法》第三十六条
  field reply=6月3日，攸县某养殖场确诊非洲猪瘟疫情，请稍候。
AS 系统管理员
GET /desk/body -> 200
POST /desk/body called=株洲市畜牧兽医水产局 reconsideration=某市人民政府 reconsideration_address=某路1号 obligations_from=昨天 -> 422
  has 公开义务起算日写成
  field reconsideration=某市人民政府
POST /desk/body called=株洲市畜牧兽医水产局 reconsideration=某市人民政府 reconsideration_address=某路1号 obligations_from=2026-11-16 -> 303
AS 经办人
GET /desk/correction/{id} -> 200
  has 某市人民政府（地址：某路1号）
  has 还没有设置管辖法院、管辖法院的地址
POST /desk/correction/{id}/answer outcome=not-verified reply="没有收到证明材料。" -> 303
AS anyone
GET /correction/receipt/{code} -> 200
  has 不服这个答复的，可以这样做
  has 自收到本答复之日起60日内，向某市人民政府（地址：某路1号）申请行政复议
  has 向有管辖权的人民法院提起行政诉讼
  lacks 〔

# A hint about a page decides no right.
GET /correction?page=/disclosure/guide -> 200
POST /correction page=/disclosure/guide topic=wrong what="日期写错了" -> 303
  saves hint from location /correction/receipt/{hint}
AS 经办人
GET /desk/correction -> 200
  saves other from page href="/desk/correction/{other}"
GET /desk/correction/{other} -> 200
  lacks 答复下面会印上
POST /desk/correction/{other}/answer outcome=not-an-error reply="核对过，没有错。" -> 303
AS anyone
GET /correction/receipt/{hint} -> 200
  lacks 不服这个答复
