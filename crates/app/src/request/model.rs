//! The lists of 依申请公开. Codes are stored and counted, and never change. Pure.

use crate::matter::field::choice;

choice! {
    /// 申请人类别, the columns of table 3 of the annual report.
    Class {
        Person "person" "自然人",
        Business "business" "商业企业",
        Science "science" "科研机构",
        Charity "charity" "社会公益组织",
        Legal "legal" "法律服务机构",
        Other "other" "其他法人或者组织",
    }
}

choice! {
    /// How an application came; which day counts as receipt follows from it.
    Channel {
        Web "web" "网上" "《政府信息公开条例》第三十一条第三项",
        Counter "counter" "当面" "《政府信息公开条例》第三十一条第一项",
        Oral "oral" "当面口头" "《政府信息公开条例》第二十九条",
        Registered "registered" "挂号信、快递" "《政府信息公开条例》第三十一条第二项",
        Post "post" "平常信函" "《政府信息公开条例》第三十一条第二项",
        Fax "fax" "传真" "《政府信息公开条例》第三十一条第三项",
        Email "email" "电子邮件" "《政府信息公开条例》第三十一条第三项",
    }
}

impl Channel {
    /// As crate `law` names it.
    pub fn of_law(self) -> law::Channel {
        match self {
            Channel::Web | Channel::Email => law::Channel::Internet,
            Channel::Counter | Channel::Oral => law::Channel::InPerson,
            Channel::Registered => law::Channel::Registered,
            Channel::Post => law::Channel::Post,
            Channel::Fax => law::Channel::Fax,
        }
    }
}

choice! { Stance { Agrees "agrees" "同意公开", Refuses "refuses" "不同意公开", } }

choice! {
    Service {
        Counter "counter" "当面签收",
        Post "post" "邮寄",
        Email "email" "电子邮件",
        Platform "platform" "本平台，申请人已确认",
        Notice "notice" "公告",
    }
}

choice! { Tariff { Items "items" "按件", Pages "pages" "按量", } }

choice! {
    DisputeWay {
        Reconsideration "reconsideration" "行政复议",
        Suit "suit" "未经复议直接起诉",
        SuitAfter "suit-after" "复议后起诉",
    }
}

choice! { Ruling { Upheld "upheld" "结果维持", Corrected "corrected" "结果纠正", Other "other" "其他结果", } }

choice! {
    /// Why a part is withheld.
    Ground {
        Secret "14-secret" "属于国家秘密" "《政府信息公开条例》第十四条",
        Forbidden "14-law" "法律、行政法规禁止公开" "《政府信息公开条例》第十四条",
        Stability "14-safety" "可能危及国家安全、公共安全、经济安全、社会稳定" "《政府信息公开条例》第十四条",
        ThirdParty "15" "公开会损害第三方合法权益" "《政府信息公开条例》第十五条",
        Internal "16-1" "内部事务信息" "《政府信息公开条例》第十六条第一款",
        Process "16-2" "过程性信息或者行政执法案卷信息" "《政府信息公开条例》第十六条第二款",
    }
}

choice! {
    /// 办理结果: the 21 rows of section three of table 3 (国办公开办函〔2021〕30号), in its order. Three rows have two
    /// answers each; the code before the second dot names the row, see [`Outcome::row`].
    Outcome {
        AlreadyPublic "3.1-public" "予以公开：已经主动公开，告知获取方式" "《政府信息公开条例》第三十六条第一项",
        Disclosed "3.1" "予以公开" "《政府信息公开条例》第三十六条第二项",
        Partial "3.2" "部分公开" "《政府信息公开条例》第三十七条",
        Secret "3.3.1" "不予公开：属于国家秘密" "《政府信息公开条例》第三十六条第三项、第十四条",
        Forbidden "3.3.2" "不予公开：其他法律行政法规禁止公开" "《政府信息公开条例》第三十六条第三项、第十四条",
        Stability "3.3.3" "不予公开：危及“三安全一稳定”" "《政府信息公开条例》第三十六条第三项、第十四条",
        ThirdParty "3.3.4" "不予公开：保护第三方合法权益" "《政府信息公开条例》第三十六条第三项、第十五条",
        Internal "3.3.5" "不予公开：属于三类内部事务信息" "《政府信息公开条例》第三十六条第三项、第十六条第一款",
        Process "3.3.6" "不予公开：属于四类过程性信息" "《政府信息公开条例》第三十六条第三项、第十六条第二款",
        CaseFile "3.3.7" "不予公开：属于行政执法案卷" "《政府信息公开条例》第三十六条第三项、第十六条第二款",
        Query "3.3.8" "不予公开：属于行政查询事项" "《政府信息公开条例》第三十六条第七项",
        NotHeld "3.4.1" "无法提供：经检索没有所申请公开信息" "《政府信息公开条例》第三十六条第四项",
        NotOurs "3.4.1-other" "无法提供：不属于本机关负责公开" "《政府信息公开条例》第三十六条第五项",
        NotMade "3.4.2" "无法提供：没有现成信息需要另行制作" "《政府信息公开条例》第三十八条",
        Unclear "3.4.3" "无法提供：补正后申请内容仍不明确" "《政府信息公开条例》第三十条",
        Petition "3.5.1" "不予处理：信访举报投诉类申请" "《政府信息公开条例》第三十九条第一款",
        Repeat "3.5.2" "不予处理：重复申请" "《政府信息公开条例》第三十六条第六项",
        Publication "3.5.3" "不予处理：要求提供公开出版物" "《政府信息公开条例》第三十九条第二款",
        Excessive "3.5.4" "不予处理：无正当理由大量反复申请" "《政府信息公开条例》第三十五条",
        Reissue "3.5.5" "不予处理：要求行政机关确认或重新出具已获取信息" "《政府信息公开条例》第三十八条",
        NotCorrected "3.6.1" "其他处理：无正当理由逾期不补正" "《政府信息公开条例》第三十条",
        NotPaid "3.6.2" "其他处理：逾期未缴纳信息处理费" "《政府信息公开信息处理费管理办法》第六条",
        Withdrawn "3.6.3" "其他处理：申请人撤回" "《政府信息公开条例》第二十九条",
        Joined "3.6.3-joined" "其他处理：并入同一申请人的另一件，一并答复" "《政府信息公开条例》第五条",
    }
}

impl Outcome {
    /// The row of table 3 that counts it: `3.4.1`.
    pub fn row(self) -> &'static str {
        let code = self.choice().code;
        code.split_once('-').map_or(code, |(row, _)| row)
    }

    /// The outcome of `law/remedies.toml` whose order and terms its paper names; `None` where nothing was decided.
    pub fn remedy(self) -> Option<&'static str> {
        Some(match self {
            Outcome::AlreadyPublic => "already-public",
            Outcome::Disclosed => "disclosed",
            Outcome::Partial => "partial",
            Outcome::Secret | Outcome::Forbidden | Outcome::Stability | Outcome::ThirdParty => "withheld",
            Outcome::Internal | Outcome::Process | Outcome::CaseFile => "withheld",
            Outcome::Query => "special-access",
            Outcome::NotHeld => "not-held",
            Outcome::NotOurs => "not-ours",
            Outcome::NotMade | Outcome::Reissue => "needs-making",
            Outcome::Unclear => "unclear",
            Outcome::Petition => "petition",
            Outcome::Repeat => "repeat",
            Outcome::Publication => "publication",
            Outcome::Excessive => "excessive",
            Outcome::NotCorrected => "not-corrected",
            Outcome::NotPaid => "fee-unpaid",
            Outcome::Withdrawn | Outcome::Joined => return None,
        })
    }
}
