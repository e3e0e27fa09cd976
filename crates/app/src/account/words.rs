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
];

/// The sentence for a word; `None` for a word that is not ours, so that nobody can put words into our mouth.
pub fn said(word: &str) -> Option<&'static str> {
    SAID.iter().find(|(w, _)| *w == word).map(|(_, says)| *says)
}
