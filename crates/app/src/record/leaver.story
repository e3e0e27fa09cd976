# Somebody leaves: drafts, duties and what may still come back go to a named successor in one act.
AT 2026-11-23 09:00
AS 经办人
GET /desk -> 200
POST /desk/record kind=notice title=写了一半的通知 text="写到这里。" -> 303
  saves half from location /desk/record/{half}?said=saved
POST /desk/record kind=notice title=待审的通知 text="等人审查。" -> 303
  saves sent from location /desk/record/{sent}?said=saved
GET /desk/record/{sent} -> 200
POST /desk/record/{sent}/draft do=submit title=待审的通知 openness=open ground=O20-13 column=results/policies text="等人审查。" -> 303
# Both write on the same record: neither text is lost.
POST /desk/record/{sent}/take-up -> 303
GET /desk/record/{sent} -> 200
POST /desk/record/{sent}/draft do=save title=前任改过的通知 text="前任改的字。" -> 303
AS 另一位经办人
GET /desk/record/{sent} -> 200
POST /desk/record/{sent}/take-up -> 303
GET /desk/record/{sent} -> 200
POST /desk/record/{sent}/draft do=save title=后任改过的通知 text="后任改的字。" -> 303

AS 系统管理员
GET /desk/staff -> 200
  has 交接
  saves leaver from page /desk/staff/{leaver}/hand-over">交接<span class="vh">：经办人<
GET /desk/staff/{leaver}/hand-over -> 200
  has 交接：经办人
  has 2 件
  saves heir from page value="{heir}">另一位经办人</option>
  saves admin from page value="{admin}">系统管理员</option>
POST /desk/staff/{leaver}/hand-over -> 422
  has 请选择接手人
POST /desk/staff/{leaver}/hand-over heir={admin} -> 422
  has 不能兼任经办人的岗位
POST /desk/staff/{leaver}/hand-over heir={heir} -> 303
  location /desk/staff?said=handed-over
GET /desk/staff/{leaver}/hand-over -> 404
AS 经办人
GET /desk -> 303
  location /desk/sign-in?next=%2Fdesk
POST /desk/sign-in name=jingban password="湘江边的水产站 2017" -> 422

AS 另一位经办人
GET /desk -> 200
  has 写了一半的通知
  has 前任改过的通知
GET /desk/record/{half} -> 200
  field title=写了一半的通知
GET /desk/record/{sent} -> 200
  field title=后任改过的通知
# What comes back comes to the successor.
AS 保密审查员
GET /desk/record/{sent} -> 200
  saves hash from page name="hash" value="{hash}"
POST /desk/record/{sent}/review step=secrecy hash={hash} verdict=return opinion=请写明时间 q-secret=no q-safety=no q-trade=no q-privacy=no q-internal=no q-sum=no -> 303
AS 另一位经办人
GET /desk -> 200
  has 看退回理由
