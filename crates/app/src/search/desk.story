# Words that mean the same are the body's own list, in versions; the administrator sees why a hit stands where it does;
# what nobody finds is a report without persons.
AT 2026-11-23 10:00
AS 经办人
GET /desk/record/new -> 200
POST /desk/record kind=news title="水产站开放日活动" text="欢迎参观小龙虾育苗车间。" -> 303
  saves a from location /desk/record/{a}?said=saved
GET /desk/record/{a} -> 200
POST /desk/record/{a}/draft do=submit title="水产站开放日活动" openness=open ground=O19 \
  column=interaction/news issuer=株洲市畜牧兽医水产局 text="欢迎参观小龙虾育苗车间。" -> 303
AS 保密审查员
GET /desk/record/{a} -> 200
  saves hash from page name="hash" value="{hash}"
POST /desk/record/{a}/review step=secrecy hash={hash} verdict=pass q-secret=no q-safety=no q-trade=no q-privacy=no \
  q-internal=no q-sum=no -> 303
  location /desk/record/{a}?said=published

AS anyone
GET /search?q=%E5%85%8B%E6%B0%8F%E5%8E%9F%E8%9E%AF%E8%99%BE -> 200
  has 没有找到
GET /search?q=%E5%85%8B%E6%B0%8F%E5%8E%9F%E8%9E%AF%E8%99%BE -> 200
GET /search?q=%E5%85%8B%E6%B0%8F%E5%8E%9F%E8%9E%AF%E8%99%BE -> 200
GET /search?q=13912345678 -> 200
GET /search?q=13912345678 -> 200
GET /search?q=13912345678 -> 200
GET /search/suggest?q=%E5%BC%80%E6%94%BE -> 200
  has 水产站开放日活动
GET /search/suggest -> 200
GET /search/suggest?q=%E6%B2%A1%E6%9C%89%E8%BF%99%E4%B8%AA -> 200
  has 没有相近的标题和词

AS 经办人
GET /desk/search/unanswered -> 200
  has 克氏原螯虾
  lacks 13912345678
GET /desk/search -> 403
AT 2026-11-24 00:10
JOBS
AS 另一位经办人
GET /desk/search/unanswered -> 200
  has 克氏原螯虾
  has 2026-11-23
  lacks 13912345678

AS 系统管理员
GET /desk/search/synonyms -> 200
  has 非洲猪瘟
POST /desk/search/synonyms text="克氏原螯虾 = " note=加一组 -> 422
  has 第 1 行
  field note=加一组
POST /desk/search/synonyms text="克氏原螯虾 = 小龙虾" -> 422
  has 请写一句为什么改
POST /desk/search/synonyms text="克氏原螯虾 = 小龙虾" note="群众这样叫" -> 303
  location /desk/search/synonyms?said=synonyms-set
GET /desk/search/synonyms?said=synonyms-set -> 200
  has 群众这样叫
GET /desk/search?q=%E5%85%8B%E6%B0%8F%E5%8E%9F%E8%9E%AF%E8%99%BE -> 200
  has 也找：小龙虾
  has 水产站开放日活动
  has 正文和要素
  has 有效性（没有有效期）×1.00
POST /desk/search/rebuild -> 303
AS anyone
GET /search?q=%E5%85%8B%E6%B0%8F%E5%8E%9F%E8%9E%AF%E8%99%BE -> 200
  has 水产站开放日活动
