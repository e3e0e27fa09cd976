# Signing in, locking out, ending sessions, keeping a form through a session's end.
AT 2026-11-23 09:00
AS anyone
POST /desk/sign-in name=nobody password=wrong -> 422
  has 登录名、密码或动态码不对
POST /desk/sign-in name=fabu password=wrong -> 422
POST /desk/sign-in name=fabu password=wrong -> 422
POST /desk/sign-in name=fabu password=wrong -> 422
POST /desk/sign-in name=fabu password=wrong -> 422
POST /desk/sign-in name=fabu password=wrong -> 422
POST /desk/sign-in name=fabu password="湘江边的水产站 2017" -> 422
  has 要歇 15 分钟
AT 2026-11-23 09:16
POST /desk/sign-in name=fabu password="湘江边的水产站 2017" next=https://evil.example/ -> 303
  location /desk

# A form that arrives after the session has ended is kept through signing in.
AS 经办人
GET /desk/record/new -> 200
AT 2026-11-24 09:00
POST /desk/record kind=notice title="写了一半的通知" text="一下午写的字" -> 401
  has 您填的内容还在
  saves kept from page name="kept" value="{kept}"
POST /desk/sign-in name=jingban password="湘江边的水产站 2017" kept={kept} -> 200
  has 您填的内容还在
  field text=一下午写的字
  field title=写了一半的通知
POST /desk/record kind=notice title="写了一半的通知" text="一下午写的字" -> 303

# A password is never carried: the page says that the form is lost.
GET /desk/me -> 200
AT 2026-11-25 09:00
POST /desk/me/password old=a new=b -> 401
  has 刚才的内容没有提交
  lacks 您填的内容还在

# Duties are kept apart, and an administrator cannot close their own account.
AS 系统管理员
GET /desk/staff -> 200
POST /desk/staff login=Li name="" section=none duties=administration duties=draft -> 422
  has 登录名用 3 个以上小写字母
  has 请填写姓名
  has 系统管理不能兼任
  has 请选择科室
AS 监督员
GET /desk/journal -> 200
  has lock-out
  has sign-in

# The body's own page: what it says stands on every page at once.
AS anyone
GET / -> 200
  lacks 0731-2222 3333
AS 系统管理员
GET /desk/body -> 200
POST /desk/body called="" -> 422
  has 请填写单位名称
POST /desk/body called=株洲市畜牧兽医水产局 phone="0731-2222 3333" subtitle=政务公开平台 -> 303
AS anyone
GET / -> 200
  has 0731-2222 3333
