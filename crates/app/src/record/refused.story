# What the desk refuses, and what is still there afterwards.
AT 2026-11-23 09:00
AS 经办人
GET /desk/record/new -> 200
# A secrecy mark in mark position is refused before anything is stored; the text comes back in the form.
POST /desk/record kind=notice title="报告" text=<<END -> 422
机密★20年
关于某事的报告
END
  has 涉密文件不得录入
  has 关于某事的报告
GET /desk/record -> 200
  lacks 某事
AS 监督员
GET /desk/journal -> 200
  has secret-mark-refused
  lacks 关于某事

# Quoted in running text it is no mark.
AS 经办人
POST /desk/record kind=notice title="保密审查制度" text="涉及国家秘密、商业秘密的，不予公开。" -> 303
  saves id from location /desk/record/{id}?said=saved

GET /desk/record/{id} -> 200
# A marked attachment is refused, and so is one of an unknown kind or without content.
POST /desk/record/{id}/draft do=save title="保密审查制度" text="正文" file:file=@a.txt:"秘密★10年" -> 422
  has 涉密文件不得录入
POST /desk/record/{id}/draft do=save title="保密审查制度" text="正文" file:file=@a.exe:"x" -> 422
  has 格式不能上传
  field title=保密审查制度
POST /desk/record/{id}/draft do=save title="保密审查制度" text="正文" file:file=@说明.txt:"附件内容" -> 303
GET /desk/record/{id} -> 200
  has 说明.txt
POST /desk/record/{id}/draft do=save title="保密审查制度" text="正文" file:file=@说明.txt:"附件内容" -> 422
  has 已有名为

# Autosave writes the draft and nothing else; a mark is refused there too.
GET /desk/record/{id} -> 200
  saves version from page name="version" value="{version}"
POST /desk/record/{id}/autosave version={version} title="保密审查制度" text="自动存下的字" -> 200
  has 09:00
POST /desk/record/{id}/autosave version={version} title="保密审查制度" text="旧的" -> 409
POST /desk/record/{id}/autosave version={version} title="保密审查制度" text="机密★20年" -> 422
  has 没有保存
GET /desk/record/{id} -> 200
  has 自动存下的字

# Two windows of one person: the second does not overwrite the first, and loses nothing.
POST /desk/record/{id}/draft version=1 do=save title="旧窗口" text="旧窗口里写的字" -> 409
  has 旧窗口里写的字
  has 在您的另一个窗口里保存过

GET /desk/record/{id} -> 200
# A resident number stops the gate until the reviewer of secrecy decides. Its mask hides it from the page.
POST /desk/record/{id}/draft do=submit title="名单" openness=open ground=O20-15 column=results/policies \
  text="张某，身份证号 110101199003074530。" -> 303
AS 保密审查员
GET /desk/record/{id} -> 200
  has 阻断
  saves hash from page name="hash" value="{hash}"
  saves finding from page name="finding" value="{finding}"
POST /desk/record/{id}/review step=secrecy hash={hash} verdict=pass q-secret=no q-safety=no q-trade=no q-privacy=no q-internal=no q-sum=no -> 303
  location /desk/record/{id}?said=passed
AS 发布员
GET /desk/record/{id} -> 200
POST /desk/record/{id}/publish -> 422
  has 1 项机检发现没有处理
AS 经办人
GET /desk/record/{id} -> 200
POST /desk/record/{id}/finding finding={finding} reason=没关系 -> 422
  has 须由保密审查员决定
AS 保密审查员
POST /desk/record/{id}/finding finding={finding} -> 422
  has 保留要写一句理由
POST /desk/record/{id}/finding finding={finding} reason=示例号码，不是真人 -> 303
AS anyone
GET /records/4302SHILI/2026-00001 -> 404
AS 发布员
POST /desk/record/{id}/publish -> 303
AS anyone
GET /records/4302SHILI/2026-00001 -> 200
