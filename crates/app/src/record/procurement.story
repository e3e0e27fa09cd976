# A purchase: the form asks, the gate of the medium holds, the figures come out on page, list, CSV, JSON and API.
AT 2026-11-23 09:00
AS 经办人
GET /desk/record/new -> 200
POST /desk/record kind=procurement title="水产苗种检测设备采购结果公告" text="" -> 303
  saves id from location /desk/record/{id}?said=saved
GET /desk/record/{id} -> 200
  has 政府采购要素
  has 财政部门指定的媒体
  has 只供内部使用，不公开

# Every field that the stage asks for is named at once, with its article; what was typed stays.
POST /desk/record/{id}/draft do=submit title="水产苗种检测设备采购结果公告" openness=open ground=O20-9 \
  column=management/internal/procurement class=procurement stage=result award=约五十 -> 422
  has 成交金额写成万元数
  has 请填写项目编号
  has 请填写供应商
  has 请填写财政部门指定的媒体
  has 《政府采购法》第十一条
  field award=约五十

# Not before the medium named by the finance department has it, and only with an address there.
POST /desk/record/{id}/draft do=submit title="水产苗种检测设备采购结果公告" openness=open ground=O20-9 \
  column=management/internal/procurement class=procurement stage=result award=48.8 project-number=ZZ-2026-01 \
  method=open supplier=株洲某检测设备公司 supplier-address=株洲市天元区 settled=2026-11-19 purchase-file=canarypurchase \
  medium=ccgp-hunan medium-day=2026-11-24 medium-address=http://ccgp-hunan.gov.cn.example.com/1 -> 422
  has 媒体发布日期还没有到
  has 这个网址不在所选的媒体
POST /desk/record/{id}/draft do=submit title="水产苗种检测设备采购结果公告" openness=open ground=O20-9 \
  column=management/internal/procurement class=procurement stage=result award=48.8 project-number=ZZ-2026-01 \
  method=open supplier=株洲某检测设备公司 supplier-address=株洲市天元区 settled=2026-11-19 purchase-file=canarypurchase \
  medium=ccgp-hunan medium-day=2026-11-20 medium-address=http://www.ccgp-hunan.gov.cn/page/1.html -> 303

# The reviewer sees all of it, and what is for staff is marked.
AS 科室负责人
GET /desk/record/{id} -> 200
  has 48.80 万元
  has canarypurchase（不公开）
  saves hash from page name="hash" value="{hash}"
POST /desk/record/{id}/review step=section hash={hash} verdict=pass q-inaccurate=no q-incomplete=no -> 303
AS 保密审查员
GET /desk/record/{id} -> 200
  saves hash from page name="hash" value="{hash}"
POST /desk/record/{id}/review step=secrecy hash={hash} verdict=pass q-secret=no q-safety=no q-trade=no q-privacy=no q-internal=no q-sum=no -> 303
  location /desk/record/{id}?said=published

AS anyone
GET /records/4302SHILI/2026-00001 -> 200
  has 中标（成交）结果
  has 48.80 万元
  has 株洲某检测设备公司
  has www.ccgp-hunan.gov.cn
  lacks canarypurchase
  lacks 采购档案卷号
GET /records/4302SHILI/2026-00001.json -> 200
  has "award": "48800000"
  has "stage": "result"
  lacks canarypurchase
GET /records/4302SHILI/2026-00001.txt -> 200
  has 成交金额：48.80 万元
  lacks canarypurchase
GET /management/internal/procurement -> 200
  has 成交金额（万元）
  has 公开阶段
GET /management/internal/procurement?stage=result -> 200
  has 株洲某检测设备公司
GET /management/internal/procurement?stage=contract -> 200
  has 没有符合条件的信息
  lacks 株洲某检测设备公司
GET /management/internal/procurement?stage=poem -> 400
GET /management/internal/procurement.csv -> 200
  has 公开阶段,项目编号
  has 中标（成交）结果,ZZ-2026-01
  has 48.80
  lacks canarypurchase
GET /management/internal/procurement.json?stage=result -> 200
  has "supplier": "株洲某检测设备公司"
  lacks canarypurchase
GET /api/v1/records/4302SHILI/2026-00001 -> 200
  has "project-number": "ZZ-2026-01"
  lacks canarypurchase
GET /api/v1/kinds -> 200
  has "x-basis":"《政府采购法》第十一条"
  has "purchase-file"

# A correction begins from all of it, the internal number too.
AS 经办人
GET /desk/record/{id} -> 200
POST /desk/record/{id}/take-up -> 303
GET /desk/record/{id} -> 200
  field award=48.80
  field purchase-file=canarypurchase
  field stage=result
