use linli_api::key::KeyKind;

use super::*;

#[allow(clippy::too_many_lines, reason = "every figure has its line")]
fn summary() -> Summary {
    let hundred = || Amount::from("100.00");
    Summary {
        residents: 10_537,
        households: 3_396,
        grids: 13,
        micro_grids: 253,
        contributions: 57_528,
        contributions_by_category: BTreeMap::from([
            (Category::Study, 6_001),
            (Category::Patrol, 28_080),
        ]),
        activities: 15_900,
        seats_served: 31_200,
        seats_forgotten: 1_050,
        seats_missed: 110,
        awards: 55_716,
        notices: 1_204,
        objections: 172,
        objections_upheld: 9,
        appeals: 5,
        appeals_upheld: 2,
        rejections: 1_184,
        holds: 9,
        hazards_verified: 1_597,
        hazards_linked: 348,
        hazards_dismissed: 318,
        inspections: 3_400,
        reversals: 345,
        redemptions: 2_390,
        redemptions_voided: 130,
        redemptions_missed: 0,
        bookings: 815,
        bookings_waited: 42,
        bookings_used: 700,
        bookings_called_off: 80,
        bookings_missed: 33,
        vouchers: 158,
        vouchers_used: 139,
        returns: 107,
        points_returned: "950.00".into(),
        stock_counts: 140,
        pieces_missing: 9,
        statements: 96,
        statement_disputes: 4,
        yuan_paid: "70110.25".into(),
        points_funded: Amount::from("115000.00"),
        points_issued: hundred(),
        points_redeemed: Amount::from("72.00"),
        points_short: Amount::from("14.00"),
        points_outstanding: Amount::from("28.00"),
        points_lapsed: Amount::from("0.00"),
        pools: vec![PoolStanding {
            code: "street".to_owned(),
            funded: hundred(),
            left: Amount::from("7.00"),
        }],
        award_lists: vec![QuarterList {
            quarter: "2025-Q1".to_owned(),
            awards: 14_000,
            reversed: 80,
            points: Amount::from("25000.00"),
        }],
        top_ten: vec![Placing {
            rank: 1,
            resident: linli_api::Id::from("01JD9Z3K8V6Q2M4T7W5X1Y0ABC"),
            pseudonym: None,
            merit: Amount::from("881.10"),
        }],
        shown: shown(),
        stories: Stories {
            overlap: "overlaps".to_owned(),
            race_for_points: "insufficient-points".to_owned(),
            race_for_stock: "insufficient-stock".to_owned(),
            one_hazard: "first rewarded, two linked".to_owned(),
            whistle: "before the district".to_owned(),
            moved: "both boards right".to_owned(),
            erased: "account closed, proofs stand".to_owned(),
            off_line: "14.00 short, under an office's name".to_owned(),
            queue: "one passed over, two served in order".to_owned(),
            draft: "×2 leaves 3676.40 in the pool, ×4 overruns it by 924.00 since 2025-12-05"
                .to_owned(),
        },
        records: 190_000,
        root: Hash::from("00"),
        audit: None,
        seconds: 61.25,
        throughput: 4_321,
        urls: Urls {
            api: "http://127.0.0.1:8080".to_owned(),
            docs: "http://127.0.0.1:8080/docs".to_owned(),
            station: "http://127.0.0.1:8080/station".to_owned(),
            finance: "http://127.0.0.1:8080/finance".to_owned(),
            audit: "http://127.0.0.1:8080/audit".to_owned(),
            metrics: "http://127.0.0.1:8080/metrics".to_owned(),
        },
        visitor: Some(Visitor { card: Card::from("4H7K2M9Z"), available: Amount::from("28.00") }),
        keys: vec![DemoKey {
            kind: KeyKind::Station,
            name: "Dingshan station 1".to_owned(),
            secret: "secret".to_owned(),
        }],
    }
}

fn shown() -> Shown {
    Shown {
        aids: Aids { asks: 1_070, offers: 530, wishes: 300, wishes_fulfilled: 300 },
        orders: Orders { dispatched: 95, handed_up: 64, whistles_in_time: 1 },
        tables: Tables {
            several_bodies: 40,
            police: 20,
            legal_aid: 14,
            property: 12,
            party: 40,
            mediated_again: 1,
        },
        saved_time: SavedTime {
            hours_stored: 1_552,
            hours_issued: 1_550,
            hours_above_cap: 36,
            hours_to_kin: 742,
            hours_by_team: 9,
            asks_granted: 2,
            nettings: 2,
            refused: vec!["not-key-elder".to_owned(), "deficit-limit".to_owned()],
        },
        grades: Grades { a: 25_900, b: 21_300, c: 7_300, d: 1_700 },
        taken_back: TakenBack { points_owed: "120.00".into(), points_repaid: "64.50".into() },
        slots_off: SlotsOff { slots: 4, bookings_ended: 4, waits_ended: 1 },
        second_rules: SecondRules {
            version: 2,
            changes: vec!["act.EN-2.difficulty: none → true".to_owned()],
            points_of_first: "81000.00".into(),
            points_of_second: "80950.50".into(),
            points_short: "0.00".into(),
            found_hard: 96,
        },
        honours: Honours {
            certificates: 5,
            certificates_valid: 4,
            certificates_revoked: 1,
            badges: 4,
            reports_answered: 1,
            pseudonym: "Quiet Heron".to_owned(),
            households_ranked: 50,
            teams_ranked: 13,
            estates_ranked: 9,
        },
    }
}

#[test]
fn the_summary_is_golden_for_people() {
    let mut summary = summary();
    insta::assert_snapshot!("people_before_the_audit", summary);
    summary.audited(true, 0, 500_000, "ff".to_owned());
    insta::assert_snapshot!("people", summary);
}

#[test]
fn the_summary_is_golden_as_json() {
    let mut summary = summary();
    summary.audited(false, 3, 500_000, "ff".to_owned());
    let json = serde_json::to_string_pretty(&summary).unwrap();
    insta::assert_snapshot!("json", json);
    assert!(!json.contains("secret"), "no key in a file");
    let read: Summary = serde_json::from_str(&json).unwrap();
    assert_eq!(serde_json::to_string_pretty(&read).unwrap(), json);
}

#[test]
fn throughput_is_that_of_the_year() {
    let mut summary = summary();
    summary.time(Duration::from_secs(90), Duration::from_millis(500), 2_000);
    assert_eq!((summary.throughput, summary.seconds), (4_000, 90.0));
}
