//! What was reconciled, as a paper: one page of HTML without anything from elsewhere, in Chinese
//! and English, that prints on A4 and has places to sign.

use maud::{DOCTYPE, Markup, PreEscaped, Render, html};

use super::{Carried, Copy, Reconciled};
use crate::books::Papers;
use crate::finding::Finding;
use crate::projection::Shown;
use crate::{Report, Verdict};

const STYLE: &str = include_str!("paper.css");

pub(super) fn of(it: &Reconciled) -> String {
    let Reconciled { ok, begun_at, audit, stream } = it;
    let violations =
        stream.as_ref().map_or(0, |carried| carried.violations).saturating_add(audit.violations);
    let shown: Vec<&Finding> = it.all_findings().collect();
    let page = html! {
        (DOCTYPE)
        html lang="zh-CN" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { "邻里 · 对账 · Linli reconciliation · " (audit.district) }
                style { (PreEscaped(STYLE)) }
            }
            body {
                h1 { "账本对账报告 · Reconciliation" }
                p.soft { (audit.district) " · " (begun_at) }
                @if *ok {
                    p.verdict { "✓ 全部相符 · Everything agrees" }
                } @else {
                    p.verdict.no { "✗ " (violations) " 处不符 · things don't agree" }
                }
                (log(audit))
                (papers(&audit.papers))
                (copies(&audit.projections, stream.as_ref()))
                (findings(&shown, violations))
                div.signatures {
                    div { "对账 · Reconciled by" }
                    div { "复核 · Checked by" }
                    div { "日期 · Date" }
                }
            }
        }
    };
    page.into_string()
}

fn row(name: &str, value: impl Render) -> Markup {
    html! { tr { th scope="row" { (name) } td { (value) } } }
}

fn log(it: &Report) -> Markup {
    let Report { counts, head, laws, keys_compared, tiles, checkpoints, .. } = it;
    let Report { signatures, cosignatures, root, state_digest, seconds, .. } = it;
    let keys = keys_compared.map_or_else(|| "—".to_owned(), |keys| keys.to_string());
    html! {
        h2 { "账本 · The log" }
        table { tbody {
            (row("记录 · Records", format!("{} / {head}", counts.records)))
            (row("命令 · Commands", counts.commands))
            (row("到期自动 · By themselves", counts.deadlines))
            (row("账户 · Accounts", counts.accounts))
            (row("逐条核对的规则 · Laws, at every record", laws.len()))
            (row("幂等键索引 · Index of keys", keys))
            (row("哈希树片 · Tiles", tiles))
            (row("签名检查点 · Checkpoints", checkpoints))
            (row("账本签名 · Signed by the log", checked(*signatures)))
            (row("见证签名 · By witnesses", checked(*cosignatures)))
            (row("根哈希 · Root", code(root)))
            (row("状态摘要 · State digest", code(state_digest.as_deref().unwrap_or("—"))))
            (row("用时（秒） · Seconds", seconds))
        } }
    }
}

/// Signatures, where the key was given.
fn checked(signatures: u64) -> String {
    if signatures > 0 { signatures.to_string() } else { "— 未核对 · not checked".to_owned() }
}

fn code(text: &str) -> Markup {
    html! { code { (text) } }
}

fn papers(it: &Papers) -> Markup {
    let Papers { counts, missing, surplus, statements, disputed, settled } = it;
    html! {
        h2 { "盘点与对账单 · Counts and statements" }
        table { tbody {
            (row("盘点 · Shelves counted", counts))
            (row("缺少（件） · Pieces missing", missing))
            (row("多出（件） · Pieces too many", surplus))
            (row("供应商对账单 · Statements", statements))
            (row("争议行 · Disputed lines", disputed))
            (row("已付 · Paid", settled))
        } }
    }
}

fn copies(projections: &[Shown], stream: Option<&Carried>) -> Markup {
    html! {
        h2 { "由账本生成的一切 · What was made from it" }
        table {
            thead { tr {
                th { "名称 · Name" }
                th { "结论 · Verdict" }
                th.number { "位置 · Position" }
                th.number { "落后 · Behind" }
                th.number { "行/帧 · Rows" }
                th.number { "不符 · Findings" }
            } }
            tbody {
                @for shown in projections {
                    tr.no[shown.violations > 0] {
                        td { (shown.projection) }
                        td { (in_words(shown.verdict)) }
                        td.number { (dash(shown.position)) }
                        td.number { (dash(shown.behind)) }
                        td.number { (shown.rows) }
                        td.number { (shown.violations) }
                    }
                }
                @if let Some(carried) = stream {
                    tr.no[carried.violations > 0] {
                        td { "stream" }
                        td { (match carried.verdict {
                            Copy::True => "相符 · true",
                            Copy::Differs => "不符 · differs",
                            Copy::NotThere => "不存在 · not there",
                        }) }
                        td.number { (carried.position) }
                        td.number { (carried.behind) }
                        td.number { (carried.frames) }
                        td.number { (carried.violations) }
                    }
                } @else {
                    tr { td { "stream" } td colspan="5" { "未对账 · left out" } }
                }
            }
        }
    }
}

const fn in_words(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::True => "相符 · true",
        Verdict::Differs => "不符 · differs",
        Verdict::Stopped => "已停止 · stopped",
        Verdict::NotBuilt => "未建立 · not built",
        Verdict::Astray => "位置不在账本内 · astray",
        Verdict::NotReached => "未到达 · not reached",
    }
}

fn dash(position: Option<u64>) -> String {
    position.map_or_else(|| "—".to_owned(), |position| position.to_string())
}

fn findings(shown: &[&Finding], all: u64) -> Markup {
    let more = all.saturating_sub(u64::try_from(shown.len()).unwrap_or(u64::MAX));
    html! {
        @if !shown.is_empty() {
            h2 { "不符之处 · Findings" }
            table {
                thead { tr { th { "何处 · Where" } th { "规则 · Law" } th { "内容 · What" } } }
                tbody {
                    @for finding in shown {
                        tr {
                            td { (finding.place) }
                            td { (finding.kind.words()) }
                            td { (finding.what) }
                        }
                    }
                }
            }
            @if more > 0 {
                p.soft { "另有 " (more) " 处 · and " (more) " more" }
            }
        }
    }
}
