# The library of policies: what became of a document stands on its page and in the list, and both sides lead to each
# other. Every word of validity is played here.
AT 2026-11-23 20:00
AS 经办人
GET /desk/record/new -> 200
POST /desk/record kind=policy title="水产苗种检疫办法" text="第一条 为了规范检疫。" -> 303
  saves a from location /desk/record/{a}?said=saved
GET /desk/record/{a} -> 200
POST /desk/record/{a}/draft do=submit title="水产苗种检疫办法" openness=open ground=O20-1 column=results/policies \
  class=laws-rules issuer=株洲市畜牧兽医水产局 number="株牧渔发[2021]3号" issued=2021-12-20 effective=2022-01-01 \
  expires=2026-12-31 normative=yes text="第一条 为了规范检疫。" -> 422
  has 请填写统一登记号
POST /desk/record/{a}/draft do=submit title="水产苗种检疫办法" openness=open ground=O20-1 column=results/policies \
  class=laws-rules issuer=株洲市畜牧兽医水产局 number="十二号" issued=2021-12-20 effective=2022-01-01 \
  expires=2026-12-31 normative=yes register-number=ZZCR-2021-01001 text="第一条 为了规范检疫。" -> 422
  has 文号写成 株牧渔发〔2017〕12号 这样
POST /desk/record/{a}/draft do=submit title="水产苗种检疫办法" openness=open ground=O20-1 column=results/policies \
  class=laws-rules issuer=株洲市畜牧兽医水产局 number="株牧渔发[2021]3号" issued=2021-12-20 effective=2022-01-01 \
  expires=2026-12-31 normative=yes register-number=ZZCR-2021-01001 theme=agriculture review-file=canarylegality \
  text="第一条 为了规范检疫。" -> 303
AS 科室负责人
GET /desk/record/{a} -> 200
  has canarylegality（不公开）
  saves hash from page name="hash" value="{hash}"
POST /desk/record/{a}/review step=section hash={hash} verdict=pass q-inaccurate=no q-incomplete=no -> 303
AS 合法性审核员
GET /desk/record/{a} -> 200
POST /desk/record/{a}/review step=legality hash={hash} verdict=pass q-power=no q-procedure=no q-rights=no q-competition=no q-term=no -> 303
AS 保密审查员
GET /desk/record/{a} -> 200
POST /desk/record/{a}/review step=secrecy hash={hash} verdict=pass q-secret=no q-safety=no q-trade=no q-privacy=no q-internal=no q-sum=no -> 303
AS 分管领导
GET /desk/record/{a} -> 200
POST /desk/record/{a}/review step=approval hash={hash} verdict=pass -> 303
  location /desk/record/{a}?said=published

AS anyone
GET /records/4302SHILI/2026-00001 -> 200
  has 现行有效
  has 株牧渔发〔2021〕3号
  has 农业、林业、水利
  lacks canarylegality
GET /results/policies -> 200
  has 株牧渔发〔2021〕3号
  has 现行有效
GET /results/policies?validity=in-force&theme=agriculture -> 200
  has 水产苗种检疫办法
GET /results/policies?validity=expired -> 200
  has 没有符合条件的信息
GET /results/policies?validity=not-yet -> 200
  has 没有符合条件的信息
GET /results/policies?validity=amended -> 200
  has 没有符合条件的信息
GET /results/policies?validity=unheard-of -> 400

# Within half a year of its end it waits at the desk of its section.
AS 发布员
GET /desk -> 200
  has 有效期将满：水产苗种检疫办法
  has 还有 38 天

# An interpretation: both pages lead to each other, and the library says so.
AS 经办人
GET /desk -> 200
  has 有效期将满：水产苗种检疫办法
POST /desk/record kind=interpretation title="检疫办法问答" text="问：什么时候施行？" -> 303
  saves b from location /desk/record/{b}?said=saved
GET /desk/record/{b} -> 200
POST /desk/record/{b}/draft do=submit title="检疫办法问答" openness=open ground=O20-15 column=results/interpretations \
  interprets="那份文件" text="问：什么时候施行？" -> 422
  has 解读的文件里的“那份文件”看不懂
POST /desk/record/{b}/draft do=submit title="检疫办法问答" openness=open ground=O20-15 column=results/interpretations \
  interprets="株牧渔发（2021）3号" form=questions effective=2026-12-01 text="问：什么时候施行？" -> 303
AS 科室负责人
GET /desk/record/{b} -> 200
  saves hash from page name="hash" value="{hash}"
POST /desk/record/{b}/review step=section hash={hash} verdict=pass q-inaccurate=no q-incomplete=no -> 303
AS 保密审查员
GET /desk/record/{b} -> 200
POST /desk/record/{b}/review step=secrecy hash={hash} verdict=pass q-secret=no q-safety=no q-trade=no q-privacy=no q-internal=no q-sum=no -> 303
AS anyone
GET /records/4302SHILI/2026-00001 -> 200
  has 解读与关联
  has 检疫办法问答
GET /records/4302SHILI/2026-00002 -> 200
  has 解读的文件
  has 水产苗种检疫办法
GET /results/policies -> 200
  has 解读
GET /results/interpretations?validity=not-yet -> 200
  has 检疫办法问答

# A clean-up ends it from its day on, on its page and in every list.
AS 经办人
POST /desk/record kind=cleanup title="2026年文件清理结果" text="" -> 303
  saves c from location /desk/record/{c}?said=saved
GET /desk/record/{c} -> 200
POST /desk/record/{c}/draft do=submit title="2026年文件清理结果" openness=open ground=O20-1 \
  column=results/policies/cleanup effective=2026-11-24 outcomes="株牧渔发〔2021〕3号 作废" -> 422
  has 一行一件
POST /desk/record/{c}/draft do=submit title="2026年文件清理结果" openness=open ground=O20-1 \
  column=results/policies/cleanup effective=2026-11-24 outcomes="株牧渔发〔2021〕3号 修改" -> 303
AS 科室负责人
GET /desk/record/{c} -> 200
  saves hash from page name="hash" value="{hash}"
POST /desk/record/{c}/review step=section hash={hash} verdict=pass q-inaccurate=no q-incomplete=no -> 303
AS 保密审查员
GET /desk/record/{c} -> 200
POST /desk/record/{c}/review step=secrecy hash={hash} verdict=pass q-secret=no q-safety=no q-trade=no q-privacy=no q-internal=no q-sum=no -> 303
AS 分管领导
GET /desk/record/{c} -> 200
POST /desk/record/{c}/review step=approval hash={hash} verdict=pass -> 303
AS anyone
GET /records/4302SHILI/2026-00003 -> 200
  has 水产苗种检疫办法
  has 修改
GET /records/4302SHILI/2026-00001 -> 200
  has 现行有效
  has 清理结果
AT 2026-11-24 00:00
GET /records/4302SHILI/2026-00001 -> 200
  has 已修改
GET /results/policies?validity=amended -> 200
  has 水产苗种检疫办法
  has 已修改
GET /results/policies?validity=in-force -> 200
  lacks 水产苗种检疫办法
AS 经办人
GET /desk/record/{c} -> 200
POST /desk/record/{c}/take-up -> 303
GET /desk/record/{c} -> 200
  field outcomes=株牧渔发〔2021〕3号 修改
POST /desk/record/{c}/draft do=submit change=改正清理结论 title="2026年文件清理结果" openness=open ground=O20-1 \
  column=results/policies/cleanup effective=2026-11-24 outcomes="株牧渔发〔2021〕3号 废止" -> 303
AS 科室负责人
GET /desk/record/{c} -> 200
  saves hash from page name="hash" value="{hash}"
POST /desk/record/{c}/review step=section hash={hash} verdict=pass q-inaccurate=no q-incomplete=no \
  password="湘江边的水产站 2017" -> 303
AS 保密审查员
GET /desk/record/{c} -> 200
POST /desk/record/{c}/review step=secrecy hash={hash} verdict=pass q-secret=no q-safety=no q-trade=no q-privacy=no q-internal=no q-sum=no \
  password="湘江边的水产站 2017" -> 303
AS 分管领导
GET /desk/record/{c} -> 200
POST /desk/record/{c}/review step=approval hash={hash} verdict=pass \
  password="湘江边的水产站 2017" -> 303
AS anyone
GET /records/4302SHILI/2026-00001 -> 200
  has 已废止
  has 这份文件从2026年11月24日起废止
GET /records/4302SHILI/2026-00001.json -> 200
  has "validity": "已废止"
GET /results/policies?validity=repealed -> 200
  has 水产苗种检疫办法
  has 已废止
GET /results/policies?validity=in-force -> 200
  lacks 水产苗种检疫办法
GET /results/policies.csv -> 200
  has 已废止
AS 发布员
GET /desk -> 200
  lacks 有效期将满

# Taken down, the clean-up ends nothing any more; the links to it are gone with it.
AS 科室负责人
GET /desk/record/{c} -> 200
POST /desk/record/{c}/withdraw reason=error -> 303
AS anyone
GET /records/4302SHILI/2026-00001 -> 200
  has 现行有效
  lacks 2026年文件清理结果
GET /results/policies?validity=repealed -> 200
  has 没有符合条件的信息

# The clean-up comes back and says that it lapsed.
AS 经办人
GET /desk/record/{c} -> 200
POST /desk/record/{c}/take-up -> 303
GET /desk/record/{c} -> 200
  field outcomes=株牧渔发〔2021〕3号 废止
POST /desk/record/{c}/draft do=submit change=改正清理结论 title="2026年文件清理结果" openness=open ground=O20-1 \
  column=results/policies/cleanup effective=2026-11-24 outcomes="株牧渔发〔2021〕3号 失效" -> 303
AS 科室负责人
GET /desk/record/{c} -> 200
  saves hash from page name="hash" value="{hash}"
POST /desk/record/{c}/review step=section hash={hash} verdict=pass q-inaccurate=no q-incomplete=no -> 303
AS 保密审查员
GET /desk/record/{c} -> 200
POST /desk/record/{c}/review step=secrecy hash={hash} verdict=pass q-secret=no q-safety=no q-trade=no q-privacy=no q-internal=no q-sum=no -> 303
AS 分管领导
GET /desk/record/{c} -> 200
POST /desk/record/{c}/review step=approval hash={hash} verdict=pass -> 303
AS anyone
GET /results/policies?validity=lapsed -> 200
  has 水产苗种检疫办法
  has 已失效
AS 科室负责人
GET /desk/record/{c} -> 200
POST /desk/record/{c}/withdraw reason=error -> 303
AS anyone

# The term ends by itself.
AT 2027-01-01 00:00
GET /records/4302SHILI/2026-00001 -> 200
  has 已过有效期
GET /results/policies?validity=expired -> 200
  has 水产苗种检疫办法
  has 已过有效期
GET /results/policies?validity=in-force -> 200
  lacks 水产苗种检疫办法
