//! The district's 505 estates without property management: nine in Dingshan's old estates, one a grid where
//! people live, the others over the sub-districts. How each is managed is an assumption, but for one.

use linli_api::Bilingual;
use linli_api::area::{FoundArea, Level};
use linli_api::estate::ManagementForm;
use ulid::Ulid;

use super::Grid;
use crate::calendar::Moment;
use crate::chance::{Chance, Wheel};

/// All of them, in the whole district.
pub(crate) const ESTATES: usize = 505;

/// Those in Dingshan, in its comprehensive grids.
const IN_DINGSHAN: usize = 9;

/// Of those, so many have a red committee.
const RED_IN_DINGSHAN: usize = 3;

/// The one that is told of: Zhongyangmen, managed by a red committee.
const TOLD_OF: (&str, &str) = ("将军庙38号", "38 Jiangjunmiao");

/// The place of Zhongyangmen among the sub-districts.
const ITS_SUB_DISTRICT: usize = 2;

/// Of a hundred others, so many are managed in which way.
const FORMS: [(u64, ManagementForm); 4] = [
    (25, ManagementForm::RedCommittee),
    (40, ManagementForm::CommunityTrusteeship),
    (20, ManagementForm::HomeownerSelfRule),
    (15, ManagementForm::PropertyEntrusted),
];

/// An estate.
#[derive(Clone, Debug)]
pub(crate) struct Estate {
    pub(crate) id: Ulid,
    pub(crate) area: Ulid,
    pub(crate) name: Bilingual,
    pub(crate) form: ManagementForm,
}

pub(super) fn estates(chance: &mut Chance, areas: &[FoundArea], grids: &[Grid]) -> Vec<Estate> {
    let mut all = Vec::new();
    for (number, grid) in grids.iter().take(IN_DINGSHAN).enumerate() {
        let of = number.saturating_add(1);
        let name = Bilingual::new(format!("丁山老旧小区{of}"), format!("Dingshan old estate {of}"));
        let form =
            if number < RED_IN_DINGSHAN { ManagementForm::RedCommittee } else { form(chance) };
        all.push(Estate { id: id(chance), area: grid.area, name, form });
    }
    let sub_districts: Vec<_> = areas
        .iter()
        .filter(|area| area.level == Level::SubDistrict)
        .filter_map(|area| Some((Ulid::from_string(area.area.as_ref()?.as_str()).ok()?, area)))
        .collect();
    let places = sub_districts.iter().enumerate().cycle();
    for (number, (place, (area, found))) in (1_usize..).zip(places) {
        if all.len() >= ESTATES {
            break;
        }
        let told_of = number == ITS_SUB_DISTRICT.saturating_add(1) && place == ITS_SUB_DISTRICT;
        let (name, form) = if told_of {
            let (zh, en) = TOLD_OF;
            (Bilingual::new(zh, en), ManagementForm::RedCommittee)
        } else {
            let FoundArea { name, .. } = found;
            let zh = format!("{}无物管小区{number}", name.zh);
            (Bilingual::new(zh, format!("{}, estate {number}", name.en)), form(chance))
        };
        all.push(Estate { id: id(chance), area: *area, name, form });
    }
    all
}

fn id(chance: &mut Chance) -> Ulid {
    chance.id(Moment::EVE.milliseconds())
}

fn form(chance: &mut Chance) -> ManagementForm {
    let drawn = Wheel::new(FORMS.iter().map(|(weight, _)| *weight)).spin(chance);
    let found = drawn.and_then(|at| FORMS.get(at)).map(|(_, form)| *form);
    found.unwrap_or(ManagementForm::CommunityTrusteeship)
}
