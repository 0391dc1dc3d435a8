//! A second community, for whoever moves or trades.

use linli_api::area::{FoundArea, GridKind, Level};
use linli_api::household::RegisterHousehold;
use linli_api::{Bilingual, Id};

use crate::Place;

impl Place {
    /// Founds a second community of the street, with a household in it: both their ids. Once a place.
    ///
    /// # Errors
    /// It is refused, or nobody answers.
    pub async fn east(&self) -> anyhow::Result<(Id, Id)> {
        let community = self.area(Level::Community, &self.areas.street).await?;
        let grid = self.area(Level::Grid, &community).await?;
        let micro_grid = self.area(Level::MicroGrid, &grid).await?;
        let home = RegisterHousehold { household: None, micro_grid };
        let home = self.operator.register_household("east", &home).await?.body.changed.id;
        Ok((community, home))
    }

    /// Founds one more area, of that community's name, in another.
    ///
    /// # Errors
    /// It is refused, or nobody answers.
    pub async fn area(&self, level: Level, parent: &Id) -> anyhow::Result<Id> {
        let area = FoundArea {
            area: None,
            level,
            grid_kind: (level == Level::Grid).then_some(GridKind::Comprehensive),
            parent: Some(parent.clone()),
            name: Bilingual::new("东苑", "East"),
        };
        Ok(self.operator.found_area(&self.key("east"), &area).await?.body.changed.id)
    }
}
