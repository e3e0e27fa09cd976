# The three public expenses, leaders, assets and personnel: figures are checked, compared, put in order.
AT 2026-11-23 09:00
AS 经办人
GET /desk/record/new -> 200
POST /desk/record kind=expense title="2026年“三公”经费预算" text="" -> 303
  saves e from location /desk/record/{e}?said=saved
GET /desk/record/{e} -> 200
POST /desk/record/{e}/draft do=submit title="2026年“三公”经费预算" openness=open ground=O20-7 \
  column=management/internal/finance class=budget account=budget fiscal-year=2026 abroad=0 cars-bought=0 cars-run=12.5 \
  reception=3.2 expenses=15.8 abroad-before=0 cars-bought-before=0 cars-run-before=13 reception-before=3.2 \
  expenses-before=16.2 -> 422
  has 四项之和是 15.70 万元，填的是 15.80 万元
  has 请写明增减变化的原因
POST /desk/record/{e}/draft do=submit title="2026年“三公”经费预算" openness=open ground=O20-7 \
  column=management/internal/finance class=budget account=budget fiscal-year=2026 abroad=0 cars-bought=0 cars-run=12.5 \
  reception=3.2 expenses=15.7 abroad-before=0 cars-bought-before=0 cars-run-before=13 reception-before=3.2 \
  expenses-before=16.2 difference="减少用车。" -> 303
AS 科室负责人
GET /desk/record/{e} -> 200
  saves hash from page name="hash" value="{hash}"
POST /desk/record/{e}/review step=section hash={hash} verdict=pass q-inaccurate=no q-incomplete=no -> 303
AS 保密审查员
GET /desk/record/{e} -> 200
POST /desk/record/{e}/review step=secrecy hash={hash} verdict=pass q-secret=no q-safety=no q-trade=no q-privacy=no q-internal=no q-sum=no -> 303
AS anyone
GET /records/4302SHILI/2026-00001 -> 200
  has 与上年比较
  has 减 0.50
  has 持平
  has 减少用车。
GET /management/internal/finance.csv -> 200
  has 公务用车运行费（万元）
  has ,12.50,3.20,15.70,

# Two leaders stand in the order of their rank, not of publication; the liaison's number stays inside.
AS 经办人
POST /desk/record kind=leader title="局领导甲" text="" -> 303
  saves x from location /desk/record/{x}?said=saved
GET /desk/record/{x} -> 200
POST /desk/record/{x}/draft do=submit title="局领导甲" openness=open ground=O20-2 column=management class=organisation \
  leader=某甲 post=局长 portfolio=主持全面工作。 rank=1 liaison=canaryliaison -> 303
AS 科室负责人
GET /desk/record/{x} -> 200
  saves hash from page name="hash" value="{hash}"
POST /desk/record/{x}/review step=section hash={hash} verdict=pass q-inaccurate=no q-incomplete=no -> 303
AS 保密审查员
GET /desk/record/{x} -> 200
POST /desk/record/{x}/review step=secrecy hash={hash} verdict=pass q-secret=no q-safety=no q-trade=no q-privacy=no q-internal=no q-sum=no -> 303
  location /desk/record/{x}?said=published
AS anyone
GET /records/4302SHILI/2026-00002 -> 200
  has 主持全面工作。
  lacks canaryliaison
GET /disclosure/catalogue/organisation -> 200
  has 排序
  has 局长
GET /disclosure/catalogue/organisation.csv -> 200
  has 分工
  lacks canaryliaison
GET /disclosure/catalogue/organisation.json -> 200
  has "rank": "1"
  lacks canaryliaison

# Personnel, assets, press and plans tell what they lack.
AS 经办人
POST /desk/record kind=personnel title="招录公告" text="正文" -> 303
  saves p from location /desk/record/{p}?said=saved
GET /desk/record/{p} -> 200
POST /desk/record/{p}/draft do=submit title="招录公告" openness=open ground=O20-14 column=management/internal/personnel \
  matter=recruitment text="正文" -> 422
  has 请填写招录职位
  has 请填写招录名额
  has 请填写报考条件
  has 《政府信息公开条例》第二十条第十四项
POST /desk/record kind=asset title="车辆处置" text="正文" -> 303
  saves q from location /desk/record/{q}?said=saved
GET /desk/record/{q} -> 200
POST /desk/record/{q}/draft do=submit title="车辆处置" openness=open ground=O20-15 column=management/internal/assets \
  asset-type=vehicle way=sale book-value=12 approver=市财政局 approved=2026-12-01 text="正文" -> 422
  has 请填写评估价值
  has 请填写处置收入
  has 批准日期不能晚于今天
POST /desk/record kind=press title="新闻通气会" text="正文" -> 303
  saves r from location /desk/record/{r}?said=saved
GET /desk/record/{r} -> 200
POST /desk/record/{r}/draft do=submit title="新闻通气会" openness=open ground=O20-15 column=interaction/press \
  speaker-post=副局长 text="正文" -> 422
  has 请填写举行日期
  has 请写明发布人
POST /desk/record kind=plan title="产业规划" text="正文" -> 303
  saves s from location /desk/record/{s}?said=saved
GET /desk/record/{s} -> 200
POST /desk/record/{s}/draft do=submit title="产业规划" openness=open ground=O20-3 column=management \
  plan-from=2026 plan-until=2025 text="正文" -> 422
  has 截止年份不能早于起始年份
