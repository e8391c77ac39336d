//! A running `errbook mock`.

use std::io::{BufRead, BufReader};
use std::process::{Child, ChildStdout, Command, Stdio};

/// A running `errbook mock`. It is stopped when it goes out of scope.
#[derive(Debug)]
pub struct Mock {
    /// `http://` and the address.
    pub url: String,
    child: Child,
    /// What it prints after its address.
    printed: BufReader<ChildStdout>,
}

impl Mock {
    /// Serves catalogs of this workspace: `arguments` are those of `errbook mock`. A free port is picked.
    ///
    /// # Panics
    ///
    /// Where it does not start.
    pub fn start(arguments: &[&str]) -> Self {
        let mut command = crate::errbook();
        command.current_dir(crate::workspace()).arg("mock").args(arguments).args(["--listen", "127.0.0.1:0"]);
        Self::run(command)
    }

    /// Runs a command that serves, and waits until it does.
    ///
    /// # Panics
    ///
    /// Where it does not start.
    pub fn run(mut command: Command) -> Self {
        let mut child = command.stdin(Stdio::null()).stdout(Stdio::piped()).spawn().expect("the command runs");
        let mut printed = BufReader::new(child.stdout.take().expect("standard output is piped"));
        let mut line = String::new();
        printed.read_line(&mut line).expect("a line is printed");
        let url = line.trim_end().to_owned();
        assert!(url.starts_with("http://"), "{url:?}");
        Self { url, child, printed }
    }

    /// Where it listens.
    ///
    /// # Panics
    ///
    /// Never: the URL was checked.
    pub fn address(&self) -> &str {
        self.url.strip_prefix("http://").expect("the URL was checked")
    }

    /// The next line that it prints.
    ///
    /// # Panics
    ///
    /// Where there is none.
    pub fn line(&mut self) -> String {
        let mut line = String::new();
        self.printed.read_line(&mut line).expect("a line is printed");
        line
    }

    /// The first line on standard error, where that is piped.
    ///
    /// # Panics
    ///
    /// Where there is none.
    pub fn complaint(&mut self) -> String {
        let mut line = String::new();
        let error = self.child.stderr.as_mut().expect("standard error is piped");
        BufReader::new(error).read_line(&mut line).expect("a line is printed");
        line
    }

    /// Sends a signal, such as `TERM`, and waits for the end.
    ///
    /// # Panics
    ///
    /// Where the signal cannot be sent.
    #[cfg(unix)]
    pub fn stop(mut self, signal: &str) -> std::process::ExitStatus {
        let kill = Command::new("kill").args(["-s", signal, &self.child.id().to_string()]).status();
        assert!(kill.expect("kill runs").success());
        self.child.wait().expect("it ends")
    }
}

impl Drop for Mock {
    fn drop(&mut self) {
        // It can have ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
