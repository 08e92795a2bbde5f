//! Rows into columns and back, for whatever schema is given: a walk over the schema with the
//! values of all rows at once.
//!
//! Rows come as JSON values, because that is what the contract of a record is stated in. (serde_arrow
//! was looked at: it has no way for a clue that is a span or a string, nor for columns that are worked
//! out, so both would need this walk before it.) A value that no column holds is an error, not a loss.

use std::sync::Arc;

use arrow_array::cast::AsArray as _;
use arrow_array::types::{
    Date32Type, Decimal128Type, Float32Type, Float64Type, UInt8Type, UInt32Type,
};
use arrow_array::{
    Array, ArrayRef, BooleanArray, Date32Array, Decimal128Array, Float32Array, Float64Array,
    ListArray, RecordBatch, RecordBatchOptions, StringArray, StructArray, UInt8Array, UInt32Array,
};
use arrow_buffer::{NullBuffer, OffsetBuffer};
use arrow_schema::{DataType, Field, FieldRef, Fields, Schema, SchemaRef};
use jiff::civil::Date;
use jiff::{ToSpan as _, Unit};
use rust_decimal::Decimal;
use serde_json::{Map, Value};

use crate::schema::{DIGITS, SCALE, string_as, worked_out_of};
use crate::{ColumnsError, Result};

/// Day 0 of a column of days.
const EPOCH: Date = jiff::civil::date(1970, 1, 1);

/// A value of each row; none where the row has none.
type Cells<'v> = [Option<&'v Value>];

/// Rows, each an object, as a batch.
pub(crate) fn batch(schema: SchemaRef, rows: &[Value]) -> Result<RecordBatch> {
    let cells: Vec<Option<&Value>> = rows.iter().map(Some).collect();
    let columns = members(schema.fields(), &cells, &NullBuffer::new_valid(rows.len()))?;
    let options = RecordBatchOptions::new().with_row_count(Some(rows.len()));
    Ok(RecordBatch::try_new_with_options(
        schema, columns, &options,
    )?)
}

/// The rows of a batch.
pub(crate) fn values(schema: &Schema, batch: &RecordBatch) -> Result<Vec<Value>> {
    let column = |name: &str| batch.column_by_name(name);
    let rows = objects(schema.fields(), batch.num_rows(), column)?;
    Ok(rows.into_iter().map(Value::Object).collect())
}

/// A column. `within` are the rows that have the group it stands in: only those may lack nothing.
fn array(field: &Field, cells: &Cells, within: &NullBuffer) -> Result<ArrayRef> {
    let wrong = |kind: &str| ColumnsError::column(field.name(), format!("a value is no {kind}"));
    let array: ArrayRef = match field.data_type() {
        DataType::Utf8 => {
            let texts = each(cells, wrong("text"), |v| v.as_str())?;
            let bytes: usize = texts.iter().flatten().map(|t| t.len()).sum();
            if i32::try_from(bytes).is_err() {
                let why = "more than 2 GiB of text in one batch; write fewer rows at a time";
                return Err(ColumnsError::column(field.name(), why));
            }
            Arc::new(StringArray::from(texts))
        }
        DataType::UInt8 => {
            let small = |v: &Value| v.as_u64().and_then(|n| n.try_into().ok());
            Arc::new(UInt8Array::from(each(cells, wrong("small number"), small)?))
        }
        DataType::UInt32 => {
            let number = |v: &Value| v.as_u64().and_then(|n| n.try_into().ok());
            Arc::new(UInt32Array::from(each(cells, wrong("number"), number)?))
        }
        DataType::Float32 => {
            // A confidence was an `f32` before it was JSON, and is the same again.
            let number = |v: &Value| v.as_f64().map(|n| n as f32);
            Arc::new(Float32Array::from(each(cells, wrong("number"), number)?))
        }
        DataType::Float64 => {
            let numbers = each(cells, wrong("number"), Value::as_f64)?;
            Arc::new(Float64Array::from(numbers))
        }
        DataType::Boolean => {
            // What JSON leaves out when it is not so.
            let absent = (!field.is_nullable()).then_some(false);
            let flags = each(cells, wrong("yes or no"), Value::as_bool)?.into_iter();
            let flags: Vec<Option<bool>> = flags.map(|f| f.or(absent)).collect();
            Arc::new(BooleanArray::from(flags))
        }
        DataType::Date32 => {
            let day = |v: &&Value| v.as_str().and_then(day);
            let days = cells.iter().map(|c| c.as_ref().and_then(day));
            Arc::new(Date32Array::from(days.collect::<Vec<_>>()))
        }
        DataType::Decimal128(..) => {
            let number = |v: &&Value| v.as_str().and_then(number);
            let numbers = cells.iter().map(|c| c.as_ref().and_then(number));
            let array = Decimal128Array::from(numbers.collect::<Vec<_>>());
            Arc::new(array.with_precision_and_scale(DIGITS, SCALE)?)
        }
        DataType::List(item) => lists(field, item, cells)?,
        DataType::Struct(fields) => groups(field, fields, cells)?,
        other => return Err(unknown(field, other)),
    };
    let lacking = |row: usize| within.is_valid(row) && array.is_null(row);
    if !field.is_nullable() && (0..array.len()).any(lacking) {
        return Err(ColumnsError::column(field.name(), "a row lacks it"));
    }
    Ok(array)
}

/// What a value is in each row; `wrong` where one is there and is not that.
fn each<'v, T>(
    cells: &Cells<'v>,
    wrong: ColumnsError,
    of: impl Fn(&'v Value) -> Option<T>,
) -> Result<Vec<Option<T>>> {
    let mut out = Vec::with_capacity(cells.len());
    for cell in cells {
        match cell {
            None | Some(Value::Null) => out.push(None),
            Some(value) => match of(value) {
                Some(value) => out.push(Some(value)),
                None => return Err(wrong),
            },
        }
    }
    Ok(out)
}

fn lists(field: &Field, item: &FieldRef, cells: &Cells) -> Result<ArrayRef> {
    let wrong = ColumnsError::column(field.name(), "a value is no list");
    let lists = each(cells, wrong, Value::as_array)?;
    let nulls = field
        .is_nullable()
        .then(|| lists.iter().map(Option::is_some).collect::<NullBuffer>());
    let lengths = lists.iter().map(|l| l.map_or(0, Vec::len));
    let offsets = OffsetBuffer::<i32>::from_lengths(lengths);
    let items: Vec<Option<&Value>> = lists
        .iter()
        .flatten()
        .flat_map(|l| l.iter().map(Some))
        .collect();
    let within = NullBuffer::new_valid(items.len());
    let items = array(item, &items, &within).map_err(|e| e.inside(field.name()))?;
    Ok(Arc::new(ListArray::try_new(
        Arc::clone(item),
        offsets,
        items,
        nulls,
    )?))
}

fn groups(field: &Field, fields: &Fields, cells: &Cells) -> Result<ArrayRef> {
    let there: NullBuffer = cells
        .iter()
        .map(|c| c.is_some_and(|v| !v.is_null()))
        .collect();
    let columns = if let Some(member) = string_as(field) {
        let objects: Vec<Option<Value>> =
            cells.iter().map(|c| c.map(|v| named(v, member))).collect();
        let cells: Vec<Option<&Value>> = objects.iter().map(Option::as_ref).collect();
        members(fields, &cells, &there)
    } else {
        members(fields, cells, &there)
    };
    let columns = columns.map_err(|e| e.inside(field.name()))?;
    let nulls = Some(there).filter(|n| n.null_count() > 0);
    Ok(Arc::new(StructArray::try_new_with_length(
        fields.clone(),
        columns,
        nulls,
        cells.len(),
    )?))
}

/// A bare string as the member it stands for.
fn named(value: &Value, member: &str) -> Value {
    match value {
        Value::String(_) => Value::Object(Map::from_iter([(member.to_owned(), value.clone())])),
        other => other.clone(),
    }
}

/// The columns of the members of objects.
fn members(fields: &Fields, cells: &Cells, within: &NullBuffer) -> Result<Vec<ArrayRef>> {
    let wrong = ColumnsError::column("", "a value is no object");
    let objects = each(cells, wrong, Value::as_object)?;
    let written = |f: &&FieldRef| worked_out_of(f).is_none();
    for name in objects.iter().flatten().flat_map(|o| o.keys()) {
        if !fields.iter().filter(written).any(|f| f.name() == name) {
            return Err(ColumnsError::column(name, "there is no such column"));
        }
    }
    let column = |field: &FieldRef| {
        let name = worked_out_of(field).unwrap_or(field.name());
        let cells: Vec<Option<&Value>> = objects
            .iter()
            .map(|o| o.and_then(|o| o.get(name)))
            .collect();
        array(field, &cells, within)
    };
    fields.iter().map(column).collect()
}

/// The objects whose members are columns.
fn objects<'c>(
    fields: &Fields,
    rows: usize,
    column: impl Fn(&str) -> Option<&'c ArrayRef>,
) -> Result<Vec<Map<String, Value>>> {
    let mut out = vec![Map::new(); rows];
    for field in fields.iter().filter(|f| worked_out_of(f).is_none()) {
        let Some(array) = column(field.name()) else {
            // A list that an older table has no column for is empty; where it may not be left out,
            // the row is refused when it is read.
            if field.is_nullable() || matches!(field.data_type(), DataType::List(_)) {
                continue;
            }
            return Err(ColumnsError::column(field.name(), "the table lacks it"));
        };
        for (object, value) in out.iter_mut().zip(cells(field, array)?) {
            if !value.is_null() {
                object.insert(field.name().clone(), value);
            }
        }
    }
    Ok(out)
}

/// The values of a column; null where a row has none.
fn cells(field: &Field, array: &ArrayRef) -> Result<Vec<Value>> {
    let other = || {
        let why = format!("it is {}, not {}", array.data_type(), field.data_type());
        ColumnsError::column(field.name(), why)
    };
    let values = match field.data_type() {
        DataType::Utf8 => all(array.as_string_opt::<i32>().ok_or_else(other)?),
        DataType::UInt8 => all(array.as_primitive_opt::<UInt8Type>().ok_or_else(other)?),
        DataType::UInt32 => all(array.as_primitive_opt::<UInt32Type>().ok_or_else(other)?),
        DataType::Float32 => all(array.as_primitive_opt::<Float32Type>().ok_or_else(other)?),
        DataType::Float64 => all(array.as_primitive_opt::<Float64Type>().ok_or_else(other)?),
        DataType::Boolean => all(array.as_boolean_opt().ok_or_else(other)?),
        DataType::Date32 => {
            let days = array.as_primitive_opt::<Date32Type>().ok_or_else(other)?;
            all(days.iter().map(|d| d.and_then(date).map(|d| d.to_string())))
        }
        DataType::List(item) => {
            let lists = array.as_list_opt::<i32>().ok_or_else(other)?;
            let mut inner = cells(item, lists.values()).map_err(|e| e.inside(field.name()))?;
            let offsets = lists.value_offsets().windows(2).enumerate();
            let list = |(row, ends): (usize, &[i32])| {
                if lists.is_null(row) {
                    return Value::Null;
                }
                let items = &mut inner[ends[0] as usize..ends[1] as usize];
                items.iter_mut().map(Value::take).collect()
            };
            offsets.map(list).collect()
        }
        DataType::Struct(fields) => {
            let groups = array.as_struct_opt().ok_or_else(other)?;
            let inner = objects(fields, groups.len(), |name| groups.column_by_name(name));
            let inner = inner.map_err(|e| e.inside(field.name()))?.into_iter();
            let group = |(row, object): (usize, Map<String, Value>)| {
                if groups.is_null(row) {
                    return Value::Null;
                }
                bare(field, object)
            };
            inner.enumerate().map(group).collect()
        }
        DataType::Decimal128(..) => {
            let numbers = array
                .as_primitive_opt::<Decimal128Type>()
                .ok_or_else(other)?;
            let figures = |n: i128| {
                let number = Decimal::try_from_i128_with_scale(n, SCALE.unsigned_abs().into());
                number.ok().map(|n| n.normalize().to_string())
            };
            all(numbers.iter().map(|n| n.and_then(figures)))
        }
        kind => return Err(unknown(field, kind)),
    };
    Ok(values)
}

fn all<T: Into<Value>>(values: impl IntoIterator<Item = Option<T>>) -> Vec<Value> {
    let value = |v: Option<T>| v.map_or(Value::Null, Into::into);
    values.into_iter().map(value).collect()
}

/// An object, or the bare string that one of its members stands for.
fn bare(field: &Field, mut object: Map<String, Value>) -> Value {
    let string = string_as(field).and_then(|member| object.remove(member));
    string.unwrap_or(Value::Object(object))
}

fn unknown(field: &Field, kind: &DataType) -> ColumnsError {
    ColumnsError::column(field.name(), format!("{kind} is not used here"))
}

/// Days since 1970 of a value that is a day, or a time of one.
fn day(value: &str) -> Option<i32> {
    let (day, rest) = value.split_at_checked(10)?;
    if !(rest.is_empty() || rest.starts_with('T') && rest.contains(':')) {
        return None;
    }
    let day: Date = day.parse().ok()?;
    let since = EPOCH.until((Unit::Day, day)).ok()?;
    Some(since.get_days())
}

fn date(days: i32) -> Option<Date> {
    EPOCH.checked_add(i64::from(days).days()).ok()
}

/// The digits of a decimal, [`SCALE`] of them after the point; none where it has more.
fn number(value: &str) -> Option<i128> {
    let value = Decimal::from_str_exact(value).ok()?.normalize();
    let more = u32::from(SCALE.unsigned_abs()).checked_sub(value.scale())?;
    value.mantissa().checked_mul(10_i128.pow(more))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_a_day_and_nothing_else() {
        assert_eq!(day("1970-01-02"), Some(1));
        assert_eq!(day("1969-12-31T23:00:00Z"), Some(-1));
        assert_eq!(
            date(22_000).map(|d| d.to_string()).as_deref(),
            Some("2030-03-27")
        );
        assert_eq!(day("2030-03-27"), Some(22_000));
        for other in [
            "2030",
            "2030-03",
            "2030-W13",
            "2030-03-27TEV",
            "2030-03-27/2030-03-29",
            "2030-02-30",
            "",
            "éééééé",
        ] {
            assert_eq!(day(other), None, "{other}");
        }
    }

    #[test]
    fn a_number_fits_or_is_left_out() {
        assert_eq!(number("12.5"), Some(12_500_000_000));
        assert_eq!(number("-0.000000001"), Some(-1));
        assert_eq!(number("5.10000000000000"), Some(5_100_000_000));
        for other in ["0.0000000001", "many", "", "1e3"] {
            assert_eq!(number(other), None, "{other}");
        }
    }

    #[test]
    fn what_no_column_holds_is_an_error() {
        let schema = crate::Table::Versions.schema();
        let said = |row: Value| batch(schema.clone(), &[row]).unwrap_err().to_string();
        let row = serde_json::json!({"older": "a", "newer": "b", "why": "c"});
        assert_eq!(said(row), "column `why`: there is no such column");
        let row = serde_json::json!({"older": "a"});
        assert_eq!(said(row), "column `newer`: a row lacks it");
        let row = serde_json::json!({"older": "a", "newer": 7});
        assert_eq!(said(row), "column `newer`: a value is no text");
    }
}
