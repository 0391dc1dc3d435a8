//! All kinds of problem: name, status, title and advice in both languages. The names are a
//! promise: a golden file holds them.

macro_rules! kinds {
    ($($name:ident $text:literal $status:literal
        $title_zh:literal $title_en:literal
        $advice_zh:literal $advice_en:literal;)+) => {
        /// What kind of problem it is.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[allow(missing_docs, reason = "the table says what each means")]
        pub(crate) enum Kind {
            $($name),+
        }

        impl Kind {
            /// Every kind, as in the table.
            pub(crate) const ALL: &[Self] = &[$(Self::$name),+];

            /// Its name, the last part of its type.
            pub(crate) const fn name(self) -> &'static str {
                match self { $(Self::$name => $text),+ }
            }

            /// Its HTTP status.
            pub(crate) const fn status(self) -> u16 {
                match self { $(Self::$name => $status),+ }
            }

            /// In a few words.
            pub(crate) const fn title(self) -> Words {
                match self { $(Self::$name => Words { zh: $title_zh, en: $title_en }),+ }
            }

            /// What to do about it.
            pub(crate) const fn advice(self) -> Words {
                match self { $(Self::$name => Words { zh: $advice_zh, en: $advice_en }),+ }
            }
        }
    };
}

/// A text in both languages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Words {
    pub(crate) zh: &'static str,
    pub(crate) en: &'static str,
}

kinds! {
    // Who asks.
    KeyMissing "api-key-missing" 401 "缺少密钥" "No API key"
        "请在 Authorization 头中以 Bearer 方式提供密钥。" "Send the key as `Authorization: Bearer <key>`.";
    KeyMalformed "api-key-malformed" 401 "密钥格式有误" "The API key is malformed"
        "可能输入有误或不完整,请重新完整复制。" "It is mistyped or cut off; copy the whole of it again.";
    KeyUnknown "api-key-unknown" 401 "密钥无效" "The API key is not valid"
        "请向管理员索取新密钥。" "Ask an operator for a new one.";
    KeyRevoked "api-key-revoked" 401 "密钥已吊销" "The API key was revoked"
        "请向管理员索取新密钥。" "Ask an operator for a new one.";
    KeyExpired "api-key-expired" 401 "密钥已过期" "The API key has expired"
        "请向管理员索取新密钥。" "Ask an operator for a new one.";
    ScopeMissing "scope-missing" 403 "密钥没有此权限" "The key may not do this"
        "请使用有此权限的密钥。" "Use one that may.";

    // What was sent.
    NotFound "not-found" 404 "没有这个地址" "There is nothing here"
        "请对照接口文档检查地址。" "Check the address against the API document.";
    MethodNotAllowed "method-not-allowed" 405 "此地址不支持该方法" "Not with this method"
        "请对照接口文档检查方法。" "Check the method against the API document.";
    MalformedJson "malformed-json" 400 "JSON 格式有误" "The JSON is malformed"
        "请求体不是完整的 JSON。" "The body is no complete JSON.";
    UnknownField "unknown-field" 400 "有未知字段" "There is an unknown field"
        "请对照接口文档检查字段名。" "Check the names of fields against the API document.";
    MissingField "missing-field" 400 "缺少字段" "A field is missing"
        "请补上所缺字段。" "Send the missing field.";
    InvalidField "invalid-field" 400 "字段内容有误" "A field can't be read"
        "请对照接口文档检查字段的类型与取值。" "Check the field's type and values against the API document.";
    InvalidQuery "invalid-query" 400 "查询参数有误" "The query can't be read"
        "请对照接口文档检查查询参数。" "Check the query against the API document.";
    InvalidCursor "invalid-cursor" 400 "翻页标记有误" "The cursor is not one of ours"
        "请使用上一页给出的 next,或从第一页开始。" "Use the `next` of the page before, or begin with the first page.";
    UnsupportedMediaType "unsupported-media-type" 415 "内容类型不支持" "Not this type of content"
        "请按接口文档设置 Content-Type。" "Set Content-Type as the API document says.";
    BodyTooLarge "body-too-large" 413 "请求体过大" "The body is too large"
        "请分成几次提交。" "Send it in several parts.";
    BodyTooSlow "body-too-slow" 408 "请求体迟迟未到" "The body came too slowly"
        "请检查网络后用同一幂等键重试。" "Check the network and try again with the same key.";
    BodyCutOff "body-cut-off" 408 "请求体中断" "The body broke off"
        "未作任何更改,请用同一幂等键重试。" "Nothing was done; send it again with the same key.";
    TooManyItems "too-many-items" 400 "条目数不对" "Not this many items"
        "一次提交 1 至 1,000 条。" "Send 1 to 1,000 items at a time.";
    InvalidId "invalid-id" 400 "编号格式有误" "An id is malformed"
        "编号是 26 个字符的 ULID。" "An id is the 26 characters of a ULID.";
    InvalidText "invalid-text" 400 "文字内容有误" "A text is not taken"
        "请检查文字的长度与字符。" "Check the length and the characters of the text.";
    InvalidCard "invalid-card" 400 "卡号有误" "The card's code doesn't check"
        "请重新扫描或输入卡号。" "Scan the card or type its code again.";
    InvalidShown "invalid-shown" 400 "出示码无效" "What was shown is none of ours"
        "请重新扫码,或重新刷卡并输入 PIN;刷卡结果仅限本站使用。" "Scan it again, or show the card again with its PIN; that is of use at this station alone.";
    InvalidTime "invalid-time" 400 "时间格式有误" "A time is malformed"
        "时间须为带时区的 RFC 3339 格式,例如 2025-03-05T19:30:00+08:00。" "A time is RFC 3339 with an offset, such as 2025-03-05T19:30:00+08:00.";
    InvalidInterval "invalid-interval" 400 "结束时间须晚于开始时间" "The end has to be after the beginning"
        "请检查开始与结束时间。" "Check when it began and ended.";
    InvalidHash "invalid-hash" 400 "摘要格式有误" "A hash is malformed"
        "摘要是 64 位小写十六进制数字。" "A SHA-256 is 64 lower-case hexadecimal digits.";
    InvalidAmount "invalid-amount" 400 "数额格式有误" "An amount is malformed"
        "数额为数字,小数点后至多两位,例如 \"12.50\"。" "An amount is digits with at most two after the point, such as \"12.50\".";
    NegativeAmount "negative-amount" 400 "数额不能为负" "An amount can't be negative"
        "请填写零或正数。" "Use zero or more.";
    AmountTooPrecise "amount-too-precise" 400 "数额小数位过多" "An amount is too precise"
        "小数点后至多两位。" "At most two digits after the point.";
    AmountAboveLimit "amount-above-limit" 400 "数额超过上限" "An amount is above the limit"
        "单笔数额不得超过 10000000.00。" "A single amount can't be above 10000000.00.";
    IdempotencyKeyMissing "idempotency-key-missing" 400 "缺少幂等键" "No idempotency key"
        "请在 Idempotency-Key 头中为本次请求命名;重试时使用同一个。" "Name the request in the header `Idempotency-Key`, and repeat it under the same name.";
    IdempotencyKeyInvalid "idempotency-key-invalid" 400 "幂等键有误" "The idempotency key is not taken"
        "须为 1 至 128 个可见 ASCII 字符。" "It is 1 to 128 visible ASCII characters.";
    IdempotencyKeyReused "idempotency-key-reused" 422 "幂等键已用于其他请求" "The idempotency key was used for something else"
        "新的请求请换新的键。" "Give a new request a new key.";
    RateLimited "rate-limited" 429 "请求过于频繁" "Too many requests with this key"
        "请按 Retry-After 所示等待,并用同一幂等键重试。" "Wait as `Retry-After` says, and repeat with the same key.";
    InvalidProfile "invalid-profile" 422 "规则文件有误" "The profile has a mistake"
        "请按所示行列修改规则文件。" "Correct the profile at the line and column told.";
    InvalidMint "invalid-api-key-request" 422 "无法签发此密钥" "No such key can be minted"
        "请检查密钥的类型、绑定对象与权限。" "Check the kind, the subject and the scopes of the key.";
    TestClockOff "test-clock-off" 404 "测试时钟未启用" "There is no test clock"
        "服务器须以测试时钟启动。" "The server has to be started with one.";
    ClockBackwards "clock-backwards" 409 "时钟不能倒拨" "The clock does not go back"
        "请给出更晚的时间。" "Give a later time.";

    // What can't be answered now.
    NotYet "not-yet" 503 "数据尚未更新到所需位置" "Not that far yet"
        "请稍候重试。" "What is read has not reached the position asked for; come again shortly.";
    OutcomeUnknown "outcome-unknown" 503 "结果未知" "The outcome is unknown"
        "请求可能已完成;请用同一幂等键重试以得知结果。" "It may have been done; ask again with the same key to learn of it.";
    Overloaded "overloaded" 429 "系统繁忙" "Too much at once"
        "未作任何更改,请稍候用同一幂等键重试。" "Nothing was done; come again with the same key.";
    Unavailable "unavailable" 503 "暂时无法服务" "Not available now"
        "未作任何更改,请稍候用同一幂等键重试。" "Nothing was done; come again with the same key.";
    Internal "internal" 500 "内部错误" "A fault on our side"
        "请将追踪编号告知管理员。" "Tell an operator the trace id.";

    // Refused by the ledger.
    Unknown "unknown" 404 "查无此项" "No such thing"
        "请检查编号。" "Check the id.";
    AlreadyExists "already-exists" 409 "已存在" "It exists already"
        "该编号或代码已被使用。" "The id or the code is taken.";
    AmountOutOfRange "amount-out-of-range" 422 "合计超出范围" "A sum runs past its range"
        "请减少数额或数量。" "Use smaller amounts.";
    WrongLevel "wrong-level" 422 "区域级别不符" "An area of another level is needed"
        "请选择正确级别的区域。" "Choose an area of the right level.";
    GridKindMisplaced "grid-kind-misplaced" 422 "网格类型使用有误" "A grid has a kind, and no other area has"
        "网格须注明综合或专属,其他级别不得注明。" "Tell a grid's kind, and no other area's.";
    CardTaken "card-taken" 409 "卡号已被使用" "The card belongs to somebody else"
        "请为居民更换一张卡。" "Give the resident another card.";
    CardBlocked "card-blocked" 409 "该卡已停用" "The card is blocked"
        "请出示现用的卡,或为居民换发新卡。" "Show the card that took its place, or give the resident another.";
    ShownByAnother "shown-by-another" 409 "出示者并非该居民" "Somebody else showed it"
        "请核对居民与其出示的码或卡。" "Look again whose code or card it is.";
    ShownTooEarly "shown-too-early" 409 "出示时间有误" "Shown before its time"
        "请检查系统时钟后重新出示。" "Check the clocks, and show it again.";
    ShownTooLate "shown-too-late" 409 "出示已超时" "Shown too late"
        "请重新出示动态码,或重新刷卡并输入 PIN。" "Show the code of this moment, or the card again with its PIN.";
    ShownBefore "shown-before" 409 "该出示已使用" "It was shown before"
        "每次出示只能使用一次,请重新出示。" "It counts once; show the next code, or the card again.";
    PresenceNeeded "presence-needed" 409 "请居民出示" "The resident has to show something"
        "规则要求居民出示动态码或刷卡。" "The rules need the code of the app, or the card with its PIN.";
    AlreadyVolunteer "already-volunteer" 409 "已是志愿者" "Enrolled already"
        "无需重复注册。" "The resident is a volunteer; nothing is to be done.";
    AlreadyRanked "already-ranked" 409 "已参加排行" "Shown in the rankings already"
        "无需重复参加。" "Nothing is to be done.";
    LivesThere "lives-there" 409 "已在该户居住" "Lives with that household already"
        "无需办理迁居。" "Nothing is to be done.";
    NotRanked "not-ranked" 409 "未参加排行" "Not shown in the rankings"
        "无需退出。" "Nothing is to be done.";
    StaffUnranked "staff-unranked" 409 "工作人员不参加排行" "Staff aren't ranked"
        "规则规定该岗位人员不参加排行。" "The rules leave whoever holds this office out of the rankings.";
    NoPseudonym "no-pseudonym" 409 "没有化名" "No pseudonym"
        "该居民没有化名。" "The resident is called nothing; nothing is to be done.";
    NoSuchWords "no-such-words" 422 "没有这个词" "No such word"
        "请从 /v1/pseudonym-words 的词表中各选一词,或都不填。" "Take a word of each list of /v1/pseudonym-words, or none at all.";
    CalledSoAlready "called-so-already" 409 "已使用该化名" "Called so already"
        "无需重复选择。" "Nothing is to be done.";
    WordsWithdrawn "words-withdrawn" 409 "该化名已被撤销" "These words were withdrawn"
        "这两个词不能再用作化名,请另选。" "An officer withdrew them for everybody; choose others.";
    ResidentErased "resident-erased" 409 "该居民已注销" "The resident was erased"
        "账户已永久关闭,不能再办理任何事项。" "The account is closed for good; nothing more is done with it.";
    HoldsOffice "holds-office" 409 "该居民仍在任职" "The resident holds an office"
        "请先办理卸任。" "Retire the officer first.";
    ReasonReserved "reason-reserved" 409 "该原因不能由提交者填写" "A reason that no sender can give"
        "此原因仅由注销产生。" "It only follows from an erasure.";
    OfficerRetired "officer-retired" 409 "该人员已卸任" "The officer is retired"
        "请由在任人员办理。" "Let an officer on duty do it.";
    OperatorRetired "operator-retired" 409 "该操作员已离岗" "The operator is no longer at the station"
        "请由在岗操作员办理。" "Let an operator of the station do it.";
    PinMissing "pin-missing" 400 "缺少 PIN" "The PIN is missing"
        "请在 Operator-Pin 或 Resident-Pin 头中提供。" "Send it in the header `Operator-Pin` or `Resident-Pin`.";
    PinMalformed "pin-malformed" 422 "PIN 格式有误" "That can't be a PIN"
        "PIN 为 6 至 12 位数字,且不得全部相同。" "A PIN is 6 to 12 digits, not all of them the same.";
    PinNotSet "pin-not-set" 409 "尚未设置 PIN" "There is no PIN yet"
        "操作员的 PIN 由管理员设置,居民卡的 PIN 在柜台设置。" "Whoever runs the system sets an operator's; a card's is set at the counter.";
    PinSet "pin-set" 409 "已设置 PIN" "There is a PIN already"
        "请凭现用 PIN 更改;遗忘时由网格员重新设置。" "Change it with the present one; if it was forgotten, an officer sets another.";
    PinWrong "pin-wrong" 403 "PIN 错误" "The PIN is wrong"
        "请重新输入;连续错误将被锁定。" "Type it again; after some wrong ones it locks.";
    PinLocked "pin-locked" 403 "PIN 已锁定" "The PIN is locked"
        "请稍后再试,或由有权人员重新设置。" "Wait, or let whoever may do so set another one.";
    ShiftNeeded "shift-needed" 409 "请先上班" "Open a shift first"
        "本站兑换须在班次内办理。" "This station hands out in a shift alone.";
    ShiftOpen "shift-open" 409 "已有班次" "A shift is open already"
        "请先结束已有班次。" "Close the one that is open first.";
    ShiftOver "shift-over" 409 "班次已结束" "The shift is over"
        "请重新上班。" "Open another one.";
    NoOfflineTerms "no-offline-terms" 409 "规则未规定离线额度" "The rules know no allowances"
        "请先在规则中写明离线额度。" "Publish rules that say what may be handed out off line.";
    AllowanceStanding "allowance-standing" 409 "驿站已有离线额度" "The station has an allowance"
        "请待其到期或先行终止。" "Wait for its end, or end it.";
    AllowanceEmpty "allowance-empty" 422 "额度须大于零且未到期" "Nothing would be allowed"
        "请填写大于零的额度与将来的期限。" "Allow more than zero, until a time to come.";
    AllowanceTooLarge "allowance-too-large" 422 "驿站额度过高" "Too much for a station"
        "请减少额度。" "Allow less.";
    AllowanceTooLargeEach "allowance-too-large-each" 422 "个人额度过高" "Too much for one person"
        "请减少额度。" "Allow less.";
    AllowanceTooLong "allowance-too-long" 422 "额度期限过长" "An allowance doesn't last so long"
        "请提前期限。" "Let it end earlier.";
    AllowanceEnded "allowance-ended" 409 "额度已终止" "The allowance has ended"
        "无需重复办理。" "Nothing is to be done.";
    SlipNumber "slip-number" 422 "离线单编号有误" "A slip has no such number"
        "请按规定编号。" "Number slips from 1 on.";
    SlipCounted "slip-counted" 409 "离线单已入账" "The slip was counted already"
        "无需重复提交。" "Nothing is to be done.";
    SlipReported "slip-reported" 409 "离线单已上报" "The slip was reported already"
        "请由责任人员查清后再提交。" "Let the office look into it, and bring it in again after that.";
    TooManyReports "too-many-reports" 409 "待查离线单过多" "Too many slips are reported"
        "请先查清已上报的离线单。" "Look into those that were reported first.";
    RulesVersion "rules-version" 409 "规则版本不符" "Another version of the rules comes next"
        "期间有其他规则发布,请核对后重新提交。" "Other rules were published meanwhile; look at them and send yours again.";
    RulesOutOfOrder "rules-out-of-order" 409 "规则生效时间有误" "The rules would be in force too early"
        "新规则不得早于已发布的规则生效。" "New rules can't be in force before those published last.";
    InvalidRules "invalid-rules" 422 "规则内容不合理" "The rules make no sense"
        "请修改所示内容。" "Correct what is told.";
    NoRulesInForce "no-rules-in-force" 409 "当时没有生效的规则" "No rules were in force then"
        "请先发布规则,或检查时间。" "Publish rules first, or check the time.";
    UnknownAct "unknown-act" 422 "规则中没有该项" "The rules know no such act"
        "请检查代码,或查看当时的规则。" "Check the code against the rules of that time.";
    NotVolunteer "not-volunteer" 409 "尚未注册为志愿者" "Not a volunteer"
        "请先为该居民注册志愿者。" "Enrol the resident as a volunteer first.";
    InFuture "in-future" 422 "服务尚未结束" "It ends in the future"
        "请在服务结束后提交。" "Submit it when it is over.";
    TooLate "too-late" 422 "已超过补报期限" "It is too long ago"
        "超过期限的服务不能再提交。" "What is older than the limit can't be submitted any more.";
    TooLong "too-long" 422 "单次服务时间过长" "It is longer than one may be"
        "请检查起止时间,或分次提交。" "Check the times, or submit it in parts.";
    TooShort "too-short" 422 "服务不足一分钟" "It is shorter than a minute"
        "请检查起止时间。" "Check the times.";
    Overlaps "overlaps" 409 "与另一次服务时间重叠" "It overlaps another contribution"
        "同一人不能同时在两处服务,请检查起止时间。" "Nobody serves in two places at once; check the times.";
    OwnBeneficiary "own-beneficiary" 422 "不能为自己服务" "Nobody serves oneself"
        "服务对象须为他人。" "The one who is served has to be somebody else.";
    BeneficiaryNeeded "beneficiary-needed" 422 "须注明服务对象" "Who was served is needed"
        "请注明服务对象。" "Tell who was served.";
    AttachedAlready "attached-already" 409 "附件已存在" "Attached already"
        "请附其他材料。" "Attach another file.";
    TooManyAttachments "too-many-attachments" 422 "附件过多" "Too many attachments"
        "请减少附件。" "Attach fewer.";
    AlreadyAwarded "already-awarded" 409 "已核实发放" "Awarded already"
        "无需重复核实。" "Nothing is to be done.";
    AlreadyRejected "already-rejected" 409 "已驳回" "Rejected already"
        "如属误判,请重新提交。" "Submit it anew if that was a mistake.";
    NotAwarded "not-awarded" 409 "尚未发放" "Not awarded yet"
        "尚无可冲正的奖励;如不属实,请驳回。" "There is no award to reverse; reject it if it is unfounded.";
    AlreadyReversed "already-reversed" 409 "已冲正" "Reversed already"
        "无需重复办理。" "Nothing is to be done.";
    OwnWord "own-word" 403 "不能处理自己核实的贡献" "You vouched for it yourself"
        "请由未参与核实的人员办理。" "Let an officer do it who did not verify it.";
    Queued "queued" 409 "今日核实已满" "Your day is full"
        "请次日再核实,或由上一级人员核实。" "Say it again tomorrow, or let an officer of a higher level do it.";
    NotDrawn "not-drawn" 409 "未被抽中" "Not in a sample"
        "只有抽中的贡献可以抽查。" "Only what was drawn is inspected.";
    AlreadyInspected "already-inspected" 409 "已抽查" "Inspected already"
        "无需重复办理。" "Nothing is to be done.";
    SameTeam "same-team" 403 "与核实人同队" "Of your own team"
        "请由其他人员核实。" "Let another officer do it.";
    InTeam "in-team" 409 "已在志愿服务队" "In a team already"
        "请先退出原队。" "Leave that team first.";
    NotInTeam "not-in-team" 409 "不在该队" "Not in that team"
        "请核对所在的队。" "Look which team it is.";
    NoNoticeRules "no-notice-rules" 409 "当时的规则没有公示" "The rules of its time know no notices"
        "该项不适用公示与申诉。" "It can be neither objected to nor appealed for.";
    OnNotice "on-notice" 409 "公示中" "It stands on notice"
        "公示期内请以异议提出。" "Whoever has something against it objects while the notice lasts.";
    NoticeAt "notice-stage" 409 "不在可办理的环节" "The notice or the appeal is not at that stage"
        "请查看其现状。" "Look at how it stands.";
    OwnContribution "own-contribution" 422 "不能对自己的贡献提出异议" "Nobody objects to the own contribution"
        "请由他人提出。" "Somebody else may.";
    ObjectedAlready "objected-already" 409 "已提出过异议" "Objected already"
        "无需重复提出。" "Nothing is to be done.";
    TooManyObjections "too-many-objections" 409 "异议已满" "Enough have objected"
        "请等待评议。" "Wait for the panel.";
    PanelSits "panel-sits" 409 "评议小组已成立" "A panel sits already"
        "请等待其评议。" "Wait for its votes.";
    PanelSize "panel-size" 422 "评议小组人数不符" "A panel of another size"
        "请按规则确定人数。" "Name as many as the rules say.";
    PanelMemberTied "panel-member-tied" 422 "成员与此事有关" "A member has something to do with it"
        "请换一位与此事无关的人。" "Name somebody who has not.";
    PanelMemberTwice "panel-member-twice" 422 "成员重复" "A member is named twice"
        "请换一位。" "Name somebody else.";
    NotOnPanel "not-on-panel" 409 "不是评议小组成员" "Not on the panel"
        "只有小组成员可以表决。" "Only its members vote.";
    VotedAlready "voted-already" 409 "已表决" "Voted already"
        "表决不能更改。" "A vote stands.";
    NothingToAppeal "nothing-to-appeal" 409 "没有可申诉的决定" "Nothing to appeal against"
        "只有被驳回或冲正的可以申诉。" "Only what was rejected or reversed can be appealed for.";
    AppealClosed "appeal-closed" 409 "已过申诉期限" "The time to appeal is over"
        "超过期限不能再申诉。" "It can't be appealed for any more.";
    AppealedOnce "appealed-once" 409 "已申诉过" "Appealed for before"
        "同一事项只能申诉一次。" "There is one appeal.";
    NotClaimant "not-claimant" 422 "不是申报人" "Somebody else's contribution"
        "请由申报人本人申诉。" "Whose contribution it is appeals.";
    Reinstated "reinstated" 409 "已由评议小组恢复" "A panel lifted its rejection"
        "不能再次驳回。" "It can't be rejected again.";
    OnHold "on-hold" 409 "核查中" "A check holds it"
        "请先由有权人员查看并放行或驳回。" "An officer looks at it first, and releases or rejects it.";
    NotHeld "not-held" 409 "没有待核查事项" "Nothing holds it"
        "无需处理。" "Nothing is to be done.";
    NoEstateRules "no-estate-rules" 409 "规则未涉及小区" "The rules say nothing of estates"
        "请先发布含小区规定的规则。" "Publish rules that do.";
    EstateElsewhere "estate-elsewhere" 422 "小区与网格不符" "The estate is elsewhere"
        "请填写小区所在的网格。" "Name a grid of the estate.";
    NotRedCommittee "not-red-committee" 409 "该小区不由红色管委会管理" "Not managed by a red committee"
        "请先更改管理方式。" "Say first that it is managed so.";
    InvalidCommittee "invalid-committee" 422 "管委会成员有误" "The committee makes no sense"
        "请修改成员。" "Correct its members.";
    InvalidTerm "invalid-term" 422 "任期有误" "The term makes no sense"
        "请修改任期。" "Correct its end.";
    NotOnCommittee "not-on-committee" 409 "不是现任管委会成员" "Not on the committee"
        "请查看小区现状。" "Look at how the estate stands.";
    OnCommittee "on-committee" 409 "现任小区管委会成员" "On an estate's committee"
        "请先退出管委会。" "Let the resident leave the committee first.";
    NoTimeBank "no-time-bank" 409 "规则未涉及时间银行" "The rules say nothing of a time bank"
        "请先发布含时间银行规定的规则。" "Publish rules that do.";
    ActStoresNoTime "act-stores-no-time" 422 "该项目不存时" "The act stores no time"
        "请查看规则中可存时的项目。" "Look at which acts the rules name.";
    AlreadyStored "already-stored" 409 "已存时" "Stored already"
        "一次贡献只能存时一次。" "The time of a contribution is stored once.";
    HonourMinutes "honour-minutes" 409 "荣誉时数不存时" "Honour minutes store no time"
        "补录的时数只作荣誉。" "What was entered afterwards is honour alone.";
    NobodyServed "nobody-served" 409 "没有服务对象" "Nobody was served"
        "只有为他人服务的贡献可以存时。" "What was done for somebody can be stored.";
    NotKeyElder "not-key-elder" 409 "不是重点老人" "No key elder"
        "请由有权人员先行认定,或改由他人承担。" "Let an officer say so first, or let somebody else pay.";
    MarkedAlready "marked-already" 409 "已是此认定" "Marked so already"
        "无需更改。" "Nothing is to be done.";
    TimeShort "time-short" 409 "存时不足" "Too little stored time"
        "请减少时长或改由他人承担。" "Take less, or let somebody else pay.";
    ChestAwaited "chest-awaited" 409 "时间箱有人排队" "Others wait at the chest"
        "请排队申请。" "Ask the chest, and wait.";
    NotKin "not-kin" 409 "不是亲属" "Not kin"
        "存时只能赠予家人或社区时间箱。" "Time is given to kin or to a chest.";
    AlreadyKin "already-kin" 409 "已是亲属" "Kin already"
        "无需登记。" "Nothing is to be done.";
    AsksAlready "asks-already" 409 "已在排队" "Asks already"
        "请等待,或先撤回。" "Wait, or withdraw the ask first.";
    AsksNothing "asks-nothing" 409 "没有申请" "Asks for nothing"
        "无需撤回。" "There is nothing to withdraw.";
    NoTime "no-time" 422 "没有时长" "No time"
        "请填写时长。" "Say how much.";
    AboveTimeCap "above-time-cap" 409 "超过存时上限" "Above the cap"
        "请减少时长。" "Ask for less.";
    SurplusLimit "surplus-limit" 409 "超过社区顺差限额" "The others would owe too much"
        "请在本社区内使用存时。" "Use time within the community first.";
    DeficitLimit "deficit-limit" 409 "超过社区逆差限额" "The community would owe too much"
        "请在本社区内存时。" "Store time within the community first.";
    NothingToNet "nothing-to-net" 409 "没有可轧差的往来" "Nothing to net"
        "上期之后社区间没有往来。" "Communities have not traded since the last statement.";
    NettingDue "netting-due" 409 "须先出具轧差对账单" "A netting statement is due"
        "请先出具对账单。" "State what communities owe each other first.";
    NoMediationRules "no-mediation-rules" 409 "规则未涉及调解" "The rules say nothing of mediation"
        "请先发布含调解规定的规则。" "Publish rules that do.";
    OnlyByCase "only-by-case" 422 "该项目只能由调解案件产生" "Only a mediation case gives this act"
        "请由办案人员立案调解。" "Let an officer open a case.";
    CaseAt "case-stage" 409 "案件不在可办理的环节" "The case is not at that stage"
        "请查看其现状。" "Look at how it stands.";
    InvalidParties "invalid-parties" 422 "当事人有误" "The parties make no sense"
        "请修改当事人。" "Correct the parties.";
    PartyMediates "party-mediates" 422 "当事人及其同住人不得调解" "A party, or of the household of one"
        "请另请调解人。" "Let somebody else mediate.";
    AtTable "at-table" 409 "已在调解席上" "At the table already"
        "请由未参与调解、且与调解人不同住的人员办理。" "Let somebody who didn't sit there, nor lives with who did, do it.";
    TableFull "table-full" 409 "席位已满" "The table is full"
        "请由已在席者调解。" "Let those who sit there mediate.";
    TooManySessions "too-many-sessions" 409 "调解次数已满" "Too many sessions"
        "请结案。" "Settle the case or close it.";
    NobodySat "nobody-sat" 409 "尚无人调解" "Nobody sat"
        "请先录入调解情况。" "Enter a session first.";
    AgreementNeeded "agreement-needed" 422 "须有书面协议" "An agreement in writing is needed"
        "请附密封协议文件的哈希。" "Send the hash of its sealed file.";
    NotTeamLeader "not-team-leader" 403 "不是该队队长" "Not the team's leader"
        "请由队长或网格人员办理。" "Let the leader or an officer do it.";
    NoActivityRules "no-activity-rules" 409 "规则未涉及活动" "The rules say nothing of activities"
        "请先发布含活动规定的规则。" "Publish rules that do.";
    OnlyByActivity "only-by-activity" 422 "该项目只能由活动产生" "Only a served seat gives this act"
        "请报名参加活动。" "Sign up for an activity.";
    InvalidActivity "invalid-activity" 422 "活动设置不合理" "The activity makes no sense"
        "请修改所示内容。" "Correct what is told.";
    ActivityBegun "activity-begun" 409 "活动已开始" "The activity has begun"
        "请选择以后的活动。" "Choose a later one.";
    ActivityCalledOff "activity-called-off" 409 "活动已取消" "The activity was called off"
        "请选择其他活动。" "Choose another.";
    SignedUp "signed-up" 409 "已报名" "Signed up already"
        "无需重复报名。" "Nothing is to be done.";
    SeatClash "seat-clash" 409 "时间冲突" "The resident has another seat at that time"
        "请先退出其中一个。" "Give one of them up.";
    SeatAt "seat-stage" 409 "名额不在可办理的环节" "The seat is not at that stage"
        "请查看其现状。" "Look at how it stands.";
    CheckInTooEarly "check-in-too-early" 409 "未到签到时间" "Too early to check in"
        "请在开始前不久签到。" "Come back shortly before the start.";
    DoorShut "door-shut" 409 "不在签到签退时间" "The door is shut"
        "请在活动前后再来。" "Come back when people check in.";
    WrongCode "wrong-code" 422 "不是当前的动态码" "Not the code of the moment"
        "请重新扫描门口的动态码。" "Scan the code at the door again.";
    WrongCheckpoint "wrong-checkpoint" 422 "巡更点不符" "A checkpoint was not read"
        "请重新扫描该巡更点。" "Scan it again.";
    OutsideAuthority "outside-authority" 403 "不在您的辖区" "Outside your area"
        "请由该网格的人员核实。" "Let an officer of that grid do it.";
    LevelTooLow "level-too-low" 403 "级别不够" "Your level is too low for it"
        "请由更高级别的人员核实。" "Let an officer of a higher level do it.";
    SelfVerification "self-verification" 403 "不能核实自己的贡献" "Nobody verifies oneself"
        "请由其他人员核实。" "Let another officer do it.";
    SameHousehold "same-household" 403 "不能核实同户家人的贡献" "Nobody verifies one's own household"
        "请由其他人员核实。" "Let another officer do it.";
    VerifierServed "verifier-served" 403 "服务对象不能核实" "Who was served does not verify"
        "您或家人是服务对象,请由其他人员核实。" "You or your household was served; let another officer do it.";
    AlreadyVerified "already-verified" 409 "您已核实过" "You have verified it already"
        "还须另一级别的人员核实。" "An officer of another level has to verify it as well.";
    SecondLevelNeeded "second-level-needed" 409 "须由另一级别核实" "Another level has to verify it"
        "同级人员已核实,须由另一级别的人员核实。" "An officer of your level has verified it; one of another level is needed.";
    AssessmentNeeded "assessment-needed" 422 "须评定积分" "The points have to be assessed"
        "请在范围内评定积分。" "Assess the points within the bounds.";
    AssessmentUnwanted "assessment-unwanted" 422 "该项积分固定" "The points of this act are fixed"
        "请勿填写评定积分。" "Leave the assessment out.";
    NoSuchDifficulty "no-such-difficulty" 422 "无此难度等级" "There is no such level of difficulty"
        "请按该项规则的难度等级填写,或留空。" "Say a level that the act has, or leave it out.";
    NothingToFund "nothing-to-fund" 422 "注资须大于零" "Nothing to fund"
        "请填写大于零的积分。" "Put in more than zero.";
    NothingReceived "nothing-received" 422 "入库数量须大于零" "Nothing received"
        "请填写大于零的数量。" "Tell a quantity above zero.";
    NotStocked "not-stocked" 422 "该项不计库存" "The item has no counted stock"
        "服务与预约类无需入库。" "Services and bookables are not taken in.";
    EmptyBasket "empty-basket" 422 "没有选择商品" "Nothing was chosen"
        "请至少选择一件。" "Choose one item at least.";
    BasketTooLarge "basket-too-large" 422 "商品种类过多" "Too many items on one slip"
        "请分几次兑换。" "Redeem them in several slips.";
    ItemTwice "item-twice" 422 "同一商品出现两次" "An item stands twice"
        "请合并为一行并调整数量。" "Make it one line with the sum.";
    QuantityZero "quantity-zero" 422 "数量不能为零" "A quantity of zero"
        "请填写数量或去掉该商品。" "Tell how many, or leave the item out.";
    TooFewStars "too-few-stars" 409 "星级不够" "Too few stars"
        "达到所需星级后方可兑换。" "It can be had with more stars.";
    AssistedOnly "assisted-only" 409 "仅限帮扶家庭" "For assisted households alone"
        "请选择其他商品。" "Choose something else.";
    InsufficientStock "insufficient-stock" 409 "库存不足" "Not enough in stock"
        "请减少数量、选择其他商品或前往其他驿站。" "Take fewer, choose something else, or try another station.";
    InsufficientPoints "insufficient-points" 409 "积分不足" "Not enough points"
        "请减少数量或选择其他商品。" "Take fewer, or choose something else.";
    OtherStation "other-station" 403 "在其他驿站预留" "Reserved at another station"
        "请到预留的驿站办理。" "Go to the station where it was reserved.";
    AlreadyCaptured "already-captured" 409 "已领取" "Handed out already"
        "无需重复办理。" "Nothing is to be done.";
    AlreadyVoided "already-voided" 409 "已取消" "Given back already"
        "如需请重新兑换。" "Redeem anew if it is still wanted.";
    HoldExpired "hold-expired" 409 "预留已过期" "The hold has expired"
        "积分与库存已自动退回,如需请重新兑换。" "Points and stock were given back; redeem anew if it is still wanted.";

    // Badges.
    NoBadges "no-badges" 503 "本处不签发徽章" "No badges are signed here"
        "请运维人员为网关配置徽章密钥与公开网址。" "Have the gateway told the key of badges and its public address.";
    NoBadge "no-badge" 404 "没有这枚徽章" "There is no such badge"
        "请核对徽章编号。" "Check its number.";

    // Who residents are.
    NoVault "no-vault" 503 "本处未开放个人资料库" "No vault is open here"
        "请运维人员为网关配置资料库密钥。" "Have the gateway told the key of the vault.";
    NoPerson "no-person" 404 "没有个人资料" "Nothing is kept of this person"
        "请先登记个人资料。" "Say first who it is.";
    PersonErased "person-erased" 410 "个人资料已删除" "This person was erased"
        "删除后不能恢复,也不能再登记。" "It can't be undone, and nothing is kept again.";

    // Hazards, orders, whistles, mutual aid.
    NoOrderRules "no-order-rules" 409 "规则未设接单事项" "The rules say nothing of orders"
        "请先发布含接单规则的版本。" "Publish rules with a part on orders first.";
    OnlyByOrder "only-by-order" 422 "该项须经接单核验发放" "Only a checked order awards this act"
        "请上报隐患,办结核验后自动发放。" "Report the hazard; its reporter is rewarded once the order is checked.";
    InvalidAlert "invalid-alert" 422 "预警时段有误" "The alert makes no sense"
        "请修改时段。" "Correct its times.";
    AlertDeclared "alert-declared" 409 "该时段已发布预警" "Declared already"
        "请查看已发布的预警。" "Look at what was declared.";
    NoAlert "no-alert" 409 "没有该预警,或已结束" "No such alert, or it is over"
        "请查看已发布的预警。" "Look at what was declared.";
    OnlyByReferral "only-by-referral" 422 "该项由系统在所推荐者服务后自动发放" "Only a referral whose volunteer has served gives this act"
        "登记志愿者时请注明推荐人。" "Say who referred a volunteer when that one enrols.";
    OnlyByAid "only-by-aid" 422 "该项须经互助双方确认发放" "Only the words of both sides award this act"
        "请发布求助或微心愿,由双方确认。" "Ask, offer or open a wish, and let both sides confirm it.";
    SignalReserved "signal-reserved" 422 "该佐证只能由系统给出" "A signal that no sender can give"
        "请去掉该佐证要素。" "Leave the signal out.";
    ReportingPaused "reporting-paused" 409 "上报已被暂停" "Reporting is paused"
        "暂停期满后可再上报,也可申诉。" "Report again when the pause is over, or appeal against it.";
    NotPaused "not-paused" 409 "上报未被暂停" "Reporting is not paused"
        "无需申诉。" "Nothing is to be done.";
    AppealedAlready "appealed-already" 409 "已申诉过" "Appealed against already"
        "对同一次暂停只能申诉一次。" "A pause is appealed against once.";
    NoAppeal "no-appeal" 409 "没有待裁定的申诉" "No appeal is open"
        "请待居民提出申诉。" "The resident has to appeal first.";
    HazardAt "hazard-stage" 409 "隐患已不在可办理的环节" "The hazard is past that"
        "请查看其现状。" "Look at how it stands.";
    LaterReport "later-report" 422 "只能并入更早的上报" "That report is not the earlier one"
        "请以最早的上报为准。" "Link it to the one that was first.";
    OrderAt "order-stage" 409 "工单不在可办理的环节" "The order is not at that stage"
        "请查看其现状。" "Look at how it stands.";
    NotOfUnit "not-of-unit" 403 "工单不在您的单位" "The order stands with another unit"
        "请由该单位的人员办理。" "Let an officer of that unit do it.";
    NotHandler "not-handler" 403 "须由接单人办结" "Another officer accepted the order"
        "请由接单人办结。" "Let whoever accepted it close it.";
    EvidenceNeeded "evidence-needed" 422 "办结须附佐证" "Closing takes evidence"
        "请附上照片或单据。" "Attach a photograph or a paper.";
    HandlerChecks "handler-checks" 403 "办理人不能核验" "Nobody checks one's own work"
        "请由办理人及其家人以外的人员核验。" "Let somebody else check it, not of the handler's household either.";
    NothingAbove "nothing-above" 409 "已是最高一级" "There is no level above"
        "请就地办理,或吹哨。" "See to it there, or have a whistle blown.";
    LeadershipOnly "leadership-only" 403 "仅限街道领导" "For the leadership alone"
        "请由有权的街道领导办理。" "Let a leader of the sub-district do it.";
    CantBeCalled "cant-be-called" 422 "此哨不能呼叫该岗位" "This whistle can't call that office"
        "请改呼责任单位。" "Call a responsible unit.";
    NotCalled "not-called" 403 "被呼叫的不是您" "Another office was called"
        "请由被呼叫的单位应答。" "Let the office that is called answer.";
    WhistleAt "whistle-stage" 409 "哨声不在可办理的环节" "The whistle is not at that stage"
        "请查看其现状。" "Look at how it stands.";
    NotAssisted "not-assisted" 409 "仅限帮扶家庭" "Not of an assisted household"
        "微心愿由帮扶家庭提出。" "Micro-wishes are those of assisted households.";
    OwnHousehold "own-household" 422 "互助须在两户之间" "Both are of one household"
        "请由其他家庭的居民参加。" "Let a resident of another household take part.";
    AidAt "aid-stage" 409 "互助不在可办理的环节" "It is not at that stage"
        "请查看其现状。" "Look at how it stands.";
    NotParty "not-party" 403 "不是当事人" "Not a party to it"
        "请由当事人办理。" "Let the one do it whose part it is.";
    OtherSideConfirms "other-side-confirms" 403 "须由对方确认" "The other side confirms"
        "请由对方确认。" "Let the other side confirm what you said.";
    NoHonourRules "no-honour-rules" 409 "现行规则未定荣誉" "The rules say nothing of honours"
        "请先发布含荣誉规定的规则。" "Publish rules that have a part on honours.";
    NoSuchDistinction "no-such-distinction" 422 "规则中没有该星级或奖章" "The rules know no such star or medal"
        "请对照规则。" "Look at the rules.";
    NoSuchTitle "no-such-title" 404 "没有该称号" "There is no such title"
        "请查看居民的称号。" "Look at the resident's titles.";
    TitleAt "title-stage" 409 "称号不在可办理的环节" "The title is not at that stage"
        "请查看其现状。" "Look at how it stands.";
    HoursShort "hours-short" 409 "服务时长不足" "Too few hours"
        "请在达到时数后申请。" "Apply once the hours are there.";
    TenureShort "tenure-short" 409 "注册时间不足" "Not a volunteer for long enough"
        "请届时再申请。" "Apply then.";
    HonourNoticeRuns "notice-runs" 409 "公示未结束" "The notice is not over"
        "请在公示结束后办理。" "Come back when it is over.";
    CertificateOpen "certificate-open" 409 "另有证明在公示" "Another certificate stands on notice"
        "请等其出具或作废。" "Wait until it is issued or void.";
    NothingServed "nothing-served" 409 "没有服务记录" "Nothing was served"
        "有服务记录后方可出具证明。" "A certificate tells of service.";
    SecondSignature "second-signature" 403 "须由另一人签署" "Somebody else has to sign"
        "证明须两人签署。" "Two people sign a certificate.";
    CertificateAt "certificate-stage" 409 "证明不在可办理的环节" "The certificate is not at that stage"
        "请查看其现状。" "Look at how it stands.";
    ReportAnswered "report-answered" 409 "申请已答复" "The report was answered already"
        "如有新情况请另行申请。" "Report anew what is new.";
    NotCorrected "not-corrected" 422 "该贡献不能更正此记录" "That contribution doesn't put it right"
        "请先冲正有误的贡献,或填写更正的贡献。" "Reverse the wrong one first, or name the one that puts it right.";
    NotOnSlip "not-on-slip" 422 "兑换单上没有该商品" "The item is not on the slip"
        "请核对兑换单。" "Check the slip.";
    MoreThanOnSlip "more-than-on-slip" 409 "数量超过兑换单" "More than stands on the slip"
        "请减少数量。" "Take fewer.";
    VoucherNeeded "voucher-needed" 409 "须购券" "It is had as a voucher"
        "请发券,不能在柜台直接兑换。" "Issue a voucher for it; it isn't sold over the counter.";
    NotByVoucher "not-by-voucher" 422 "该商品没有券" "The item has no vouchers"
        "请选择以券提供的服务。" "Choose a service that is had as a voucher.";
    VoucherAt "voucher-stage" 409 "该券不能再办理" "The voucher is not at that stage"
        "请查看其现状。" "Look at how it stands.";
    WrongVoucherCode "wrong-voucher-code" 409 "券码错误" "A wrong code"
        "请核对券码后再试。" "Read the code again.";
    VoucherLocked "voucher-locked" 409 "该券已锁定" "The voucher is locked"
        "锁定期满后再试。" "Come back when the lock is over.";
    VoucherTooEarly "voucher-too-early" 409 "该券尚未生效" "The voucher is not good yet"
        "请在生效后使用。" "Use it later.";
    VoucherNotToday "voucher-not-today" 409 "该券今日不可用" "The voucher is not good today"
        "请在可用的日子使用。" "Come on a day on which it is.";
    OtherSupplier "other-supplier" 403 "不是本供应方的券" "Another supplier's voucher"
        "请到提供该服务的供应方使用。" "Use it at the supplier whose service it is.";
    InvalidTerms "invalid-terms" 422 "兑换条件不合理" "The terms make no sense"
        "请修改所示内容。" "Correct what is told.";
    NotOpenTo "not-open-to" 409 "不在开放范围" "Not open to this resident"
        "请选择其他商品。" "Choose another item.";
    TooManyTaken "too-many-taken" 409 "超过数量限额" "More pieces than the limit"
        "请减少数量,或下期再来。" "Take fewer, or come back later.";
    TooMuchSpent "too-much-spent" 409 "超过积分限额" "More points than the limit"
        "请减少数量,或下期再来。" "Take fewer, or come back later.";
    TooManyRedemptions "too-many-redemptions" 409 "超过兑换次数限额" "More redemptions than the rules allow"
        "请下期再来。" "Come back when the next period begins.";
    TooMuchRedeemed "too-much-redeemed" 409 "超过兑换积分限额" "More points than the rules allow to redeem"
        "请减少数量,或下期再来。" "Take fewer, or come back when the next period begins.";
    NotHandedOut "not-handed-out" 409 "尚未领取" "Nothing was handed out"
        "未领取的请取消预留。" "Void what is only reserved.";
    AlreadyReturned "already-returned" 409 "已全部退回" "All of it has come back"
        "无需重复办理。" "Nothing is to be done.";
    NoReturns "no-returns" 409 "规则不支持退货" "The rules know no returns"
        "领取时生效的规则不支持退货。" "The rules in force when it was handed out don't allow it.";
    ReturnsClosed "returns-closed" 409 "已过退货期限" "The window for returns is over"
        "超过期限不能再退。" "It can't be returned any more.";
    NothingComesBack "nothing-comes-back" 409 "已用掉的不能退" "Nothing of it comes back"
        "仅在驿站或供应方有责时可退。" "What is used up is paid back only where somebody is at fault.";
    OfficerNeeded "officer-needed" 422 "须注明责任人员" "An officer has to answer for the loss"
        "请填写对损失负责的人员。" "Name the officer who answers for what is lost.";
    CountBelowReserved "count-below-reserved" 409 "盘点数少于已预留数" "More are set aside than were found"
        "请先取消部分预留,再重新盘点。" "Void some of what is set aside first, then count again.";
    SameStation "same-station" 422 "不能调拨到本站" "From a station to itself"
        "请选择其他驿站。" "Choose another station.";
    NothingToState "nothing-to-state" 409 "本期没有往来" "Nothing has happened since the last statement"
        "无需出具对账单。" "No statement is needed.";
    NotStated "not-stated" 422 "对账单没有该行" "The statement has no such line"
        "请核对对账单。" "Check the statement.";
    AlreadyDisputed "already-disputed" 409 "该行已有异议" "The line is disputed already"
        "请等待财务处理。" "Wait for the finance desk.";
    NotDisputed "not-disputed" 409 "该行没有异议" "The line is not disputed"
        "无需处理。" "Nothing is to be resolved.";
    AlreadyResolved "already-resolved" 409 "异议已处理" "The dispute was resolved already"
        "无需重复处理。" "Nothing is to be done.";
    DisputesOpen "disputes-open" 409 "尚有异议未处理" "Disputes are open"
        "请先处理全部异议。" "Resolve them first.";
    AlreadySettled "already-settled" 409 "已结算" "Settled already"
        "无需重复结算。" "Nothing is to be done.";
    BookingNeeded "booking-needed" 409 "须预约" "It is booked by the slot"
        "请先预约时段,不能在柜台直接兑换。" "Book a slot of it; it isn't sold over the counter.";
    NotBookable "not-bookable" 422 "该项不可预约" "The item is not one that is booked"
        "请选择预约类商品。" "Choose a bookable item.";
    InvalidResource "invalid-resource" 422 "资源设置不合理" "The resource makes no sense"
        "请修改所示内容。" "Correct what is told.";
    ResourceWithdrawn "resource-withdrawn" 409 "资源已停用" "The resource was withdrawn"
        "请选择其他资源。" "Choose another.";
    NoSuchSlot "no-such-slot" 422 "没有这样的时段" "No such slots"
        "请按时段表选择连续的时段。" "Choose slots of the timetable that follow each other.";
    TooManySlots "too-many-slots" 422 "连续时段过多" "Too many slots in a row"
        "请减少时段。" "Take fewer.";
    MoreThanThereAre "more-than-there-are" 422 "超过总数" "More than there are"
        "请减少数量。" "Take fewer.";
    SlotOver "slot-over" 409 "时段已过" "The slot is over"
        "请选择以后的时段。" "Choose a later one.";
    TooFarAhead "too-far-ahead" 409 "尚未开放预约" "Too far ahead"
        "请稍后再来预约。" "Come back later.";
    SlotFull "slot-full" 409 "余量不足" "Too little is free"
        "请选择其他时段,或候补。" "Choose another slot, or wait.";
    SlotHasRoom "slot-has-room" 409 "尚有余量" "There is room"
        "无需候补,请直接预约。" "Nobody has to wait; book it.";
    WaitingListFull "waiting-list-full" 409 "候补已满" "Too many wait already"
        "请选择其他时段。" "Choose another slot.";
    SlotOff "slot-off" 409 "时段已停开" "The slot is off"
        "请选择其他时段。" "Choose another slot.";
    NotItsKeeper "not-its-keeper" 403 "不是本单位的资源" "The resource is in other hands"
        "由发放钥匙的驿站或供应方办理。" "Its station or its supplier can.";
    AlreadyOff "already-off" 409 "已停开" "Off already"
        "无需重复停开。" "Nothing is to be done.";
    NotOff "not-off" 409 "没有停开的时段" "Nothing is off"
        "无需恢复。" "Nothing is to be done.";
    TooManyOff "too-many-off" 409 "停开时段过多" "Too many slots are off"
        "长期停开请联系管理员停用该资源。" "Have it withdrawn, if it is for long.";
    NoQueues "no-queues" 409 "不设排队" "Nobody waits for goods"
        "请改日再来兑换。" "Come back another day.";
    QueuedAlready "queued-already" 409 "已在排队" "Waits already"
        "每人每站每种商品只排一次。" "A person waits once for an item at a station.";
    InStock "in-stock" 409 "尚有存货" "There is enough"
        "无需排队,请直接兑换。" "Nobody has to wait; redeem it.";
    QueueFull "queue-full" 409 "排队人数已满" "Too many wait already"
        "请选择其他驿站,或改日再来。" "Choose another station, or come back another day.";
    TooManyWanted "too-many-wanted" 422 "数量过多" "More than anybody can have at once"
        "请减少数量。" "Take fewer.";
    QueueAt "queue-stage" 409 "排队不在可办理的环节" "The wait is over"
        "请查看其现状。" "Look at how it stands.";
    BookingPaused "booking-paused" 409 "暂停预约" "Booking is paused"
        "暂停期满后可再预约。" "Book again when the pause is over.";
    BookingAt "booking-stage" 409 "预约不在可办理的环节" "The booking is not at that stage"
        "请查看其现状。" "Look at how it stands.";
    KeyTooEarly "key-too-early" 409 "未到领取时间" "Too early for the key"
        "请在开始前到站领取。" "Come back shortly before the start.";
}

impl Kind {
    /// The kind of this name.
    pub(crate) fn by_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|kind| kind.name() == name)
    }
}
