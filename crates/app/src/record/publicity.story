# 公示: a least by law, an end that comes with the day on every path, objections, a correction that begins it anew.
AT 2026-11-23 09:00
AS 经办人
GET /desk/record/new -> 200
POST /desk/record kind=procurement title="病死畜禽处理设备维保采用单一来源采购的公示" text="拟向原供应商续购维保服务，理由如下：设备为专利产品。" -> 303
  saves id from location /desk/record/{id}?said=saved
GET /desk/record/{id} -> 200
  has 公示期

# Shorter than the law gives is refused with its article; what was typed stays.
POST /desk/record/{id}/draft do=submit title="病死畜禽处理设备维保采用单一来源采购的公示" openness=open ground=O20-9 \
  column=management/internal/procurement class=procurement stage=single-source project-number=ZZ-2026-07 shown-days=3 \
  medium=ccgp-hunan medium-day=2026-11-20 medium-address=http://www.ccgp-hunan.gov.cn/page/7.html \
  text="拟向原供应商续购维保服务，理由如下：设备为专利产品。" -> 422
  has 公示期不得少于5个工作日，填的是3个工作日
  has 《政府采购法实施条例》第三十八条
  field shown-days=3
POST /desk/record/{id}/draft do=submit title="病死畜禽处理设备维保采用单一来源采购的公示" openness=open ground=O20-9 \
  column=management/internal/procurement class=procurement stage=single-source project-number=ZZ-2026-07 shown-days= \
  medium=ccgp-hunan medium-day=2026-11-20 medium-address=http://www.ccgp-hunan.gov.cn/page/7.html \
  text="拟向原供应商续购维保服务，理由如下：设备为专利产品。" -> 303
AS 科室负责人
GET /desk/record/{id} -> 200
  saves hash from page name="hash" value="{hash}"
POST /desk/record/{id}/review step=section hash={hash} verdict=pass q-inaccurate=no q-incomplete=no -> 303
AS 保密审查员
GET /desk/record/{id} -> 200
  saves hash from page name="hash" value="{hash}"
POST /desk/record/{id}/review step=secrecy hash={hash} verdict=pass q-secret=no q-safety=no q-trade=no q-privacy=no q-internal=no q-sum=no -> 303
  location /desk/record/{id}?said=published

# Five working days: the day of publication does not count, Saturday and Sunday do not either.
AS anyone
GET /records/4302SHILI/2026-00001 -> 200
  has 公示中，到2026年11月30日24:00 结束
  has 公示期5个工作日
  has 《政府采购法实施条例》第三十八条
  has 对公示有意见，在这里提
  has 0731-2868 0000
  lacks 公示已结束
  lacks 没有从本平台收到意见
GET /records/4302SHILI/2026-00001.json -> 200
  has "validity": "公示中"
  has "shown_from": "2026-11-23"
  has "shown_until": "2026-11-30"
GET /records/4302SHILI/2026-00001.txt -> 200
  has 公示期：2026年11月23日至2026年11月30日（公示中）
GET /management/internal/procurement -> 200
  has 公示中，到2026年11月30日
GET /management/internal/procurement.csv -> 200
  has 公示中
GET /records -> 200
  has 公示中，到2026年11月30日
GET /records?validity=on-show -> 200
  has 病死畜禽处理设备维保
GET /records?validity=show-over -> 200
  lacks 病死畜禽处理设备维保
GET /records.atom -> 200
  has 公示中，到2026年11月30日
GET /api/v1/records?validity=on-show -> 200
  has "shown_until": "2026-11-30"
GET / -> 200
  has 公示中，到2026年11月30日
AS 监督员
GET /desk -> 200
  has 公示中：病死畜禽处理设备维保
AS 发布员
GET /desk/record/{id}/outlet/sheet -> 200
  has 2026年11月23日至2026年11月30日
GET /desk/record/{id}/outlet/wechat -> 200
  has 公示期：2026年11月23日至2026年11月30日
GET /desk/record/{id}/outlet/poster -> 200
  has 公示期：2026年11月23日至2026年11月30日

# A correction that leaves what is shown alone does not touch the period, and says so before it is sent.
AT 2026-11-24 10:00
AS 经办人
POST /desk/sign-in name=jingban password="湘江边的水产站 2017" -> 303
GET /desk -> 200
POST /desk/record/{id}/take-up -> 303
GET /desk/record/{id} -> 200
  has 公示的内容没有改动，公示期照原来的算
POST /desk/record/{id}/draft do=save ... text="拟向原供应商续购维保服务，理由如下：设备为专利产品，预算 6 万元。" -> 303
GET /desk/record/{id} -> 200
  has 公示期从更正公开之日重新计算
  has 今天公开的，到2026年12月1日
POST /desk/record/{id}/draft do=save ... text="拟向原供应商续购维保服务，理由如下：设备为专利产品。" -> 303
GET /desk/record/{id} -> 200
  has 公示的内容没有改动，公示期照原来的算
POST /desk/record/{id}/draft do=submit ... change=补上关键词 keywords=单一来源 -> 303
AS 科室负责人
POST /desk/sign-in name=kezhang password="湘江边的水产站 2017" -> 303
GET /desk/record/{id} -> 200
  saves hash from page name="hash" value="{hash}"
POST /desk/record/{id}/review step=section hash={hash} verdict=pass q-inaccurate=no q-incomplete=no -> 303
AS 保密审查员
POST /desk/sign-in name=baomi password="湘江边的水产站 2017" -> 303
GET /desk/record/{id} -> 200
  saves hash from page name="hash" value="{hash}"
POST /desk/record/{id}/review step=secrecy hash={hash} verdict=pass q-secret=no q-safety=no q-trade=no q-privacy=no q-internal=no q-sum=no -> 303
AS anyone
GET /records/4302SHILI/2026-00001 -> 200
  has 公示中，到2026年11月30日24:00 结束

# One that changes it begins the period anew.
AT 2026-11-25 10:00
AS 经办人
POST /desk/sign-in name=jingban password="湘江边的水产站 2017" -> 303
GET /desk -> 200
POST /desk/record/{id}/take-up -> 303
GET /desk/record/{id} -> 200
POST /desk/record/{id}/draft do=submit ... change=补上预算 text="拟向原供应商续购维保服务，理由如下：设备为专利产品，预算 6 万元。" -> 303
AS 科室负责人
POST /desk/sign-in name=kezhang password="湘江边的水产站 2017" -> 303
GET /desk/record/{id} -> 200
  saves hash from page name="hash" value="{hash}"
POST /desk/record/{id}/review step=section hash={hash} verdict=pass q-inaccurate=no q-incomplete=no -> 303
AS 保密审查员
POST /desk/sign-in name=baomi password="湘江边的水产站 2017" -> 303
GET /desk/record/{id} -> 200
  saves hash from page name="hash" value="{hash}"
POST /desk/record/{id}/review step=secrecy hash={hash} verdict=pass q-secret=no q-safety=no q-trade=no q-privacy=no q-internal=no q-sum=no -> 303
AS anyone
GET /records/4302SHILI/2026-00001 -> 200
  has 公示中，到2026年12月2日24:00 结束

# An objection within the period: its page carries the record; not a word of it is public.
AT 2026-12-02 23:50
AS anyone
GET /correction?page=/records/4302SHILI/2026-00001&topic=objection -> 200
  has 对公示有意见
  field page=/records/4302SHILI/2026-00001
POST /correction page=/records/4302SHILI/2026-00001 topic=objection what="canary-objection 还有别的供应商" -> 303
  saves code from location /correction/receipt/{code}
GET /records/4302SHILI/2026-00001 -> 200
  has 公示中，到2026年12月2日24:00 结束
  lacks canary

# Midnight: no job has run, no page was asked to change; it is over everywhere, and nobody says that none objected.
AT 2026-12-03 00:00
AS anyone
GET /records/4302SHILI/2026-00001 -> 200
  has 公示已结束
  has 收到意见 1 件，还有 1 件正在核实，没有答复
  lacks 公示中
  lacks canary
  lacks 在这里提
GET /records -> 200
  has 公示已结束
  lacks 公示中
GET /records/4302SHILI/2026-00001.json -> 200
  has "validity": "公示已结束"
GET /records.atom -> 200
  has 公示已结束
GET /records?validity=on-show -> 200
  lacks 病死畜禽处理设备维保
GET /records?validity=show-over -> 200
  has 病死畜禽处理设备维保

# The desk sees what it is; once it is answered, the page says so.
AT 2026-12-03 09:00
AS 经办人
POST /desk/sign-in name=jingban password="湘江边的水产站 2017" -> 303
GET /desk -> 200
  has 公示期内的意见：/records/4302SHILI/2026-00001
GET /desk/correction -> 200
  saves sent from page href="/desk/correction/{sent}"
GET /desk/correction/{sent} -> 200
  has canary-objection
  has 公示期内收到
POST /desk/correction/{sent}/answer outcome=not-an-error reply="已向财政部门核实，该设备只有一家供应商。" -> 303
AS 监督员
POST /desk/sign-in name=jiandu password="湘江边的水产站 2017" -> 303
GET /desk -> 200
  has 公示已结束：病死畜禽处理设备维保
AS anyone
GET /records/4302SHILI/2026-00001 -> 200
  has 收到意见 1 件，已全部答复
  lacks 正在核实

# A list of names: how long it stays is asked, no least is invented, and it goes by itself.
AT 2026-12-03 10:00
AS 经办人
POST /desk/sign-in name=jingban password="湘江边的水产站 2017" -> 303
GET /desk -> 200
POST /desk/record kind=notice title="2026年衔接资金到户项目公示" text="各村项目和金额见下。监督电话 0731-2868 0000。" -> 303
  saves aid from location /desk/record/{aid}?said=saved
GET /desk/record/{aid} -> 200
POST /desk/record/{aid}/draft do=submit title="2026年衔接资金到户项目公示" openness=open ground=O20-13 column=results/special-funds \
  shows=aid shown-days=9 text="各村项目和金额见下。监督电话 0731-2868 0000。" -> 422
  has 公示期不得少于10日，填的是9日
  has 国开办发〔2018〕11号
  has 请填写公示结束后
POST /desk/record/{aid}/draft do=submit title="2026年衔接资金到户项目公示" openness=open ground=O20-13 column=results/special-funds \
  shows=aid shown-days=12 afterwards=removed text="各村项目和金额见下。监督电话 0731-2868 0000。" -> 422
  has 请填写结束后保留
POST /desk/record/{aid}/draft do=submit title="2026年衔接资金到户项目公示" openness=open ground=O20-13 column=results/special-funds \
  shows=aid shown-days=12 afterwards=removed kept-days=5 text="各村项目和金额见下。监督电话 0731-2868 0000。" -> 303
AS 保密审查员
POST /desk/sign-in name=baomi password="湘江边的水产站 2017" -> 303
GET /desk/record/{aid} -> 200
  saves hash from page name="hash" value="{hash}"
POST /desk/record/{aid}/review step=secrecy hash={hash} verdict=pass q-secret=no q-safety=no q-trade=no q-privacy=no q-internal=no q-sum=no \
  -> 303
  location /desk/record/{aid}?said=published
AS anyone
GET /records/4302SHILI/2026-00002 -> 200
  has 公示中，到2026年12月15日24:00 结束
  has 公示期12日
  has 本页保留到2026年12月20日24:00，到时撤下
AT 2026-12-16 00:00
JOBS
GET /records/4302SHILI/2026-00002 -> 200
  has 公示已结束
  has 公示期内没有从本平台收到意见
AT 2026-12-20 23:59
JOBS
GET /records/4302SHILI/2026-00002 -> 200
AT 2026-12-21 00:00
JOBS
GET /records/4302SHILI/2026-00002 -> 410
  has 公示期届满
GET /records -> 200
  lacks 衔接资金到户项目公示

# Where no law gives a number of days, the office has to say one.
AT 2026-12-21 09:00
AS 经办人
POST /desk/sign-in name=jingban password="湘江边的水产站 2017" -> 303
GET /desk -> 200
POST /desk/record kind=personnel title="2026年公开招聘拟录用人员公示" text="拟录用人员名单见附件。" -> 303
  saves staff from location /desk/record/{staff}?said=saved
GET /desk/record/{staff} -> 200
POST /desk/record/{staff}/draft do=submit title="2026年公开招聘拟录用人员公示" openness=open ground=O20-14 \
  column=management/internal/personnel matter=to-recruit afterwards=stays text="拟录用人员名单见附件。" -> 422
  has 请填写公示期
