# 重大行政决策 from triage to a comment that is answered; no step is skipped.
AT 2026-11-23 09:00
AS 经办人
GET /desk/decision -> 200
  has 提出决策事项
GET /desk/decision/new -> 200
POST /desk/decision/new name="" -> 422
  has 必填
POST /desk/decision/new name=尾水治理奖补办法 -> 303
  saves id from location /desk/decision/{id}?said=begun
POST /desk/decision/new name=尾水治理奖补办法 -> 303
  location /desk/decision/{id}?said=begun
GET /desk/decision/{id} -> 200
  has 决策〔2026〕1号
  has 待认定为重大行政决策
POST /desk/decision/{id}/major year=2026 -> 403
AS anyone
GET /decisions/2026-1 -> 404
AS 科室负责人
GET /desk/decision/{id}/ordinary -> 200
  has “事项说明”还没有公布
GET /desk/decision/{id}/major -> 200
POST /desk/decision/{id}/major year=2026 why=涉及全市养殖户 -> 422
  has 专家人数不少于：必填
  field year=2026
POST /desk/decision/{id}/major year=2026 why=涉及全市养殖户 experts_least=1 -> 303
GET /desk/decision/{id}/submit -> 200
  has 还没有公开征求意见
  has 专家现在 0 位
  has 还没有评估：成本效益、社会稳定
  has 还没有登记公平竞争审查
  has 没有经过合法性审查
POST /desk/decision/{id}/submit -> 422
  has 不得提交讨论
AS anyone
GET /decisions/2026-1 -> 404

# The papers are records: each passes its own gate before the case can lean on it.
AS 经办人
GET /desk/decision/{id}/post -> 200
  has 决策草案还没有公布
GET /desk/decision/{id}/papers -> 200
  has 未建立
POST /desk/decision/{id}/papers role=adoption -> 422
  has 征求意见截止以后才能汇总
AS 经办人
POST /desk/decision/{id}/papers role=about -> 303
  saves r from location /desk/record/{r}
GET /desk/record/{r} -> 200
  field title=尾水治理奖补办法
POST /desk/record/{r}/draft do=submit ... openness=open ground=O20-13 text="正文一段。" -> 303
AS 保密审查员
GET /desk/record/{r} -> 200
  saves hash from page name="hash" value="{hash}"
POST /desk/record/{r}/review step=secrecy hash={hash} verdict=pass q-secret=no q-safety=no q-trade=no q-privacy=no q-internal=no q-sum=no -> 303
  location /desk/record/{r}?said=published
AS anyone
GET /decisions/2026-1 -> 200
  has 尾水治理奖补办法
  has 还没有开始征求意见
  lacks 涉及全市养殖户
GET /decisions/2026-1/comment -> 200
  has 现在不能提意见
GET /decisions/cases -> 200
  has 2026年度重大行政决策事项目录
GET /decisions -> 200
  has 重大行政决策案卷
GET /decisions/process -> 200
  has 提请集体讨论
AS 经办人
POST /desk/decision/{id}/papers role=draft -> 303
  saves r from location /desk/record/{r}
GET /desk/record/{r} -> 200
  field title=尾水治理奖补办法（征求意见稿）
POST /desk/record/{r}/draft do=submit ... openness=open ground=O20-13 text="正文一段。" -> 303
AS 保密审查员
GET /desk/record/{r} -> 200
  saves hash from page name="hash" value="{hash}"
POST /desk/record/{r}/review step=secrecy hash={hash} verdict=pass q-secret=no q-safety=no q-trade=no q-privacy=no q-internal=no q-sum=no -> 303
  location /desk/record/{r}?said=published
AS 经办人
POST /desk/decision/{id}/papers role=explain -> 303
  saves r from location /desk/record/{r}
GET /desk/record/{r} -> 200
  field title=关于《尾水治理奖补办法》的起草说明
POST /desk/record/{r}/draft do=submit ... openness=open ground=O20-13 text="正文一段。" -> 303
AS 保密审查员
GET /desk/record/{r} -> 200
  saves hash from page name="hash" value="{hash}"
POST /desk/record/{r}/review step=secrecy hash={hash} verdict=pass q-secret=no q-safety=no q-trade=no q-privacy=no q-internal=no q-sum=no -> 303
  location /desk/record/{r}?said=published
AS 经办人
GET /desk/decision/{id}/post -> 200
POST /desk/decision/{id}/post until=2026-12-22 -> 422
  has 征求意见不少于 30 日，最早到 2026年12月23日
POST /desk/decision/{id}/post until=2026-12-23 -> 303

# Anyone comments; the same form twice gives the first receipt.
AS anyone
GET /decisions/2026-1 -> 200
  has 征求意见中
  has 我要提意见
GET /decisions/2026-1/comment?passage=p0 -> 200
  has 正文一段
  saves passage from page <option value="p0-{passage}"
POST /decisions/2026-1/comment passage=p7 said="" -> 422
  has 请写您的意见
  has 请选择针对哪一段
POST /decisions/2026-1/comment passage=p0-{passage} said="封顶太低，canarycomment。" name=某甲 -> 303
  saves code from location /decisions/receipt/{code}
POST /decisions/2026-1/comment passage=p0-{passage} said="封顶太低，canarycomment。" name=某甲 -> 303
  location /decisions/receipt/{code}
POST /decisions/2026-1/comment passage=p0-000000000000 said=晚了一步 -> 422
  has 草案的这一段刚刚更正过
GET /decisions/receipt/{code} -> 200
  has 您的意见已收到
  has 草案第 1 段
GET /decisions/2026-1 -> 200
  lacks canarycomment

# At the desk: taken down from a letter, put under a point, answered.
AS 经办人
GET /desk/decision/{id} -> 200
  lacks canarycomment
GET /desk/decision/{id}/comments -> 200
  has canarycomment
  has 针对的原文
  has 正文一段
  has 网上 1 条
  has 还有 1 条没有归类
POST /desk/decision/{id}/comments way=letter said="" -> 422
  has 请写意见的内容
GET /desk/decision/{id}/point -> 200
POST /desk/decision/{id}/point passage=第五条 gist=提高封顶 -> 303
GET /desk/decision/{id}/comments -> 200
  saves comment from page name="comment" value="{comment}"
POST /desk/decision/{id}/sort comment={comment} point=9 -> 422
  has 请选择一条意见要点
POST /desk/decision/{id}/sort comment={comment} point=1 -> 303
GET /desk/decision/{id}/comments -> 200
  has 都已归类
GET /desk/decision/{id}/answer?row=1 -> 200
POST /desk/decision/{id}/answer row=1 answer=partly reason=按户数封顶 -> 303

# It closes by the clock, on every path, whether a job ran or not.
AT 2026-12-23 23:59
AS anyone
GET /decisions/2026-1 -> 200
  has 我要提意见
AT 2026-12-24 00:00
GET /decisions/2026-1 -> 200
  has 征求意见已在
  lacks 我要提意见
POST /decisions/2026-1/comment passage=whole said=来晚了 -> 422
  has 征求意见已在2026年12月23日24时截止
GET /decisions/receipt/{code} -> 200
  has 已经归类
  lacks 按户数封顶

# What was adopted is one record, made from the points; then each author is told.
AT 2026-12-24 09:00
AS 经办人
POST /desk/sign-in name=jingban password="湘江边的水产站 2017" -> 303
GET /desk/decision/{id}/papers -> 200
POST /desk/decision/{id}/papers role=adoption -> 303
  saves r from location /desk/record/{r}
GET /desk/record/{r} -> 200
  has 提高封顶
POST /desk/record/{r}/draft do=submit ... openness=open ground=O20-13 -> 303
AS 保密审查员
POST /desk/sign-in name=baomi password="湘江边的水产站 2017" -> 303
GET /desk/record/{r} -> 200
  has 网上 1 条
  saves hash from page name="hash" value="{hash}"
POST /desk/record/{r}/review step=secrecy hash={hash} verdict=pass q-secret=no q-safety=no q-trade=no q-privacy=no q-internal=no q-sum=no -> 303
AS anyone
GET /decisions/receipt/{code} -> 200
  has 您的意见已答复
  has 部分采纳
  has 按户数封顶
GET /decisions/2026-1 -> 200
  has 看意见收集和采纳情况
  lacks canarycomment
POST /decisions/track code={code} -> 303
  location /decisions/receipt/{code}
POST /decisions/track code=0000-0000-0000 -> 422
  has 查询码不对

# Experts, risks, fair competition: in any order, each shown to be there.
AS 经办人
GET /desk/decision/{id}/expert -> 200
POST /desk/decision/{id}/expert name=某大学 interested=yes signed=2026-12-20 -> 422
  has 有利害关系的不得参加论证
GET /desk/decision/{id}/expert -> 200
POST /desk/decision/{id}/expert name=某大学 interested=no signed=2026-12-20 -> 303
GET /desk/decision/{id}/remark -> 200
POST /desk/decision/{id}/remark expert=1 heading=necessity says=可以 -> 303
GET /desk/decision/{id}/weigh?row=1 -> 200
POST /desk/decision/{id}/weigh row=1 answer=adopted reason=采纳 -> 303
GET /desk/decision/{id}/remark -> 200
POST /desk/decision/{id}/remark expert=1 heading=feasibility says=可以 -> 303
GET /desk/decision/{id}/weigh?row=2 -> 200
POST /desk/decision/{id}/weigh row=2 answer=adopted reason=采纳 -> 303
GET /desk/decision/{id}/remark -> 200
POST /desk/decision/{id}/remark expert=1 heading=soundness says=可以 -> 303
GET /desk/decision/{id}/weigh?row=3 -> 200
POST /desk/decision/{id}/weigh row=3 answer=adopted reason=采纳 -> 303
AS 经办人
POST /desk/decision/{id}/papers role=experts -> 303
  saves x from location /desk/record/{x}
GET /desk/record/{x} -> 200
POST /desk/record/{x}/draft do=submit ... openness=open ground=O20-13 -> 303
AS 保密审查员
GET /desk/record/{x} -> 200
  saves hash from page name="hash" value="{hash}"
POST /desk/record/{x}/review step=secrecy hash={hash} verdict=pass q-secret=no q-safety=no q-trade=no q-privacy=no q-internal=no q-sum=no -> 303
# A body that was asked does not agree: its words go before the meeting, and nowhere else.
AS 经办人
GET /desk/decision/{id}/consult -> 200
POST /desk/decision/{id}/consult name=canarybody asked=2026-12-24 due=2026-12-31 -> 303
GET /desk/decision/{id}/deliberation -> 200
  has 还有 1 个单位的意见没有登记
  has 还没有评估：成本效益
GET /desk/decision/{id}/reply?row=1 -> 200
POST /desk/decision/{id}/reply row=1 view=against says=canaryview settled=no reason="" -> 422
POST /desk/decision/{id}/reply row=1 view=against says=canaryview settled=no reason=canaryreason -> 303
GET /desk/decision/{id}/deliberation -> 200
  has canaryview
  has canaryreason
  has 意见收集和采纳情况
AS 经办人
GET /desk/decision/{id}/risk -> 200
POST /desk/decision/{id}/risk dimension=cost level=low points=没有 measures=巡查 -> 303
GET /desk/decision/{id}/risk -> 200
POST /desk/decision/{id}/risk dimension=stability level=low points=没有 measures=巡查 -> 303
GET /desk/decision/{id}/risk -> 200
POST /desk/decision/{id}/risk dimension=finance level=low points=没有 measures=巡查 -> 303
GET /desk/decision/{id}/risk -> 200
POST /desk/decision/{id}/risk dimension=ecology level=low points=没有 measures=巡查 -> 303
GET /desk/decision/{id}/risk -> 200
POST /desk/decision/{id}/risk dimension=safety level=low points=没有 measures=巡查 -> 303
GET /desk/decision/{id}/risk -> 200
POST /desk/decision/{id}/risk dimension=opinion level=low points=没有 measures=巡查 -> 303
GET /desk/decision/{id}/risk -> 200
POST /desk/decision/{id}/risk dimension=integrity level=low points=没有 measures=巡查 -> 303
GET /desk/decision/{id}/risk -> 200
POST /desk/decision/{id}/risk dimension=dispute level=low points=没有 measures=巡查 -> 303
GET /desk/decision/{id}/assess -> 200
POST /desk/decision/{id}/assess controllable=yes plan=canaryplan -> 303
GET /desk/decision/{id}/fair -> 200
POST /desk/decision/{id}/fair market=yes fair=yes fair_says=没有排除限制竞争 -> 303
AS 科室负责人
POST /desk/sign-in name=kezhang password="湘江边的水产站 2017" -> 303
GET /desk/decision/{id}/submit -> 200
  has 没有经过合法性审查
  lacks 专家
  lacks 风险

# The review is bound to the text that lies there, and takes its seven working days.
AS 经办人
POST /desk/decision/{id}/papers role=text -> 303
  saves t from location /desk/record/{t}
GET /desk/record/{t} -> 200
POST /desk/record/{t}/draft do=submit ... openness=open ground=O20-13 text="第一条 为了治理尾水。" -> 303
GET /desk/decision/{id}/send -> 200
POST /desk/decision/{id}/send -> 303

# The text passes all its reviews; but the gate knows that it is a decision's, and holds it until it may go.
AS 科室负责人
GET /desk/record/{t} -> 200
  saves hash from page name="hash" value="{hash}"
POST /desk/record/{t}/review step=section hash={hash} verdict=pass q-inaccurate=no q-incomplete=no -> 303
AS 合法性审核员
POST /desk/sign-in name=fazhi password="湘江边的水产站 2017" -> 303
GET /desk/decision/{id}/opine -> 200
  has 审查时间不少于 7 个工作日
GET /desk/record/{t} -> 200
POST /desk/record/{t}/review step=legality hash={hash} verdict=pass q-power=no q-procedure=no q-rights=no q-competition=no q-term=no -> 303
AS 保密审查员
GET /desk/record/{t} -> 200
POST /desk/record/{t}/review step=secrecy hash={hash} verdict=pass q-secret=no q-safety=no q-trade=no q-privacy=no q-internal=no q-sum=no -> 303
AS 分管领导
POST /desk/sign-in name=lingdao password="湘江边的水产站 2017" -> 303
GET /desk/record/{t} -> 200
  has 没有经过集体讨论决定
POST /desk/record/{t}/review step=approval hash={hash} verdict=pass -> 303
  location /desk/record/{t}?said=passed
AS 发布员
POST /desk/sign-in name=fabu password="湘江边的水产站 2017" -> 303
GET /desk/record/{t} -> 200
  has 没有经过集体讨论决定
POST /desk/record/{t}/publish -> 422
  has 没有经过集体讨论决定
  has 《重大行政决策程序暂行条例》第三十条
AS anyone
GET /decisions/2026-1 -> 200
  lacks 送审稿和决定文本
AT 2027-01-12 09:00
AS 经办人
POST /desk/sign-in name=jingban password="湘江边的水产站 2017" -> 303
AS 科室负责人
POST /desk/sign-in name=kezhang password="湘江边的水产站 2017" -> 303
AS 保密审查员
POST /desk/sign-in name=baomi password="湘江边的水产站 2017" -> 303
AS 分管领导
POST /desk/sign-in name=lingdao password="湘江边的水产站 2017" -> 303
AS 合法性审核员
POST /desk/sign-in name=fazhi password="湘江边的水产站 2017" -> 303
GET /desk/decision/{id}/opine -> 200
POST /desk/decision/{id}/opine legal=lawful legal_says=合法 -> 303
AS anyone
GET /decisions/2026-1 -> 200
  has 审查结论：合法
AS 科室负责人
GET /desk/decision/{id}/submit -> 200
POST /desk/decision/{id}/submit -> 303
AS anyone
GET /decisions/2026-1 -> 200
  has 材料齐全，已提请讨论

# What was said in the discussion stays in the file.
AS 分管领导
GET /desk/decision/{id}/pass -> 200
POST /desk/decision/{id}/pass discussed=2027-01-12 meeting=party attended=canaryattended spoken=canaryspoken dissent=canarydissent -> 303
GET /desk/decision/{id} -> 200
  has canarydissent
AS anyone
GET /decisions/2026-1 -> 200
  has 局党组会议讨论通过
  lacks canarydissent
  lacks canaryspoken
  lacks canaryattended
  lacks canaryplan
GET /decisions/cases -> 200
  lacks canarydissent

# The decision is public when the text that passed is, and its interpretation.
AS 科室负责人
GET /desk/decision/{id}/publish -> 200
  has 还没有登记向党组织的请示报告
  has 决定文本还没有公布
  has 解读还没有公布
AS 发布员
POST /desk/sign-in name=fabu password="湘江边的水产站 2017" -> 303
GET /desk/record/{t} -> 200
  has 先登记向党组织的请示报告
POST /desk/record/{t}/publish -> 422
  has 《重大行政决策程序暂行条例》第三十一条
AS 经办人
GET /desk/decision/{id}/report -> 200
POST /desk/decision/{id}/report reported=2027-01-12 reported_to=上级党组织 -> 303
AS 发布员
GET /desk/record/{t} -> 200
  lacks 现在不能公开
POST /desk/record/{t}/publish -> 303
  location /desk/record/{t}?said=published
AS 经办人
POST /desk/decision/{id}/papers role=reading -> 303
  saves y from location /desk/record/{y}
GET /desk/record/{y} -> 200
POST /desk/record/{y}/draft do=submit ... openness=open ground=O20-13 text="为什么这样定。" -> 303
AS 科室负责人
GET /desk/record/{y} -> 200
  saves hash from page name="hash" value="{hash}"
POST /desk/record/{y}/review step=section hash={hash} verdict=pass q-inaccurate=no q-incomplete=no -> 303
AS 保密审查员
GET /desk/record/{y} -> 200
  saves hash from page name="hash" value="{hash}"
POST /desk/record/{y}/review step=secrecy hash={hash} verdict=pass q-secret=no q-safety=no q-trade=no q-privacy=no q-internal=no q-sum=no -> 303
AS 科室负责人
GET /desk/decision/{id}/publish -> 200
POST /desk/decision/{id}/publish -> 303
AS anyone
GET /decisions/2026-1 -> 200
  has 决定和解读已公布
  has 《尾水治理奖补办法》解读
  lacks canary
