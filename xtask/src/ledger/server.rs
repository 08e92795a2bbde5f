//! A Postgres server of one's own, to measure with.
//!
//! It lies in a folder, is reached by a socket in it, and is stopped when it is dropped. Filed
//! means on disk here too: `fsync` and `synchronous_commit` are as they come.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context as _, Result, ensure};

/// What whoever keeps a large database sets first: memory to work in, and room for the log.
const SETTINGS: &str = "-c listen_addresses='' -c shared_buffers=2GB -c max_wal_size=8GB \
    -c checkpoint_timeout=15min -c wal_compression=lz4 -c maintenance_work_mem=512MB";

/// A server that runs.
pub(super) struct Server {
    programs: PathBuf,
    folder: PathBuf,
}

impl Server {
    /// Starts a server in a folder; makes the database there when there is none.
    pub(super) fn start(folder: &Path) -> Result<Self> {
        let found = (15..30)
            .rev()
            .map(|v| format!("/usr/lib/postgresql/{v}/bin"));
        let mut found = found
            .map(PathBuf::from)
            .filter(|p| p.join("initdb").exists());
        let programs = found.next().context("no Postgres 15 server is installed")?;
        std::fs::create_dir_all(folder)?;
        let folder = folder.canonicalize()?;
        let server = Self { programs, folder };
        if !server.data().exists() {
            if root()? {
                run(Command::new("chown").arg("postgres").arg(&server.folder))?;
            }
            let mut make = server.program("initdb")?;
            run(make
                .args(["-U", "postgres", "-A", "trust", "-D"])
                .arg(server.data()))?;
        }
        let options = format!("{SETTINGS} -k {}", server.folder.display());
        let mut start = server.program("pg_ctl")?;
        start.arg("-D").arg(server.data()).arg("-l");
        start.arg(server.folder.join("log"));
        run(start.args(["-w", "-o", &options, "start"]))?;
        Ok(server)
    }

    /// Where a ledger is reached.
    pub(super) fn url(&self) -> String {
        let folder = self.folder.display();
        format!("postgres://postgres@localhost/postgres?host={folder}")
    }

    /// Where its tables and indexes lie, but not its log.
    pub(super) fn tables(&self) -> PathBuf {
        self.data().join("base")
    }

    fn data(&self) -> PathBuf {
        self.folder.join("data")
    }

    /// A program of the server, which refuses to run as root.
    fn program(&self, name: &str) -> Result<Command> {
        let program = self.programs.join(name);
        if !root()? {
            return Ok(Command::new(program));
        }
        let mut command = Command::new("runuser");
        command.args(["-u", "postgres", "--"]).arg(program);
        Ok(command)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        if let Ok(mut stop) = self.program("pg_ctl") {
            stop.arg("-D").arg(self.data());
            let _ = run(stop.args(["-m", "fast", "-t", "600", "-w", "stop"]));
        }
    }
}

fn root() -> Result<bool> {
    let id = Command::new("id").arg("-u").output()?;
    Ok(id.stdout.starts_with(b"0\n"))
}

fn run(command: &mut Command) -> Result<()> {
    let status = command
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()?;
    ensure!(status.success(), "{command:?} failed");
    Ok(())
}
