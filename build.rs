//! Makes Rust of `locales/`: the files, embedded, and a struct a message, so that a message that is not there or is given
//! other arguments than it takes does not compile.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

use fluent_syntax::ast::Resource;
use fluent_syntax::parser;

#[path = "src/words/variables.rs"]
mod variables;

/// The language that says everything, by which the others are measured.
const FIRST: &str = "en";

/// Messages that are found by the path of a command, not by name.
const BY_PATH: &str = "command-";

#[allow(clippy::disallowed_methods)] // Cargo tells a build script where it is by the environment.
fn main() {
    println!("cargo::rerun-if-changed=locales");
    println!("cargo::rerun-if-changed=src/words/variables.rs");
    let root = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").expect("cargo says where it is")).join("locales");
    let mut languages: BTreeMap<String, Vec<PathBuf>> = BTreeMap::new();
    for folder in entries(&root) {
        let files = entries(&folder).into_iter().filter(|file| file.extension().is_some_and(|it| it == "ftl"));
        languages.insert(name(&folder), files.collect());
    }
    let first = languages.remove(FIRST).expect("locales/en is there");
    let texts: Vec<String> = first.iter().map(|file| fs::read_to_string(file).expect("a file of words")).collect();
    let mut generated = String::from("pub(super) static LOCALES: &[(&str, &[(&str, &str)])] = &[\n");
    let mut names = String::new();
    for (language, files) in [(FIRST.to_owned(), first.clone())].into_iter().chain(languages) {
        let _ = write!(names, "({language:?}, Msg::verbatim({:?})), ", own_name(&root.join(&language)));
        let _ = writeln!(generated, "({language:?}, &[");
        for file in files {
            let _ = writeln!(generated, "({:?}, include_str!({:?})),", name(&file), file.display().to_string());
        }
        let _ = writeln!(generated, "]),");
    }
    generated.push_str("];\n");
    let _ = writeln!(generated, "/// The languages, as they are stored and as each calls itself.");
    let _ = writeln!(generated, "pub const LANGUAGES: &[(&str, Msg)] = &[{names}];");

    let resources: Vec<Resource<&str>> = texts
        .iter()
        .zip(&first)
        .map(|(text, file)| match parser::parse(text.as_str()) {
            Ok(resource) => resource,
            Err((_, errors)) => panic!("{}: {}", file.display(), errors[0]),
        })
        .collect();
    let mut patterns = variables::Patterns::new();
    for (resource, file) in resources.iter().zip(&first) {
        let twice = variables::collect(resource, &mut patterns);
        assert!(twice.is_empty(), "{}: said before: {twice:?}", file.display());
    }
    for (id, pattern) in &patterns {
        let (variables, missing) = variables::variables(pattern, &patterns);
        assert!(missing.is_empty(), "{id} names what nobody says: {missing:?}");
        if !id.starts_with('-') && !id.starts_with(BY_PATH) {
            message(&mut generated, id, &variables);
        }
    }
    let out = PathBuf::from(env::var_os("OUT_DIR").expect("cargo says where to write")).join("messages.rs");
    fs::write(&out, generated).expect("the build folder can be written");
}

/// Writes the struct of a message.
fn message(generated: &mut String, id: &str, variables: &BTreeSet<&str>) {
    let rust = id.replace(['-', '.'], "_");
    let fields: String = variables.iter().map(|it| format!("pub {}: Value, ", it.replace('-', "_"))).collect();
    let given: String = variables.iter().map(|it| format!("({it:?}, it.{}), ", it.replace('-', "_"))).collect();
    let _ = writeln!(generated, "#[allow(missing_docs)] pub struct {rust} {{ {fields} }}");
    let unused = if variables.is_empty() { "_it" } else { "it" };
    let _ = writeln!(
        generated,
        "impl From<{rust}> for Said {{ fn from({unused}: {rust}) -> Said {{ Said::of({id:?}, vec![{given}]) }} }}"
    );
    if variables.is_empty() {
        let _ = writeln!(generated, "#[allow(missing_docs)] impl {rust} {{ pub const MSG: Msg = Msg::of({id:?}); }}");
    }
}

/// What a language calls itself.
fn own_name(folder: &Path) -> String {
    let text = fs::read_to_string(folder.join("words.ftl")).unwrap_or_default();
    let line = text.lines().find_map(|line| line.strip_prefix("words-language-name ="));
    line.unwrap_or_else(|| panic!("{}/words.ftl: words-language-name is missing", folder.display())).trim().to_owned()
}

fn entries(folder: &Path) -> Vec<PathBuf> {
    let mut entries: Vec<PathBuf> =
        fs::read_dir(folder).expect("a folder of words").map(|entry| entry.expect("an entry").path()).collect();
    entries.sort();
    entries
}

fn name(path: &Path) -> String {
    path.file_stem().expect("it has a name").to_string_lossy().into_owned()
}
