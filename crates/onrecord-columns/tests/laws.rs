//! A record that became columns comes back as it was, whatever of it is there; and every field of
//! the contract has its column.

use std::sync::{Arc, LazyLock};

use arrow_array::cast::AsArray as _;
use arrow_array::{Array as _, ArrayRef, ListArray, RecordBatch, StructArray};
use arrow_schema::{DataType, Field};
use bytes::Bytes;
use onrecord_columns::{ColumnsError, Table, Writer, from_batch, records, rows, to_batch};
use onrecord_model::Record;
use proptest::prelude::*;
use serde_json::{Value, json};

const HARBOUR: &str = include_str!("../../onrecord-ledger/tests/data/harbour-loan.json");
/// A record in which every field has a value, those that may be absent too.
const FULL: &str = include_str!("data/full.json");

/// The paths of all that a record may be without.
static OPTIONAL: LazyLock<Vec<String>> = LazyLock::new(|| {
    let mut paths = Vec::new();
    removable(&serde_json::from_str(FULL).expect("JSON"), "", &mut paths);
    paths
});

fn record(json: &str) -> Record {
    Record::from_json(json).expect("a record")
}

fn file(table: Table, rows: &[Record]) -> Bytes {
    let mut writer = Writer::new(Vec::new(), table).expect("begun");
    for row in rows {
        writer.write(row).expect("written");
    }
    writer.finish().expect("ended").into()
}

/// Every member that a record may be without, as the path to it: nothing in a list but the list,
/// and what the contract lets be absent.
fn removable(value: &Value, path: &str, out: &mut Vec<String>) {
    match value {
        Value::Object(members) => {
            for (name, value) in members {
                let path = format!("{path}/{name}");
                let mut without: Value = serde_json::from_str(FULL).expect("JSON");
                remove(&mut without, &path);
                if serde_json::from_value::<Record>(without).is_ok() {
                    out.push(path.clone());
                }
                removable(value, &path, out);
            }
        }
        Value::Array(items) => {
            for (n, item) in items.iter().enumerate() {
                removable(item, &format!("{path}/{n}"), out);
            }
        }
        _ => {}
    }
}

fn remove(value: &mut Value, path: &str) {
    let (group, name) = path.rsplit_once('/').expect("a path");
    if let Some(Value::Object(members)) = value.pointer_mut(group) {
        members.remove(name);
    }
}

/// Takes the first items of a list away.
fn shorten(value: &mut Value, path: &str, by: usize) {
    let kept = |path: &str| path.starts_with("/report/segments");
    if let Some(Value::Array(items)) = value.pointer_mut(path)
        && !kept(path)
    {
        items.drain(..by.min(items.len()));
    }
}

fn lists(value: &Value, path: &str, out: &mut Vec<String>) {
    match value {
        Value::Object(members) => {
            for (name, value) in members {
                lists(value, &format!("{path}/{name}"), out);
            }
        }
        Value::Array(items) => {
            out.push(path.to_owned());
            for (n, item) in items.iter().enumerate() {
                lists(item, &format!("{path}/{n}"), out);
            }
        }
        _ => {}
    }
}

#[test]
fn records_come_back_as_they_were() {
    let made = [record(FULL), record(HARBOUR), record(FULL)];
    let batch = to_batch(&made).expect("a batch");
    assert_eq!(from_batch(&batch).expect("records"), made);
    assert_eq!(from_batch(&batch.slice(1, 2)).expect("records"), made[1..]);
    assert_eq!(
        from_batch(&to_batch(&[]).expect("a batch")).expect("none"),
        []
    );
    let back: Result<Vec<Record>, _> = records(file(Table::Records, &made))
        .expect("ours")
        .collect();
    assert_eq!(back.expect("records"), made);
}

#[test]
fn whatever_is_absent_stays_absent() {
    let full: Value = serde_json::from_str(FULL).expect("JSON");
    assert!(OPTIONAL.len() > 60, "{OPTIONAL:#?}");
    for path in OPTIONAL.iter() {
        let mut without = full.clone();
        remove(&mut without, path);
        let made = record(&without.to_string());
        let batch = to_batch(std::slice::from_ref(&made)).expect("a batch");
        assert_eq!(from_batch(&batch).expect("records"), [made], "{path}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn any_mixture_comes_back(
        without in prop::collection::vec(any::<prop::sample::Index>(), 0..40),
        shorter in prop::collection::vec((any::<prop::sample::Index>(), 1usize..4), 0..8),
        confidence in 0.0f32..=1.0,
        degrees in -180.0f64..=180.0,
    ) {
        let mut value: Value = serde_json::from_str(FULL).expect("JSON");
        let mut paths = Vec::new();
        lists(&value, "", &mut paths);
        for (path, by) in &shorter {
            shorten(&mut value, path.get::<String>(&paths), *by);
        }
        value["places"] = json!([{
            "start": 0, "end": 0, "quote": "", "lat": degrees, "lon": -degrees, "links": [],
        }]);
        for confident in value["statements"].as_array_mut().into_iter().flatten() {
            confident["confidence"] = json!(confidence);
        }
        for path in &without {
            remove(&mut value, path.get::<String>(&OPTIONAL));
        }
        // What the mixture took away may be what another part needs; then it is no record.
        if let Ok(made) = Record::from_json(&value.to_string()) {
            let both = [record(HARBOUR), made];
            let batch = to_batch(&both).expect("a batch");
            prop_assert_eq!(from_batch(&batch).expect("records"), both);
        }
    }
}

/// Columns without a value in any row.
fn empty(field: &Field, array: &ArrayRef, path: &str, out: &mut Vec<String>) {
    let path = format!("{path}.{}", field.name());
    if array.len() == array.null_count() {
        out.push(path);
        return;
    }
    match field.data_type() {
        DataType::List(item) => empty(item, array.as_list::<i32>().values(), &path, out),
        DataType::Struct(fields) => {
            for (field, column) in fields.iter().zip(array.as_struct().columns()) {
                empty(field, column, &path, out);
            }
        }
        _ => {}
    }
}

#[test]
fn the_full_record_is_full() {
    let batch = to_batch(&[record(FULL)]).expect("a batch");
    let mut out = Vec::new();
    for (field, column) in batch.schema().fields().iter().zip(batch.columns()) {
        empty(field, column, "", &mut out);
    }
    assert_eq!(out, Vec::<String>::new());
}

/// Names of the members of an object of the JSON Schema; the schema of each beside it.
fn compare(schema: &Value, all: &Value, field: &Field, path: &str, out: &mut Vec<String>) {
    if let Some(name) = schema["$ref"].as_str() {
        let found = all
            .pointer(name.trim_start_matches('#'))
            .expect("a definition");
        return compare(found, all, field, path, out);
    }
    for one in schema["anyOf"].as_array().into_iter().flatten() {
        compare(one, all, field, path, out);
    }
    match field.data_type() {
        DataType::List(item) => compare(&schema["items"], all, item, path, out),
        DataType::Struct(fields) => {
            for (name, member) in schema["properties"].as_object().into_iter().flatten() {
                let path = format!("{path}.{name}");
                match fields.iter().find(|f| f.name() == name) {
                    Some(field) => compare(member, all, field, &path, out),
                    None => out.push(path),
                }
            }
        }
        _ => assert!(schema["properties"].is_null(), "{path} has members"),
    }
}

#[test]
fn every_field_of_the_contract_has_a_column() {
    let contract = Record::schema();
    let whole = DataType::Struct(Table::Records.schema().fields().clone());
    let mut out = Vec::new();
    compare(
        &contract,
        &contract,
        &Field::new("", whole, false),
        "",
        &mut out,
    );
    assert_eq!(out, Vec::<String>::new());
}

#[test]
fn days_and_decimals_stand_beside_their_values() {
    let batch = to_batch(&[record(FULL)]).expect("a batch");
    let report = batch
        .column_by_name("report")
        .expect("a report")
        .as_struct();
    let published = report
        .column_by_name("published")
        .expect("a day")
        .as_struct();
    let day = published.column_by_name("day").expect("a column");
    let days = day.as_primitive::<arrow_array::types::Date32Type>();
    // 2031-03-04.
    assert_eq!(days.value(0), 22_342);
    let amounts = batch
        .column_by_name("amounts")
        .expect("amounts")
        .as_list::<i32>();
    let amounts = amounts.values().as_struct();
    let number = amounts.column_by_name("number").expect("a column");
    let numbers = number.as_primitive::<arrow_array::types::Decimal128Type>();
    assert_eq!(numbers.value_as_string(0), "600000000.000000000");
}

/// A batch whose commitments have no column of these names.
fn without(batch: &RecordBatch, names: &[&str]) -> RecordBatch {
    let lists = batch.column_by_name("commitments").expect("a column");
    let lists = lists.as_list::<i32>();
    let rows = lists.values().as_struct();
    let kept = rows.fields().iter().zip(rows.columns());
    let kept = kept.filter(|(field, _)| !names.contains(&field.name().as_str()));
    let (fields, columns): (Vec<_>, Vec<_>) = kept.map(|(f, c)| (f.clone(), c.clone())).unzip();
    let rows = StructArray::new(fields.into(), columns, rows.nulls().cloned());
    let item = Field::new("item", rows.data_type().clone(), false);
    let lists = ListArray::new(
        item.into(),
        lists.offsets().clone(),
        Arc::new(rows),
        lists.nulls().cloned(),
    );
    let mut columns: Vec<(String, ArrayRef)> = Vec::new();
    for (field, column) in batch.schema().fields().iter().zip(batch.columns()) {
        let column = match field.name().as_str() {
            "commitments" => Arc::new(lists.clone()),
            _ => column.clone(),
        };
        columns.push((field.name().clone(), column));
    }
    RecordBatch::try_from_iter(columns).expect("a batch")
}

#[test]
fn a_table_of_an_older_version_is_read() {
    let added = ["cue", "parties"];
    let batch = to_batch(&[record(FULL)]).expect("a batch");
    let mut old: Value = serde_json::from_str(FULL).expect("JSON");
    for name in added {
        remove(&mut old, &format!("/commitments/0/{name}"));
    }
    let old = record(&old.to_string());
    assert_eq!(
        from_batch(&without(&batch, &added)).expect("records"),
        [old]
    );
    let lost = from_batch(&without(&batch, &["by"])).expect_err("a list that must be there");
    assert!(lost.to_string().contains("by"), "{lost}");
}

#[test]
fn another_table_and_a_lie_are_refused() {
    let other = file(Table::Records, &[record(HARBOUR)]);
    let refused = rows::<Value>(other, Table::Entries)
        .err()
        .expect("an error");
    assert_eq!(
        refused.to_string(),
        "the table holds records, not entries of onrecord"
    );
    assert!(matches!(
        rows::<Value>(Bytes::from_static(b"PAR1 no table PAR1"), Table::Entries).err(),
        Some(ColumnsError::Parquet(_))
    ));
    let mut lie: Value = serde_json::from_str(HARBOUR).expect("JSON");
    lie["statements"][0]["cue"]["span"]["quote"] = json!("denied");
    let lie: Record = serde_json::from_value(lie).expect("looks like a record");
    let batch = to_batch(&[lie]).expect("a batch");
    assert!(matches!(from_batch(&batch), Err(ColumnsError::Record(_))));
}

#[test]
fn the_file_says_what_wrote_it() {
    use parquet::file::reader::{FileReader as _, SerializedFileReader};
    let file = SerializedFileReader::new(file(Table::Records, &[record(FULL)])).expect("Parquet");
    let about = file.metadata().file_metadata();
    let by = format!("onrecord version {}", env!("CARGO_PKG_VERSION"));
    assert_eq!(about.created_by(), Some(by.as_str()));
    let said: Vec<_> = about.key_value_metadata().into_iter().flatten().collect();
    let is = |key: &str, value: &str| {
        said.iter()
            .any(|s| s.key == key && s.value.as_deref() == Some(value))
    };
    assert!(is("onrecord.table", "records") && is("onrecord.schema_version", "4"));
}

#[test]
fn a_damaged_file_is_an_error_or_another_record_and_never_a_panic() {
    let whole = file(Table::Records, &[record(FULL), record(HARBOUR)]);
    let read = |bytes: Vec<u8>| {
        std::panic::catch_unwind(|| records(Bytes::from(bytes)).map(Iterator::count))
    };
    let mut panics = Vec::new();
    for at in (0..whole.len()).step_by(whole.len() / 61) {
        for flip in [0x01, 0xff] {
            let mut bytes = whole.to_vec();
            bytes[at] ^= flip;
            if read(bytes).is_err() {
                panics.push((at, flip));
            }
        }
        if read(whole[..at].to_vec()).is_err() {
            panics.push((at, 0));
        }
    }
    assert_eq!(panics, []);
}
