# Findings of a draft: marked in the text, replaced, kept with a reason; half-width marks repaired at once; tables cell
# by cell; what no machine reads needs a person's tick.
AT 2026-11-23 09:00
AS 经办人
GET /desk/record/new -> 200
POST /desk/record kind=notice title="关于检查的通知" text=<<END -> 303
根据株牧发[2026]1号文件,请各单位准备。联系人手机 13912345678。
| 日期 | 地点 |
|---|---|
| 11月25日 | 渌口区 |
END
  saves id from location /desk/record/{id}?said=saved
GET /desk/record/{id} -> 200
  has 逐格改表格 1
  has 待处理
GET /desk/record/{id}/check -> 200
  has 汉字旁有半角标点 1 处
  has 139****5678
  has 第 1 项改为
  saves key from page name="key" value="{key}"
POST /desk/record/{id}/check/repair -> 303
  location /desk/record/{id}/check?said=repaired
GET /desk/record/{id}/check -> 200
  lacks 汉字旁有半角标点
  has 文件，请各单位
POST /desk/record/{id}/check/keep key={key} -> 422
  has 项要写一句理由
POST /desk/record/{id}/check/keep key={key} reason=对外公布的值班手机 -> 303
GET /desk/record/{id}/check -> 200
  has 已保留：对外公布的值班手机
  saves word from page name="key" value="{word}"
POST /desk/record/{id}/check/replace key={word} with=〔2026〕1号 -> 303
GET /desk/record/{id}/check -> 200
  has 株牧发〔2026〕1号文件
POST /desk/record/{id}/check/replace key={word} with=〔2026〕1号 -> 409
  has 位置变了

# Cell by cell; a second window does not overwrite, and loses nothing.
GET /desk/record/{id}/table/1 -> 200
  field c-1-1=渌口区
POST /desk/record/{id}/table/1 ... c-1-1=渌口区（含三门镇） do=add-row -> 303
GET /desk/record/{id}/table/1 -> 200
  field c-1-1=渌口区（含三门镇）
  field c-2-0=""
POST /desk/record/{id}/table/1 ... do=drop-row -> 303
POST /desk/record/{id}/table/1 version=1 c-1-1=旧窗口里写的 do=save -> 409
  field c-1-1=旧窗口里写的
GET /desk/record/{id}/table/2 -> 404
GET /desk/record/{id}/preview -> 200
  has 渌口区（含三门镇）
  has 〔2026〕1号

# A picture is read by nobody but people: submitting asks for a tick, and the tick is an act.
GET /desk/record/{id}/files -> 200
POST /desk/record/{id}/files -> 422
  has 请选择要上传的文件
POST /desk/record/{id}/files file:file=@扫描.png:"x" -> 303
GET /desk/record/{id}/files -> 200
  has 未经机器识读
GET /desk/record/{id} -> 200
  has 我已逐页看过
POST /desk/record/{id}/draft ... do=submit openness=open ground=O20-13 column=management/safety -> 422
  has 有内容没有经过机器识读
  field column=management/safety
POST /desk/record/{id}/draft ... do=submit seen=yes -> 303
AS 保密审查员
GET /desk/record/{id} -> 200
  has 对外公布的值班手机
  has 已保留
AS 监督员
GET /desk/journal -> 200
  has 人工看过未经机器识读的内容
  has 起草时保留机检发现

# What the reviewer of secrecy must decide, the author cannot keep; it can be masked.
AS 经办人
POST /desk/record kind=notice title="名单" text="张某，身份证号 110101199003074530。" -> 303
  saves list from location /desk/record/{list}?said=saved
GET /desk/record/{list}/check -> 200
  has 由保密审查员决定
  saves number from page name="key" value="{number}"
POST /desk/record/{list}/check/keep key={number} reason=没关系 -> 422
  has 须由保密审查员决定
POST /desk/record/{list}/check/replace key={number} with="1101**********4530" -> 303
GET /desk/record/{list}/check -> 200
  lacks 阻断：
# Words in an attachment are found before it goes out.
POST /desk/record kind=notice title="关于培训的通知" text="见附件。" -> 303
  saves third from location /desk/record/{third}?said=saved
GET /desk/record/{third}/files -> 200
POST /desk/record/{third}/files file:file=@名单.txt:"李某 13912345678" -> 303
GET /desk/record/{third}/check -> 200
  has 附件“名单.txt”
POST /desk/record/{third}/check/submit -> 303
  location /desk/record/{third}?said=submitted
