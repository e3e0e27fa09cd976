# A reader finds what is public the way people ask, and nothing that is not. Withdrawn is gone from the next answer.
AT 2026-11-23 10:00
AS 经办人
GET /desk/record/new -> 200
POST /desk/record kind=notice title="关于做好非洲猪瘟防控工作的通知" text="各县市区要做好生猪调运监管。" -> 303
  saves a from location /desk/record/{a}?said=saved
GET /desk/record/{a} -> 200
POST /desk/record/{a}/draft do=submit title="关于做好非洲猪瘟防控工作的通知" openness=open ground=O20-13 \
  column=management/safety class=inspection issuer=株洲市畜牧兽医水产局 number="株牧渔发[2026]12号" issued=2026-11-20 \
  text=<<END -> 303
各县市区要做好生猪调运监管。发现病死猪，应当报告并送无害化处理厂。
END
GET /desk/record/new -> 200
POST /desk/record kind=news title="局里召开生猪稳产保供会议" text="会议研究了补贴发放。" -> 303
  saves b from location /desk/record/{b}?said=saved
GET /desk/record/{b} -> 200
POST /desk/record/{b}/draft do=submit title="局里召开生猪稳产保供会议" openness=open ground=O19 \
  column=interaction/news issuer=株洲市畜牧兽医水产局 text="会议研究了补贴发放。" -> 303

# Before it is public nobody finds it.
AS anyone
GET /search?q=%E9%9D%9E%E6%B4%B2%E7%8C%AA%E7%98%9F -> 200
  has 没有找到
  has 依法申请公开
  lacks 防控工作的通知
GET /disclosure/apply/form?wanted=%E9%9D%9E%E6%B4%B2%E7%8C%AA%E7%98%9F -> 200
  field wanted=非洲猪瘟
AS 保密审查员
GET /desk/record/{a} -> 200
  saves hash from page name="hash" value="{hash}"
POST /desk/record/{a}/review step=secrecy hash={hash} verdict=pass q-secret=no q-safety=no q-trade=no q-privacy=no \
  q-internal=no q-sum=no -> 303
GET /desk/record/{b} -> 200
  saves hash from page name="hash" value="{hash}"
POST /desk/record/{b}/review step=secrecy hash={hash} verdict=pass q-secret=no q-safety=no q-trade=no q-privacy=no \
  q-internal=no q-sum=no -> 303

# At once: by its words, by what they are called, in traditional and full-width characters, by sound and initials.
AS anyone
GET / -> 200
  has 检索
GET /search -> 200
  has 可以写文件名里的词
GET /search?q=%E9%9D%9E%E6%B4%B2%E7%8C%AA%E7%98%9F -> 200
  has 找到 1 条
  has 关于做好非洲猪瘟防控工作的通知
  has 株牧渔发〔2026〕12号
GET /search?q=%E9%9D%9E%E7%98%9F -> 200
  has 关于做好非洲猪瘟防控工作的通知
GET /search?q=%EF%BC%A1%EF%BC%B3%EF%BC%A6 -> 200
  has 关于做好非洲猪瘟防控工作的通知
GET /search?q=%E9%9D%9E%E6%B4%B2%E8%B1%AC%E7%98%9F -> 200
  has 关于做好非洲猪瘟防控工作的通知
GET /search?q=feizhouzhuwen -> 200
  has 关于做好非洲猪瘟防控工作的通知
GET /search?q=fzzw -> 200
  has 关于做好非洲猪瘟防控工作的通知
GET /search?q=%E7%97%85%E6%AD%BB%E7%8C%AA%E6%80%8E%E4%B9%88%E5%A4%84%E7%90%86 -> 200
  has 发现病死猪，应当报告并送无害化处理厂。
  lacks 稳产保供会议

# A number in any writing leads to the record.
GET /search?q=%E6%A0%AA%E7%89%A7%E6%B8%94%E5%8F%91%5B2026%5D12%E5%8F%B7 -> 302
  location /records/4302SHILI/2026-00001
GET /search?q=%E6%A0%AA%E7%89%A7%E6%BC%81%E7%99%BC%EF%BC%882026%EF%BC%89%E7%AC%AC012%E8%99%9F -> 302
  location /records/4302SHILI/2026-00001
GET /search?q=2026-00002 -> 302
  location /records/4302SHILI/2026-00002

# A wrong character: what may be meant. Facets count; choices stand in the address.
GET /search?q=%E9%9D%9E%E5%B7%9E%E7%8C%AA%E7%98%9F -> 200
  has 您要找的是不是
  has 非洲猪瘟
GET /search?q=%E7%94%9F%E7%8C%AA -> 200
  has 找到 2 条
  has 通知公告（1）
  has 工作动态（1）
GET /search?q=%E7%94%9F%E7%8C%AA&kind=news -> 200
  has 找到 1 条
  has 稳产保供会议
  lacks 非洲猪瘟防控
GET /search?q=%E7%94%9F%E7%8C%AA&kind=secret -> 400
GET /search?q=%E7%94%9F%E7%8C%AA&page=2 -> 404
GET /search?q=%E7%94%9F%E7%8C%AA&page=51 -> 400
GET /api/v1/search?q=%E7%94%9F%E7%8C%AA -> 200
  has "total": 2,
  has "value": "notice"
GET /api/v1/search?q= -> 400
GET /search.atom?q=%E7%94%9F%E7%8C%AA -> 200
  has 稳产保供会议
GET /search.atom -> 400

# Withdrawn: the next answer has it no more, whatever is asked.
AS 发布员
GET /desk/record/{a}/withdraw -> 200
POST /desk/record/{a}/withdraw reason=error -> 303
AS anyone
GET /search?q=%E9%9D%9E%E6%B4%B2%E7%8C%AA%E7%98%9F -> 200
  has 没有找到
  lacks 防控工作的通知
GET /search?q=%E7%94%9F%E7%8C%AA -> 200
  has 找到 1 条
  lacks 非洲猪瘟
GET /search?q=%E6%A0%AA%E7%89%A7%E6%B8%94%E5%8F%91%5B2026%5D12%E5%8F%B7 -> 200
  has 没有找到
GET /api/v1/search?q=%E9%9D%9E%E6%B4%B2%E7%8C%AA%E7%98%9F -> 200
  has "total": 0,
