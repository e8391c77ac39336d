//! The command `errbook`.

mod arguments;
mod check;
mod decode;
mod explain;
mod generate;
mod init;
#[cfg(feature = "mock")]
mod mock;
mod new;
mod output;

use std::process::ExitCode;

use arguments::{Arguments, Command};
use clap::Parser;
use errbook_codegen::config::Mistakes;

/// Why a command did not do what was asked.
enum Failure {
    /// The catalog or the tree falls short; what is wrong was told already.
    Told,
    /// The same, to be told now.
    Because(String),
    /// The configuration falls short.
    Misconfigured(Mistakes),
}

impl From<Mistakes> for Failure {
    fn from(mistakes: Mistakes) -> Self {
        Failure::Misconfigured(mistakes)
    }
}

fn main() -> ExitCode {
    let result = match Arguments::parse().command {
        Command::Check(arguments) => check::run(&arguments),
        Command::Generate(arguments) => generate::run(&arguments),
        Command::Decode(arguments) => decode::run(&arguments),
        Command::Explain(arguments) => explain::run(&arguments),
        Command::Init(arguments) => init::run(&arguments),
        #[cfg(feature = "mock")]
        Command::Mock(arguments) => mock::run(&arguments),
        Command::New(arguments) => new::run(&arguments),
        Command::Schema => output::json(&errbook_codegen::model::format::schema()),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            match failure {
                Failure::Told => {}
                Failure::Because(why) => output::error(&why),
                Failure::Misconfigured(mistakes) => output::diagnostics(&mistakes.into()),
            }
            ExitCode::FAILURE
        }
    }
}
