//! The words that pseudonyms are made of, in both languages. The log knows their places in these
//! lists alone: no word is ever moved or taken out.

use linli_api::Bilingual;
use linli_api::pseudonym::{ChoosePseudonym, PseudonymWord, PseudonymWords};
use linli_domain::resident::{Pseudonym, Words};

use crate::problem::{Kind, Problem};

/// How a request names a word, which is also how it reads in English; and its Chinese.
type Word = (&'static str, &'static str);

/// What kind of one.
const FIRST: [Word; 64] = [
    ("quiet", "安静的"),
    ("early", "早起的"),
    ("gentle", "温和的"),
    ("bright", "明亮的"),
    ("busy", "勤快的"),
    ("cheerful", "开朗的"),
    ("steady", "沉稳的"),
    ("patient", "耐心的"),
    ("warm", "温暖的"),
    ("golden", "金色的"),
    ("silver", "银色的"),
    ("green", "青绿的"),
    ("blue", "湛蓝的"),
    ("amber", "琥珀色的"),
    ("honest", "诚恳的"),
    ("kind", "和善的"),
    ("lively", "活泼的"),
    ("nimble", "灵巧的"),
    ("careful", "细心的"),
    ("curious", "好奇的"),
    ("calm", "从容的"),
    ("brave", "勇敢的"),
    ("merry", "快乐的"),
    ("modest", "谦和的"),
    ("thoughtful", "体贴的"),
    ("tidy", "整洁的"),
    ("tireless", "不知疲倦的"),
    ("trusty", "可靠的"),
    ("wandering", "云游的"),
    ("whistling", "吹口哨的"),
    ("singing", "歌唱的"),
    ("smiling", "微笑的"),
    ("dancing", "起舞的"),
    ("humming", "哼歌的"),
    ("reading", "读书的"),
    ("gardening", "种花的"),
    ("cycling", "骑车的"),
    ("fishing", "垂钓的"),
    ("painting", "作画的"),
    ("brewing", "煮茶的"),
    ("spring", "春天的"),
    ("summer", "夏天的"),
    ("autumn", "秋天的"),
    ("winter", "冬天的"),
    ("morning", "清晨的"),
    ("noon", "正午的"),
    ("evening", "傍晚的"),
    ("moonlit", "月下的"),
    ("starry", "星夜的"),
    ("sunny", "晴天的"),
    ("rainy", "雨中的"),
    ("snowy", "雪中的"),
    ("windy", "风中的"),
    ("misty", "雾中的"),
    ("riverside", "江边的"),
    ("lakeside", "湖畔的"),
    ("hilltop", "山顶的"),
    ("rooftop", "屋顶的"),
    ("courtyard", "院中的"),
    ("lane", "巷口的"),
    ("bridge", "桥头的"),
    ("harbour", "港湾的"),
    ("meadow", "草地的"),
    ("forest", "林间的"),
];

/// What.
const SECOND: [Word; 64] = [
    ("heron", "白鹭"),
    ("magpie", "喜鹊"),
    ("sparrow", "麻雀"),
    ("swallow", "燕子"),
    ("thrush", "画眉"),
    ("kingfisher", "翠鸟"),
    ("lark", "云雀"),
    ("oriole", "黄鹂"),
    ("goose", "鸿雁"),
    ("crane", "仙鹤"),
    ("swan", "天鹅"),
    ("robin", "知更鸟"),
    ("dragonfly", "蜻蜓"),
    ("bee", "蜜蜂"),
    ("butterfly", "蝴蝶"),
    ("ladybird", "瓢虫"),
    ("squirrel", "松鼠"),
    ("fawn", "小鹿"),
    ("carp", "锦鲤"),
    ("dolphin", "海豚"),
    ("panda", "熊猫"),
    ("hedgehog", "刺猬"),
    ("rabbit", "白兔"),
    ("otter", "水獭"),
    ("plum", "梅花"),
    ("orchid", "兰花"),
    ("bamboo", "翠竹"),
    ("lotus", "荷花"),
    ("osmanthus", "桂花"),
    ("begonia", "海棠"),
    ("magnolia", "玉兰"),
    ("jasmine", "茉莉"),
    ("cedar", "雪松"),
    ("sycamore", "梧桐"),
    ("ginkgo", "银杏"),
    ("maple", "枫叶"),
    ("willow", "柳树"),
    ("wisteria", "紫藤"),
    ("sunflower", "向日葵"),
    ("dandelion", "蒲公英"),
    ("moss", "青苔"),
    ("reed", "芦苇"),
    ("pomegranate", "石榴"),
    ("cherry", "樱桃"),
    ("bayberry", "杨梅"),
    ("loquat", "枇杷"),
    ("tea-leaf", "茶叶"),
    ("rice-ear", "稻穗"),
    ("lantern", "灯笼"),
    ("kite", "风筝"),
    ("sailboat", "帆船"),
    ("stone-bridge", "石桥"),
    ("lighthouse", "灯塔"),
    ("wind-chime", "风铃"),
    ("bell-tower", "钟楼"),
    ("bookmark", "书签"),
    ("lute", "琵琶"),
    ("spinning-top", "陀螺"),
    ("abacus", "算盘"),
    ("rainbow", "彩虹"),
    ("brook", "小溪"),
    ("dewdrop", "露珠"),
    ("snowflake", "雪花"),
    ("north-star", "北极星"),
];

/// All the words.
pub(crate) fn pseudonym_words() -> PseudonymWords {
    let told = |(word, zh): &Word| PseudonymWord {
        word: (*word).to_owned(),
        name: Bilingual::new(*zh, capitalised(word)),
    };
    PseudonymWords {
        first: FIRST.iter().map(told).collect(),
        second: SECOND.iter().map(told).collect(),
    }
}

/// A pseudonym as people read it: 安静的白鹭, Quiet Heron; the second of these 安静的白鹭2, Quiet Heron 2.
pub(crate) fn pseudonym(it: Pseudonym) -> Bilingual {
    let word = |list: &[Word], place: u8| list.get(usize::from(place)).copied();
    let (first, first_zh) = word(&FIRST, it.words.first).unwrap_or_default();
    let (second, second_zh) = word(&SECOND, it.words.second).unwrap_or_default();
    let (zh, en) = match it.number {
        1 => (String::new(), String::new()),
        number => (number.to_string(), format!(" {number}")),
    };
    Bilingual::new(
        format!("{first_zh}{second_zh}{zh}"),
        format!("{} {}{en}", capitalised(first), capitalised(second)),
    )
}

/// The words that a request names; drawn by chance where it names none.
///
/// # Errors
///
/// A word that is none of the list, or one without the other.
pub(crate) fn chosen_words(said: &ChoosePseudonym) -> Result<Words, Problem> {
    match (&said.first, &said.second) {
        (None, None) => {
            let [first, second]: [u8; 2] = rand::random();
            Ok(Words { first: first & 63, second: second & 63 })
        }
        (first, second) => Ok(Words {
            first: place("first", &FIRST, first.as_deref())?,
            second: place("second", &SECOND, second.as_deref())?,
        }),
    }
}

fn place(field: &str, list: &[Word], said: Option<&str>) -> Result<u8, Problem> {
    let found = list.iter().position(|(word, _)| Some(*word) == said);
    let place = found.and_then(|place| u8::try_from(place).ok());
    place.ok_or_else(|| Problem::plain(Kind::NoSuchWords).with("field", field))
}

/// As it stands in a name: `stone-bridge` is Stone Bridge.
fn capitalised(word: &str) -> String {
    let parts = word.split('-').map(|part| {
        let mut letters = part.chars();
        let first = letters.next().map(|letter| letter.to_ascii_uppercase());
        first.into_iter().chain(letters).collect::<String>()
    });
    parts.collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use linli_domain::resident::PSEUDONYM_WORDS;

    use super::*;

    #[test]
    fn each_place_is_one_word_in_both_languages() {
        for list in [FIRST, SECOND] {
            assert_eq!(list.len(), usize::from(PSEUDONYM_WORDS));
            let words: BTreeSet<_> = list.iter().map(|(word, _)| word).collect();
            let chinese: BTreeSet<_> = list.iter().map(|(_, zh)| zh).collect();
            assert_eq!((words.len(), chinese.len()), (list.len(), list.len()));
        }
    }

    #[test]
    fn it_reads_as_people_say_it() {
        let named = |first: &str, second: &str| ChoosePseudonym {
            first: Some(first.to_owned()),
            second: Some(second.to_owned()),
        };
        for (first, second, number, zh, en) in [
            ("quiet", "heron", 1, "安静的白鹭", "Quiet Heron"),
            ("quiet", "heron", 2, "安静的白鹭2", "Quiet Heron 2"),
            ("forest", "north-star", 1, "林间的北极星", "Forest North Star"),
        ] {
            let words = chosen_words(&named(first, second)).unwrap();
            let told = pseudonym(Pseudonym { words, number });
            assert_eq!(told, Bilingual::new(zh, en));
        }
        let half = ChoosePseudonym { first: Some("quiet".to_owned()), second: None };
        for wrong in [half, named("quiet", "mayor"), named("", "heron")] {
            assert!(chosen_words(&wrong).is_err());
        }
        for _ in 0..99 {
            let words = chosen_words(&ChoosePseudonym::default()).unwrap();
            assert!(words.first < PSEUDONYM_WORDS && words.second < PSEUDONYM_WORDS);
        }
    }
}
