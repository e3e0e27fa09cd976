# A file becomes a draft in which all is filled in that paper, account and law say; three pages and one field later it
# is submitted.
AT 2026-11-23 09:00
AS 经办人
GET /desk -> 200
  has 第一次办件，三步
COUNT
GET /desk/record/new -> 200
  lacks 同上次
POST /desk/record ... file:file=@方案.txt:<<END -> 303
索 引 号：4302SHILI/2026-00031
株牧渔发〔2026〕31号
2026年度畜禽养殖污染防治工作实施方案
各县市区畜牧局,各养殖场:
一、工作目标
规模养殖场粪污处理设施装备配套率达到95%(含)以上。
二、工作要求
各单位按月报送进展。
株洲市畜牧兽医水产局
2026年11月20日
END
  saves id from location /desk/record/{id}?said=brought
GET /desk/record/{id} -> 200
  field title=2026年度畜禽养殖污染防治工作实施方案
  field number=株牧渔发〔2026〕31号
  field issued=2026-11-20
  field formed=2026-11-20
  field issuer=株洲市畜牧兽医水产局
  field kind=plan
  field column=disclosure/catalogue/plans
  field class=plans
  field ground=O20-3
  lacks 还差
POST /desk/record/{id}/draft ... do=submit -> 303
  location /desk/record/{id}?said=submitted
GET /desk/record/{id} -> 200
  has 工作目标
  counts pages 3 fields 1
# With the first submission the three steps are gone.
GET /desk -> 200
  lacks 第一次办件
AS 监督员
GET /desk/record/{id}/source -> 200
  has 打开原件：方案.txt
  has 与机器识读的原件逐行相同
  has 4302SHILI/2026-00031
GET /desk/record/{id}/source/file -> 200
  header content-disposition: attachment; filename*=UTF-8''%E6%96%B9%E6%A1%88%2Etxt
  has 按月报送进展

# As last time: place and ground stay, number and days go; the text only if it is wanted.
AS 经办人
GET /desk/record/new -> 200
  has 同上次
  has 2026年度畜禽养殖污染防治工作实施方案
POST /desk/record/same from={id} body=yes -> 303
  saves next from location /desk/record/{next}?said=as-last-time
GET /desk/record/{next} -> 200
  field number=""
  field issued=""
  field formed=""
  field column=disclosure/catalogue/plans
  field ground=O20-3
  has 按月报送进展

# The same with a real DOCX, table and all; and as last time, from the choice to the submission.
COUNT
GET /desk/record/new -> 200
POST /desk/record ... load:file=@plan.docx -> 303
  saves docx from location /desk/record/{docx}?said=brought
GET /desk/record/{docx} -> 200
  field title=2026年度水产品质量安全监测工作方案
  field number=株牧渔发〔2026〕33号
  field issued=2026-11-20
  field issuer=株洲市畜牧兽医水产局
  field kind=plan
  field column=disclosure/catalogue/plans
  field ground=O20-3
  has | 第一季度 | 120 |
  lacks 还差
POST /desk/record/{docx}/draft ... do=submit -> 303
  location /desk/record/{docx}?said=submitted
GET /desk/record/{docx} -> 200
  has 全市水产品生产基地和批发市场
  counts pages 3 fields 1
COUNT
GET /desk/record/new -> 200
  has 2026年度水产品质量安全监测工作方案
POST /desk/record/same from={docx} body=yes -> 303
  saves again from location /desk/record/{again}?said=as-last-time
GET /desk/record/{again} -> 200
  field title=2026年度水产品质量安全监测工作方案
  has | 第一季度 | 120 |
POST /desk/record/{again}/draft ... do=submit issued=2026-11-23 number=株牧渔发〔2026〕40号 -> 303
  location /desk/record/{again}?said=submitted
GET /desk/record/{again} -> 200
  has 全市水产品生产基地和批发市场
  counts pages 3 fields 4

# Pasted words are recognised too, and the kind is guessed; it can be put right until somebody reviews.
POST /desk/record text=<<END -> 303
关于秋季水产养殖检查的通知
各养殖场：
请做好检查准备。
株洲市畜牧兽医水产局
2026年11月22日
END
  saves pasted from location /desk/record/{pasted}?said=saved
GET /desk/record/{pasted} -> 200
  field title=关于秋季水产养殖检查的通知
  field kind=notice
  field issued=2026-11-22
  has 还差：请选择栏目
POST /desk/record/{pasted}/draft ... do=save kind=news -> 303
GET /desk/record/{pasted} -> 200
  field kind=news
GET /desk/record/{pasted}/source -> 200
  has 没有原件
# What a word processor puts on the clipboard, in the notation.
POST /desk/record/paste html="<h1>通知</h1><p>正文</p><table><tr><td>甲</td><td>乙</td></tr></table>" -> 200
  has 通知
  has | 甲 | 乙 |
POST /desk/record -> 422
  has 请选择文件，或者粘贴正文

# A mark of secrecy is refused before anything is stored; what was typed stays.
POST /desk/record title=我写的标题 text=我写的字 file:file=@报告.txt:"机密★20年\n关于某事的报告" -> 422
  has 涉密文件不得录入
  field title=我写的标题
  field text=我写的字
POST /desk/record file:file=@a.exe:"x" -> 422
  has 不能识读
GET /desk/record -> 200
  lacks 某事
AS 监督员
GET /desk/journal -> 200
  has 拦下有密级标志的内容
  lacks 关于某事
# A draft is its author's alone, and so is its original.
AS 另一位经办人
GET /desk/record/{pasted}/source -> 404
GET /desk/record/{pasted}/files -> 404
GET /desk/record/{pasted}/check -> 303
