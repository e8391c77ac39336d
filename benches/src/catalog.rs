//! A catalog of as many errors as one asks for.

use std::fmt::Write;

use crate::words::{OPERATIONS, PARTS, PROBLEMS, Problem, SUBJECTS};

/// How many errors a catalog can have.
pub const MOST: usize = SUBJECTS.len() * PARTS.len() * OPERATIONS.len() * PROBLEMS.len();

/// A prime that shares no factor with [`MOST`]: multiples of it meet every combination of words once, neighbours unlike each other.
const STRIDE: usize = 7_919;

const HEAD: &str = "\
errbook: 1
api:
  id: big
  title: Big
  version: 0.1.0
  sources:
    errors: { url: \"https://big.example/docs/errors\", read: 2026-11-20 }
    limits: { url: \"https://big.example/docs/limits\", read: 2026-11-20 }

responses:
  - code: /error/code
    message: /error/message
    request_id: [header:x-request-id, /error/request_id]

retry:
  backoff: { initial: 1s, factor: 2, max: 30s }
  repeat: { idempotency_key: Idempotency-Key }

statuses:
  4xx: { title: Client error, retry: never }
  429: { title: Too Many Requests, action: wait, retry: { after: header:retry-after, else: backoff } }
  5xx: { title: Server error, action: retry, retry: backoff }

groups:
  access: Keys and access
  billing: Credits and plans
  limits: Limits
  requests: Requests
  server: Server

errors:
";

/// A catalog, `big.yaml`, of `count` errors: about 550 bytes each, some with fields, notes and examples, as in catalogs of real APIs. The same for the
/// same count, and the beginning of every longer one.
///
/// # Panics
///
/// If `count` is more than [`MOST`].
pub fn catalog(count: usize) -> String {
    assert!(count <= MOST, "{count} errors are more than {MOST}");
    let mut out = String::from(HEAD);
    for index in 0..count {
        Entry::at(index).write(&mut out, index);
    }
    out
}

/// The code of the error at `index`.
///
/// # Panics
///
/// If it is not below [`MOST`].
pub fn code(index: usize) -> String {
    assert!(index < MOST, "there is no error {index}");
    Entry::at(index).code()
}

/// A response that is the error at `index`: its status and its body, of about 233 bytes.
///
/// # Panics
///
/// If it is not below [`MOST`].
pub fn response(index: usize) -> (u16, String) {
    assert!(index < MOST, "there is no error {index}");
    let entry = Entry::at(index);
    let body = format!(
        "{{\"error\":{{\"code\":\"{}\",\"message\":\"{}\",\"request_id\":\"req_7f3b2a91c04\",\
         \"details\":{{\"{subject}_id\":\"{subject}_00{index:05}\",\"limit\":40}},\
         \"documentation\":\"https://big.example/docs/errors\"}}}}",
        entry.code(),
        entry.fill(entry.problem.message),
        subject = entry.subject,
    );
    (entry.problem.status.parse().unwrap_or(400), body)
}

struct Entry {
    operation: &'static str,
    subject: &'static str,
    part: &'static str,
    problem: &'static Problem,
}

impl Entry {
    fn at(index: usize) -> Self {
        let mut number = index * STRIDE % MOST;
        let mut digit = |base: usize| {
            let digit = number % base;
            number /= base;
            digit
        };
        Self {
            subject: SUBJECTS[digit(SUBJECTS.len())],
            operation: OPERATIONS[digit(OPERATIONS.len())],
            part: PARTS[digit(PARTS.len())],
            problem: &PROBLEMS[digit(PROBLEMS.len())],
        }
    }

    fn write(&self, out: &mut String, index: usize) {
        let Problem { status, group, action, retry, when, fix, message, .. } = *self.problem;
        let code = self.code();
        let _ = writeln!(out, "  - code: {code}");
        let mut line = |key: &str, text: &str| {
            let _ = writeln!(out, "    {key}: {}", self.fill(text));
        };
        line("status", status);
        line("group", group);
        line("when", when);
        line("fix", fix);
        line("message", message);
        line("action", action);
        line("retry", retry);
        if index.is_multiple_of(3) {
            line(
                "note",
                "Since version 3 of the API this holds for each {part} alone, where it held for the whole {subject} before.",
            );
        }
        if index % 7 == 2 {
            line("source", "[errors, limits]");
        }
        let has_fields = index % 8 == 3;
        if has_fields {
            self.fields(out);
        }
        if index % 10 == 7 {
            self.example(out, &code, has_fields);
        }
        out.push('\n');
    }

    fn code(&self) -> String {
        let Self { operation, subject, part, problem } = self;
        format!("{operation}_{subject}_{part}_{}", problem.name).to_uppercase().replace(' ', "_")
    }

    /// A text with this entry's words.
    fn fill(&self, text: &str) -> String {
        text.replace("{operation}", self.operation).replace("{subject}", self.subject).replace("{part}", self.part)
    }

    fn fields(&self, out: &mut String) {
        let (subject, part) = (self.subject, self.part);
        let _ = writeln!(
            out,
            "    fields:\n      \
             {subject}_id: {{ in: /error/details/{subject}_id, type: string, about: The {subject} that was meant. }}\n      \
             {part}_limit: {{ in: [/error/details/limit, header:x-{part}-limit], type: integer, about: How much of the {part} is allowed. }}"
        );
    }

    fn example(&self, out: &mut String, code: &str, has_fields: bool) {
        let (status, message) = (self.problem.status, self.fill(self.problem.message));
        let subject = self.subject;
        let details = if has_fields {
            format!(",\n              \"details\": {{ \"{subject}_id\": \"{subject}_1\", \"limit\": 40 }}")
        } else {
            String::new()
        };
        let _ = writeln!(
            out,
            "    examples:\n      - status: {status}\n        body: |\n          {{\n            \"error\": {{\n              \
             \"code\": \"{code}\",\n              \"message\": \"{message}\",\n              \
             \"request_id\": \"req_7f3b2a\"{details}\n            }}\n          }}"
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn passes_the_check() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("big.yaml");
        std::fs::write(&path, catalog(2_000)).unwrap();
        let loaded = errbook_codegen::project::load(folder.path(), &[&path]);
        let shown = errbook_codegen::diagnostic::human(
            &loaded.diagnostics,
            &loaded.files,
            errbook_codegen::diagnostic::Style::Plain,
        );
        assert_eq!(loaded.catalogs.expect(&shown)[0].errors.len(), 2_000);
        assert_eq!(shown, "");
    }

    #[test]
    fn has_the_stated_size_at_every_count() {
        for count in [100, 1_000, 50_000] {
            let size = (catalog(count).len() - HEAD.len()) / count;
            assert!((530..=570).contains(&size), "{size} bytes an error at {count}");
        }
    }

    #[test]
    fn responses_have_the_stated_size() {
        let size = (0..1_000).map(|index| response(index).1.len()).sum::<usize>() / 1_000;
        assert_eq!(size, 233);
    }

    #[test]
    fn no_two_errors_have_the_same_code() {
        let codes: std::collections::HashSet<String> = (0..MOST).map(|index| Entry::at(index).code()).collect();
        assert_eq!(codes.len(), MOST);
    }
}
