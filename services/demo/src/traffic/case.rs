//! Mediation cases: between whom, of which kind, and how they end.

use std::collections::HashSet;

use linli_api::mediation::{DisputeKind, MediatingBody, MediationTier};
use ulid::Ulid;

use super::Contribution;
use crate::chance::Chance;
use crate::population::{Officer, Place, Resident, Volunteer};

/// How many in a thousand cases end unsettled, documented all the same.
const UNSETTLED_PER_MILLE: u64 = 60;

/// How many pairs are drawn before a case is given up.
const PAIRS_TRIED: usize = 200;

const KINDS: [DisputeKind; 9] = [
    DisputeKind::Noise,
    DisputeKind::Water,
    DisputeKind::Parking,
    DisputeKind::Animals,
    DisputeKind::Property,
    DisputeKind::CommonSpace,
    DisputeKind::Family,
    DisputeKind::Money,
    DisputeKind::Other,
];

/// Somebody at a table whose job it is: sent by a body, or an officer.
#[derive(Clone, Debug)]
pub(crate) struct Beside {
    /// The id of the place at the table.
    pub(crate) id: Ulid,
    pub(crate) body: MediatingBody,
    pub(crate) officer: Option<Ulid>,
}

/// A case with one volunteer at its table, and others beside where it is hard; entered when it has ended.
#[derive(Clone, Debug)]
pub(crate) struct Case {
    pub(crate) id: Ulid,
    /// What the mediator did; its id is that of the place at the table.
    pub(crate) claim: Contribution,
    /// Who else sits at the table.
    pub(crate) beside: Vec<Beside>,
    /// Who sees to it: the grid's own.
    pub(crate) officer: Officer,
    pub(crate) parties: [Ulid; 2],
    pub(crate) kind: DisputeKind,
    pub(crate) tier: MediationTier,
    pub(crate) unsettled: bool,
}

/// The tier that the act of this code is of, if it is an act of mediation.
pub(super) fn tier(act: &str) -> Option<MediationTier> {
    Some(match act {
        "ME-0" => MediationTier::Oral,
        "ME-1" => MediationTier::Simple,
        "ME-2" => MediationTier::Difficult,
        "ME-3" => MediationTier::Major,
        _ => return None,
    })
}

/// Cases in the making. No two are between the same households: a dispute pays once.
#[derive(Debug)]
pub(super) struct Cases {
    chance: Chance,
    /// Draws the places of those whose job it is, beside all other draws.
    tables: Chance,
    seen: HashSet<[Ulid; 2]>,
}

impl Cases {
    pub(super) fn new(seed: u64) -> Self {
        let (chance, tables) = (Chance::named(seed, "cases"), Chance::named(seed, "tables"));
        Self { chance, tables, seen: HashSet::new() }
    }

    /// The case in which this was done; none if the act is no mediation, or nobody could be found to
    /// quarrel.
    pub(super) fn draw(
        &mut self,
        place: &Place,
        mediator: &Volunteer,
        claim: &Contribution,
    ) -> Option<Case> {
        let tier = tier(claim.act)?;
        let grid = place.grids.iter().find(|grid| grid.area == claim.grid)?;
        let parties = self.quarrel(place, mediator)?;
        let id = self.chance.id(claim.start.milliseconds());
        let kind = *self.chance.pick(&KINDS)?;
        Some(Case {
            id,
            claim: claim.clone(),
            beside: self.beside(place, tier, kind, claim),
            officer: grid.full_time,
            parties,
            kind,
            tier,
            unsettled: self.chance.hit(UNSETTLED_PER_MILLE),
        })
    }

    /// At the table (说理) of a difficult case sits a party member of the community's office and somebody of the
    /// body that knows of such disputes; at that of a major one the police and a lawyer always.
    fn beside(
        &mut self,
        place: &Place,
        tier: MediationTier,
        kind: DisputeKind,
        claim: &Contribution,
    ) -> Vec<Beside> {
        use MediatingBody::{LegalAid, Party, Police, Property};
        let knows = match kind {
            DisputeKind::Property | DisputeKind::CommonSpace | DisputeKind::Parking => Property,
            DisputeKind::Money | DisputeKind::Family => LegalAid,
            DisputeKind::Noise | DisputeKind::Water | DisputeKind::Animals | DisputeKind::Other => {
                Police
            }
        };
        let bodies = match tier {
            MediationTier::Oral | MediationTier::Simple => return Vec::new(),
            MediationTier::Difficult => vec![Party, knows],
            MediationTier::Major if knows == Property => vec![Party, Police, LegalAid, Property],
            MediationTier::Major => vec![Party, Police, LegalAid],
        };
        // Neither the first, who vouches for what was done there, nor the second, who may take it back.
        let member = place.community_officers.last().map(|officer| officer.id);
        let mut seat = |body| Beside {
            id: self.tables.id(claim.start.milliseconds()),
            body,
            officer: member.filter(|_| body == Party),
        };
        bodies.into_iter().map(&mut seat).collect()
    }

    /// Two of two households, with neither the mediator nor anybody who vouches in either.
    fn quarrel(&mut self, place: &Place, mediator: &Volunteer) -> Option<[Ulid; 2]> {
        for _ in 0..PAIRS_TRIED {
            let pair = [self.party(place, mediator)?, self.party(place, mediator)?];
            let mut homes = pair.each_ref().map(|party| party.household);
            homes.sort_unstable();
            let [one, other] = homes;
            if one != other && self.seen.insert(homes) {
                return Some(pair.map(|party| party.id));
            }
        }
        None
    }

    fn party<'a>(&mut self, place: &'a Place, mediator: &Volunteer) -> Option<&'a Resident> {
        let vouches = |household: Ulid| {
            let part_time = place.grids.iter().flat_map(|grid| &grid.part_time);
            part_time.filter_map(|officer| officer.resident).any(|(_, home)| home == household)
        };
        for _ in 0..PAIRS_TRIED {
            let party = self.chance.pick(&place.residents)?;
            if party.household != mediator.resident.household && !vouches(party.household) {
                return Some(party);
            }
        }
        None
    }
}
