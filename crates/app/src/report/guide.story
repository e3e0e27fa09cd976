# The guide: drafted from the settings, public through the gate, and noticed when an office moves.
AT 2026-03-02 09:00
AS 经办人
GET /desk/report/guide -> 200
  has 还没有公开指南
  has 还没有填：机构名称、办公地址
POST /desk/report/guide -> 422
  has “公开主体”里还没有填
  has 《政府信息公开条例》第十二条
AS 监督员
GET /desk/report/guide -> 200
POST /desk/report/guide -> 403
AS 系统管理员
GET /desk/body -> 200
POST /desk/body ... office=局办公室 address=示例路1号 post_code=412000 hours="工作日 9:00—17:00" fax=无 email=xxgk@example.invalid reconsideration=某市人民政府 reconsideration_address=示例路2号 court=某市某区人民法院 court_address=示例路3号 -> 303
AS 经办人
GET /desk/report/guide -> 200
  has 按设置建稿
POST /desk/report/guide -> 303
  saves r from location /desk/record/{r}?said=saved
GET /desk/record/{r} -> 200
  has 索引号
  has 提交之日为收到申请之日
  has 20个工作日内答复
  has 应当先申请行政复议
  has 示例路1号
GET /desk/report/guide -> 200
  has 和“公开主体”的设置一致
POST /desk/record/{r}/draft do=submit ... -> 303
AS 科室负责人
GET /desk/record/{r} -> 200
  saves hash from page name="hash" value="{hash}"
POST /desk/record/{r}/review step=section hash={hash} verdict=pass q-inaccurate=no q-incomplete=no -> 303
AS 保密审查员
GET /desk/record/{r} -> 200
POST /desk/record/{r}/review step=secrecy hash={hash} verdict=pass q-secret=no q-safety=no q-trade=no q-privacy=no q-internal=no q-sum=no -> 303
AS anyone
GET /disclosure/guide -> 200
  has 局办公室
  has 示例路1号

# The office moves: the guide is out of date, and one table of it is put right.
AS 系统管理员
GET /desk/body -> 200
POST /desk/body ... address=新示例路9号 -> 303
AS 经办人
GET /desk/report/guide -> 200
  has 和“公开主体”的设置不一致：办公地址
POST /desk/report/guide -> 422
  has 在原稿上修改
