# The scanner's settings: proposed by one person with a preview, put in force by another, used from then on.
AT 2026-11-23 09:00
AS 经办人
GET /desk/check/settings -> 200
  has 没有登记
  lacks 提出改动
GET /desk/check/settings/new -> 403
POST /desk/record kind=news title="慰问通知" text="关心弱势群体，联系人手机 13973312345。" -> 303
  saves id from location /desk/record/{id}?said=saved
GET /desk/record/{id}/check -> 200
  has 疑似个人手机号码
  lacks 称呼不妥
GET /desk/record/{id} -> 200
POST /desk/record/{id}/draft do=submit title="慰问通知" openness=open ground=O19 column=interaction/news \
  issuer=株洲市畜牧兽医水产局 text="关心弱势群体，请做好慰问。" -> 303
AS 保密审查员
GET /desk/record/{id} -> 200
  saves hash from page name="hash" value="{hash}"
POST /desk/record/{id}/review step=secrecy hash={hash} verdict=pass q-secret=no q-safety=no q-trade=no q-privacy=no \
  q-internal=no q-sum=no -> 303
  location /desk/record/{id}?said=published

# A mark of secrecy cannot be lowered, by the form or by the file; nothing typed is lost.
AS 合法性审核员
GET /desk/check/settings/new -> 200
  has 一律阻断
POST /desk/check/settings/new do=propose level-mark.secret=suggest serious="弱势群体｜困难群众｜称呼不妥。" leaders="赵某某" \
  source="会议纪要" note="规范称呼" -> 422
  has 一律阻断，不能降低，也不能关闭（《保守国家秘密法》第三十五条）
  has 没有写职务
  field source=会议纪要
  has 弱势群体｜困难群众｜称呼不妥。
GET /desk/rule/new?file=scanner.toml -> 200
POST /desk/rule/new file=scanner.toml do=propose source=x note=y text="off = ['mark.internal']" -> 422
  has 最低是提醒，不能关闭
POST /desk/rule/new file=scanner.toml do=propose source=x note=y text="offf = []" -> 422
  has 规则文件没有通过检查

# Looked at first: what the public papers would have otherwise.
POST /desk/check/settings/new do=preview serious="弱势群体｜困难群众｜称呼不妥。" numbers="139 7331 2345" -> 200
  has 重查最近公开的
  has 新增 1 项发现，减少 0 项
  has 不当表述：新增 1，减少 0
  has 慰问通知
POST /desk/check/settings/new do=propose serious="弱势群体｜困难群众｜称呼不妥。" numbers="139 7331 2345" -> 422
  has 请写明出处
POST /desk/check/settings/new do=propose serious="弱势群体｜困难群众｜称呼不妥。" numbers="139 7331 2345" \
  leaders="赵某某｜局长、党组书记" level-words.misprint=warn source="会议纪要" note="规范称呼" -> 303
  saves version from location /desk/rule/version/{version}?said=rule-proposed
GET /desk/rule/version/{version} -> 200
  has 困难群众
  has 重查最近公开的

AS 分管领导
GET /desk -> 200
  has 规则修改：机检词表和名册
GET /desk/rule/version/{version} -> 200
POST /desk/rule/version/{version}/decide verdict=activate -> 303
GET /desk/check/settings -> 200
  has 弱势群体｜困难群众｜称呼不妥。
  has 13973312345
  has 赵某某
  has 本机关定

AS 经办人
POST /desk/record kind=news title="再次通知" text="关心弱势群体，联系人手机 13973312345。" -> 303
  saves other from location /desk/record/{other}?said=saved
GET /desk/record/{other}/check -> 200
  has 称呼不妥
  lacks 疑似个人手机号码
