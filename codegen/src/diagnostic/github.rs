//! Diagnostics as annotations of a pull request.

use crate::source::Files;

use super::place::Place;
use super::{Diagnostic, Diagnostics, clean};

/// [Workflow commands](https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands), one a
/// line, by file and place; empty where nothing was found.
pub fn github(diagnostics: &Diagnostics, files: &Files) -> String {
    diagnostics.sorted().into_iter().map(|found| command(found, files)).collect()
}

fn command(found: &Diagnostic, files: &Files) -> String {
    let mut properties = String::new();
    if let Some(span) = found.span {
        let Place { file, line, column, end_line, end_column, .. } = Place::of(span, files);
        properties = format!("file={},line={line},endLine={end_line},", property(file));
        // Columns count within one line only.
        if line == end_line {
            properties += &format!("col={column},endColumn={end_column},");
        }
    }
    let title = property(&format!("errbook ({})", found.rule));
    format!("::{} {properties}title={title}::{}\n", found.severity.as_str(), data(&body(found)))
}

fn body(found: &Diagnostic) -> String {
    let mut body = found.message.clone();
    if !found.label.is_empty() {
        body += &format!(": {}", found.label);
    }
    for help in &found.help {
        body += &format!("\nhelp: {help}");
    }
    body
}

fn data(text: &str) -> String {
    clean::lines(text).replace('%', "%25").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::super::tests::sample;
    use super::*;
    use crate::source::Span;

    #[test]
    fn writes_commands() {
        let (found, files) = sample();
        let text = github(&found, &files);
        let lines: Vec<_> = text.lines().collect();
        assert_eq!(lines.len(), found.len());
        assert_eq!(
            lines[1],
            "::error file=catalog/a.yaml,line=3,endLine=3,col=5,endColumn=10,title=errbook (unknown-key)\
             ::unknown key `staus`: not a key of an error%0Ahelp: did you mean `status`?"
        );
    }

    #[test]
    fn escapes_what_would_end_a_command() {
        let mut files = Files::default();
        let file = files.add("a,b:100%.yaml", "x\ny\n".to_owned());
        let mut found = Diagnostics::default();
        found.push(Diagnostic::warning("r", Span::new(file, 0, 3), "50%\r\n::error::\u{1b}"));
        assert_eq!(
            github(&found, &files),
            "::warning file=a%2Cb%3A100%25.yaml,line=1,endLine=2,title=errbook (r)::50%25%0A::error::␛\n"
        );
    }
}
