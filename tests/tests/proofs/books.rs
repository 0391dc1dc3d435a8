//! The books of a system that runs, by the command.

use crate::{linli, place};

#[tokio::test(flavor = "multi_thread")]
async fn the_books_of_a_place_are_exported_in_every_form() {
    let folder = tempfile::tempdir().unwrap();
    let (system, place) = place(&folder).await;
    place.serve(&place.people.chen, "PW-1", 60).await.unwrap();
    let head = place.head().await.unwrap();
    for form in ["beancount", "hledger", "csv", "jsonl"] {
        let out = folder.path().join(form);
        let output = linli()
            .run(&[
                "audit",
                "export",
                "--database-url",
                system.database_url(),
                "--district",
                system.district(),
                "--form",
                form,
                "--out",
                out.to_str().unwrap(),
                "--json",
            ])
            .await
            .unwrap();
        assert!(output.status.success(), "{output:?}");
        let told: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
        assert_eq!(told["records"], head);
        let files = told["files"].as_array().unwrap();
        assert_eq!(files.len(), 2, "{told}");
        assert!(files.iter().all(|file| std::path::Path::new(file.as_str().unwrap()).exists()));
    }
    system.stop().await.unwrap();
}
