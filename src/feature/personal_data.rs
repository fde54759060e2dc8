//! What is known of people: the columns that hold their ids, and where what they said stands. `tests/it/wiring.rs` checks it
//! against the schema.

use super::Feature;

/// What is done with a row when somebody wants their data erased.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Erasure {
    /// The whole row goes: it is theirs alone.
    DeleteRow,
    /// The row is others' too, and says the same without them: the column becomes null.
    BlankColumn,
    /// The row is others' too, and somebody must stand there: an id that is nobody's takes the place of theirs.
    KeepTombstone,
}

/// A column that holds members' ids.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PersonalColumn {
    /// Its table.
    pub table: &'static str,
    /// Its name.
    pub column: &'static str,
    /// What erasing somebody does there.
    pub erasure: Erasure,
}

/// Which part of a value is personal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// All of it, be it a text, JSON or a file.
    WholeValue,
    /// What this SQL/JSON path finds in it, such as `$[*][1]`.
    JsonPath(&'static str),
}

/// Where something stands that people said, or that tells of them without being an id in a column of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PersonalContent {
    /// Its table.
    pub table: &'static str,
    /// The column.
    pub column: &'static str,
    /// Which part of the column's value.
    pub part: Part,
}

/// All that is declared of people.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PersonalData {
    /// Columns that hold members' ids.
    pub columns: Vec<PersonalColumn>,
    /// Where their words stand.
    pub contents: Vec<PersonalContent>,
}

impl PersonalData {
    /// The same with a column that holds members' ids.
    #[must_use]
    pub fn id(mut self, table: &'static str, column: &'static str, erasure: Erasure) -> PersonalData {
        self.columns.push(PersonalColumn { table, column, erasure });
        self
    }

    /// The same with a place where somebody's words stand.
    #[must_use]
    pub fn content(mut self, table: &'static str, column: &'static str, part: Part) -> PersonalData {
        self.contents.push(PersonalContent { table, column, part });
        self
    }
}

impl Feature {
    /// Declares a column that holds members' ids, and what erasing somebody does there.
    #[must_use]
    pub fn personal_data(mut self, table: &'static str, column: &'static str, erasure: Erasure) -> Feature {
        self.personal_data = self.personal_data.id(table, column, erasure);
        self
    }

    /// Declares where something stands that people said, also inside JSON and files.
    #[must_use]
    pub fn personal_content(mut self, table: &'static str, column: &'static str, part: Part) -> Feature {
        self.personal_data = self.personal_data.content(table, column, part);
        self
    }
}
