# The negative list: proposed by one, put in force by another, from a day on; what rested on a removed entry comes back.
AT 2026-11-23 09:00
AS 经办人
GET /desk -> 200
POST /desk/record kind=notice title="内部流程说明" text="收发文流程。" -> 303
  saves id from location /desk/record/{id}?said=saved
GET /desk/record/{id} -> 200
  has 清单 F13
POST /desk/record/{id}/draft do=submit title="内部流程说明" column=results/policies openness=withheld ground=F99 \
  issuer=株洲市畜牧兽医水产局 text="收发文流程。" -> 422
  has 不予公开须选一条现行的法定依据
POST /desk/record/{id}/draft do=submit title="内部流程说明" column=results/policies openness=withheld ground=F13 \
  issuer=株洲市畜牧兽医水产局 text="收发文流程。" -> 303
GET /desk/record/{id} -> 200
  has 《政府信息公开条例》第十六条第一款
GET /desk/record/regrounded -> 200
  has 没有要重新认定的
GET /desk/ground -> 200
  has 第 1 版
  lacks 提出新的一版
GET /desk/ground/new -> 403
AS anyone
GET /disclosure/negative-list -> 200
  has 第 1 版
  has 后勤管理和内部工作流程
GET /disclosure/negative-list?on=x -> 400
  has 日期写成

# An entry without a statute is refused, and nothing typed is lost; the past cannot be rewritten.
AS 合法性审核员
GET /desk/ground -> 200
  has 提出新的一版
GET /desk/ground/new -> 200
  field withheld-12=后勤管理和内部工作流程
POST /desk/ground/new from=2026-11-22 source=局党组会议纪要 note=缩小清单 -> 422
  has 不能早于今天
  field source=局党组会议纪要
POST /desk/ground/new from=2027-01-01 source=局党组会议纪要 note=缩小清单 withheld-0=已经定密的文件和事项 how-0=whole \
  ground-0="" also-0="" note-0="" withheld-1=未经公布的动物疫情 how-1=whole ground-1=N2 also-1=《没有这部法》第一条 -> 422
  has F01：没有法律依据，不能列入清单
  has F02：看不懂“《没有这部法》第一条”
  field withheld-1=未经公布的动物疫情
POST /desk/ground/new from=2027-01-01 source=局党组会议纪要 note=缩小清单 withheld-0=已经定密的文件和事项 how-0=whole \
  ground-0=N1 note-0=解密后重新审查。 withheld-1=未经公布的动物疫情 how-1=whole ground-1=N2 \
  also-1=《动物防疫法》第三十六条 drop-2=y drop-3=y drop-4=y drop-5=y drop-6=y drop-7=y drop-8=y drop-9=y drop-10=y \
  drop-11=y drop-12=y drop-13=y drop-14=y drop-15=y withheld-16=新列入的内容 how-16=part ground-16=N3 -> 303
  saves version from location /desk/rule/version/{version}?said=rule-proposed
GET /desk/rule/version/{version} -> 200
  has 不予公开清单的改动
  has 删去 F13
  has 新增 F17
  has 2027年1月1日起
POST /desk/rule/version/{version}/decide verdict=activate version=1 -> 403
AS 分管领导
GET /desk/rule/version/{version} -> 200
POST /desk/rule/version/{version}/decide verdict=activate opinion=同意。 password="湘江边的水产站 2017" -> 303
GET /desk/ground -> 200
  has 自2027年1月1日起施行
  has 第 1 版
AS 经办人
GET /desk/record/regrounded -> 200
  has 没有要重新认定的
AS anyone
GET /disclosure/negative-list -> 200
  has 第 1 版，最初的清单
  has 尚未施行
GET /disclosure/negative-list?on=2027-01-01 -> 200
  has 2027年1月1日的清单
  has 新列入的内容
  has 比上一版改了什么

# Its day comes: the list changes by itself, and the record is back on its clerk's desk.
AT 2027-01-01 08:00
AS anyone
GET /disclosure/negative-list -> 200
  has 第 2 版，自2027年1月1日起施行
GET /disclosure/negative-list?on=2026-12-31 -> 200
  has 第 1 版，最初的清单
  has 后勤管理和内部工作流程
AS 另一位经办人
GET /desk/record/regrounded -> 200
  has 内部流程说明
  has 已经删去
GET /desk -> 200
  has 重新认定
  has 内部流程说明
POST /desk/record/{id}/take-up -> 303
GET /desk/record/{id} -> 200
POST /desk/record/{id}/draft do=submit title="内部流程说明" column=results/policies openness=withheld ground=F13 \
  issuer=株洲市畜牧兽医水产局 text="收发文流程。" -> 422
  has 不予公开须选一条现行的法定依据
POST /desk/record/{id}/draft do=submit title="内部流程说明" column=results/policies openness=withheld ground=N6 \
  issuer=株洲市畜牧兽医水产局 text="收发文流程。" -> 303
GET /desk/record/regrounded -> 200
  has 没有要重新认定的
