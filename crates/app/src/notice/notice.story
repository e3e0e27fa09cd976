# The administrator sets up mail and SMS; the forms offer it; what cannot go out is told, and settled by a person.
AT 2026-11-23 09:00
AS anyone
GET /disclosure/apply/form -> 200
  lacks 有了进展怎样告诉您
AS 经办人
GET /desk/notice/mine -> 200
  has 邮件和短信都没有设置好
AS 系统管理员
GET /desk/notice -> 200
  has 这里没有通知
POST /desk/notice do=mail host=mail.example.cn port=25 tls=none user=u from=gongkai@example.cn -> 422
  has 填了账号的，请填写密码
  has 不加密的只能连本机和内网的 IP 地址
  field host=mail.example.cn
POST /desk/notice do=sms url=http://sms.example.cn/send template="{}" -> 422
  has http:// 只能用于本机和内网的 IP 地址
  has 请求内容里要有 {phone}
# Port 9 of this machine: nobody answers there.
POST /desk/notice do=mail host=127.0.0.1 port=9 tls=none from=gongkai@example.cn -> 303
  location /desk/notice?said=saved
GET /desk/notice -> 200
  has 试发一件
  has 修改设置
POST /desk/notice/test notice=mail to=13800001234 -> 422
  has 请填写电子邮箱
POST /desk/notice/test notice=mail to=someone@example.cn -> 422
  has 连不上对方

AS anyone
GET /correction -> 200
  has 有了答复怎样告诉您
POST /correction page=/ topic=wrong what="日期写错了" notice=mail contact=13800001234 -> 422
  has 选择发电子邮件的，请填写电子邮箱
  field what=日期写错了
POST /correction page=/ topic=wrong what="日期写错了" notice=mail contact=reader@example.cn -> 303
GET /disclosure/apply/form -> 200
  has 有了进展怎样告诉您
POST /disclosure/apply/form who=person name=申请人甲 id_kind=resident id_number=11010519491231002X phone=0731-28680000 \
  wanted="名单" form=paper delivery=counter notice=sms -> 422
  has 请填写 11 位手机号码
JOBS
AS 系统管理员
GET /desk -> 200
  has 通知没有发出
GET /desk/notice -> 200
  has 已收到
  has 已试 1 次，会自动再试
  lacks reader@example.cn
  saves id from page name="id" value="{id}"
POST /desk/notice/queue id={id} seen=1 do=drop -> 409
POST /desk/notice/queue id={id} seen=2 do=again -> 303
JOBS
GET /desk/notice -> 200
  has 已试 1 次，会自动再试
POST /desk/notice/queue id={id} seen=4 do=drop -> 303
GET /desk/notice?state=dropped -> 200
  has 不再发
GET /desk/notice -> 200
POST /desk/notice ... do=end-mail -> 303
AS anyone
GET /correction -> 200
  lacks 有了答复怎样告诉您

# A member of staff says where reminders go.
AS 系统管理员
GET /desk/notice -> 200
POST /desk/notice do=mail host=127.0.0.1 port=9 tls=none from=gongkai@example.cn -> 303
AS 经办人
GET /desk/notice/mine -> 200
POST /desk/notice/mine notice=mail address=jingban -> 422
  has 请填写电子邮箱
POST /desk/notice/mine notice=mail address=jingban@example.cn -> 303
GET /desk/notice/mine -> 200
  field address=jingban@example.cn
POST /desk/notice/mine notice= address= -> 303
GET /desk/notice/mine -> 200
  lacks jingban@example.cn
GET /desk/notice -> 403
