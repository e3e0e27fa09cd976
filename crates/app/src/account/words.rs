//! What the console says once after an act, by the word in `?said=`.

const SAID: &[(&str, &str)] = &[
    ("saved", "已保存。"),
    ("submitted", "已提交，等待审查。"),
    ("passed", "已同意，转到下一关。"),
    ("published", "已公开。"),
    ("returned", "已退回，理由已写给经办人。"),
    ("kept", "已记录处理意见。"),
    ("file-added", "附件已上传。"),
    ("file-removed", "附件已移除。"),
    ("withdrawn", "已撤下。公众看到的是撤下说明。"),
    ("scheduled", "已定时。到时再过一次公开前的各道关。"),
    ("session-ended", "已结束那次登录。"),
    ("second-on", "第二道验证已启用。下次登录要填动态码。"),
    ("second-off", "第二道验证已停用。"),
    ("body-saved", "已保存，公开页面已经更新。"),
    ("staff-added", "账号已建立。初始密码只显示这一次。"),
    ("staff-changed", "账号已更新。"),
    ("answered", "处理结果已登记，来信人可凭查询码看到。"),
    ("reminded", "已催办，显示在责任科室的待办里。"),
    ("rule-proposed", "已提交。由有签批岗位的同事决定，您自己不能决定。"),
    ("rule-in-force", "已生效。在办的期限正在重新计算。"),
    ("rule-returned", "已退回，理由已写给提出人。"),
];

/// The sentence for a word; `None` for a word that is not ours, so that nobody can put words into our mouth.
pub fn said(word: &str) -> Option<&'static str> {
    SAID.iter().find(|(w, _)| *w == word).map(|(_, says)| *says)
}

/// What the journal's words mean to a reader.
const DONE: &[(&str, &str)] = &[
    ("activate-rule", "规则生效"),
    ("add-body", "新增公开主体"),
    ("add-section", "新增科室"),
    ("add-staff", "新建账号"),
    ("answer-submission", "答复来件"),
    ("create", "新建公开件"),
    ("disable-staff", "停用账号"),
    ("enable-staff", "启用账号"),
    ("end-session", "结束登录"),
    ("erase-postponed", "推迟销毁来件"),
    ("erase-submission", "到期销毁来件"),
    ("lock-out", "账号锁定"),
    ("keep-clocks", "更新公开义务的期限"),
    ("make-token", "新建令牌"),
    ("note-removal", "登记撤下"),
    ("obligations-read", "核对公开义务"),
    ("open-submission", "查看来件原文"),
    ("propose-rule", "提出规则改动"),
    ("publish", "公开"),
    ("publish-at-moved", "定时已改"),
    ("publish-at-refused", "定时未能公开"),
    ("queue-daily", "安排每日任务"),
    ("queue-clocks", "规则更新，排队重算期限"),
    ("rebase-draft", "草稿改以新稿为底"),
    ("rebuild-public", "重建公开数据"),
    ("receive", "收到来件"),
    ("recompute-clocks", "重新计算期限"),
    ("remind", "催办"),
    ("removal-stands", "撤下仍然有效"),
    ("remove-file", "移除附件"),
    ("return-rule", "退回规则改动"),
    ("review", "审查"),
    ("revive-draft", "另存草稿"),
    ("save-draft", "保存草稿"),
    ("schedule", "定时公开"),
    ("second-factor-off", "停用第二道验证"),
    ("second-factor-on", "启用第二道验证"),
    ("secret-mark-refused", "拦下有密级标志的内容"),
    ("set-duties", "调整岗位"),
    ("set-password", "改密码"),
    ("set-profile", "修改公开主体资料"),
    ("settle-finding", "保留机检发现"),
    ("sign-in", "登录"),
    ("sign-in-failed", "登录失败"),
    ("submit", "提交审查"),
    ("take-up", "在原稿上修改"),
    ("watch-breached", "触发巡检指标"),
    ("watch-mended", "巡检指标恢复"),
    ("watch-read", "核对巡检指标"),
    ("withdraw", "撤下"),
];

/// The Chinese for a word of the journal; the word itself where there is none.
pub fn done(word: &str) -> &str {
    DONE.iter().find(|(w, _)| *w == word).map_or(word, |(_, zh)| zh)
}
