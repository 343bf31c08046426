//! The table of both verdicts, as it stands in `docs/agreement.md`.

use std::fmt;
use std::path::Path;

/// Both verdicts on all cases.
#[derive(Debug)]
pub(super) struct Table {
    /// Name and version of the browser that was asked.
    pub(super) browser: String,
    pub(super) rows: Vec<Row>,
}

/// Both verdicts on one case; `None` where the chain is accepted.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Row {
    pub(super) case: String,
    pub(super) problems: String,
    pub(super) probe: Option<String>,
    pub(super) chromium: Option<String>,
}

impl Table {
    pub(super) fn read(file: &Path) -> Self {
        let text = std::fs::read_to_string(file).unwrap_or_default();
        let browser = text.lines().find_map(|line| line.strip_prefix("Asked: ")).unwrap_or_default();
        let rows = text.lines().filter(|line| line.starts_with("| ")).skip(1).filter(|line| !line.starts_with("| ---"));
        let code = |cell: &str| Some(cell.trim_matches('`').to_owned()).filter(|code| code != "accepted");
        let row = |line: &str| {
            let cells: Vec<&str> = line.trim_matches('|').split('|').map(str::trim).collect();
            let [case, problems, probe, chromium, _] = cells[..] else { panic!("no row of the table: {line}") };
            Row { case: case.to_owned(), problems: problems.to_owned(), probe: code(probe), chromium: code(chromium) }
        };
        Self { browser: browser.trim_end_matches('.').to_owned(), rows: rows.map(row).collect() }
    }

    /// Takes Chromium's verdicts out of an older table.
    pub(super) fn take_chromium_from(&mut self, older: &Self) {
        for row in &mut self.rows {
            let known = older.rows.iter().find(|known| known.case == row.case);
            row.chromium = known.and_then(|known| known.chromium.clone());
        }
    }

    pub(super) fn agreeing(&self) -> usize {
        self.rows.iter().filter(|row| row.agrees()).count()
    }

    pub(super) fn percent(&self) -> usize {
        self.agreeing() * 100 / self.rows.len().max(1)
    }
}

impl Row {
    fn agrees(&self) -> bool {
        self.probe == self.chromium
    }
}

impl fmt::Display for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (all, agree) = (self.rows.len(), self.agreeing());
        let refusal = self.rows.iter().filter(|row| row.probe.is_some() == row.chromium.is_some()).count();
        let percent = |part: usize| format!("{:.1} %", part as f64 * 100.0 / all.max(1) as f64);
        writeln!(f, "# Agreement with browsers\n")?;
        writeln!(
            f,
            "Certificates and chains that a test makes, each served with real TLS to the probe of the portal's server and \
             to a real Chromium. Both trust the same authorities. The probe names what any browser would hold against a \
             chain; beside that stands the code that Chromium would show by its account, and the one that Chromium did \
             show. `cargo xtask faults` asks the browser again and writes this table; `cargo test` holds the probe to \
             it.\n"
        )?;
        writeln!(f, "Asked: {}.\n", self.browser)?;
        writeln!(
            f,
            "Of {all} chains, {agree} agree in the code ({}) and {refusal} in whether they are refused ({}).\n",
            percent(agree),
            percent(refusal)
        )?;
        writeln!(f, "| chain | the probe names | so Chromium would show | Chromium shows | agree |")?;
        writeln!(f, "| --- | --- | --- | --- | --- |")?;
        for row in &self.rows {
            let code = |code: &Option<String>| code.as_ref().map_or("accepted".to_owned(), |code| format!("`{code}`"));
            let agrees = if row.agrees() { "yes" } else { "**no**" };
            writeln!(
                f,
                "| {} | {} | {} | {} | {agrees} |",
                row.case,
                row.problems,
                code(&row.probe),
                code(&row.chromium)
            )?;
        }
        Ok(())
    }
}
