internal import ArgumentParser
internal import Baselines
internal import Config
internal import DataChecks
internal import Reports
internal import Scan
internal import Verdict

/// `cupel calibrate`: how often the statistical checks alarm, and what they see, on data like the user's.
struct CalibrateCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "calibrate", abstract: "Measure false alarms and power of the statistical checks on your data.",
    discussion: """
      Takes the baseline as the population: draws pairs of samples from it, the second one also after a share of its rows
      has been changed (numbers moved by two standard deviations, categories to the rarest one), and judges each pair as
      the check does. Says for every column how often it alarms without reason, how often it does not pass, how often it
      sees each change (a quarter of the pairs is drawn for that), and the least limit that lets 95% of unchanged
      deliveries pass. Checks that compare rows (changes of correlations, of which the values of rows are shuffled, or sorted where nothing is correlated; drift of several
      columns together, and of vectors) are evaluated as they are, with a tenth of the pairs, on samples of at most 2,000
      of the baseline's first rows. An anomaly is judged after series that are made of pieces of its own history. What
      is not measured stands under "left out" with the reason; nothing measured at all is exit code 4. The same data give
      the same tables. A report holds them too: as tables in Markdown, as a case for each row in JUnit and JSON.

      EXAMPLES
        cupel calibrate                          every dataset with a statistical check
        cupel calibrate flights --rows 500       deliveries of 500 rows
        cupel calibrate -r markdown=power.md     the tables in a file
      """)

  @OptionGroup var config: ConfigOptions

  @Option(help: ArgumentHelp("How many rows a delivery has; as many as the baseline otherwise.", valueName: "count"))
  var rows: Int?

  @Option(help: ArgumentHelp("How many pairs of samples are drawn for the rate of false alarms.", valueName: "count"))
  var repeats = 200

  @Option(help: "How many cores may be busy at once; all of them otherwise. The result is the same.")
  var threads: Int?

  @Option(
    name: [.long, .customShort("r")],
    help: ArgumentHelp("Write a report: \(ReportTarget.formats). Repeatable.", valueName: "format=path"),
    transform: ReportTarget.init(argument:))
  var report: [ReportTarget] = []

  @Option(
    help: ArgumentHelp(
      "Calibrate as if it were this time: 2026-01-31T12:00:00Z. Equal data give equal bytes.", valueName: "timestamp"))
  var now: FixedTime?

  @Argument(help: "Only these datasets.")
  var datasets: [String] = []

  func validate() throws {
    if let rows, !(1...1_000_000_000).contains(rows) { throw ValidationError("--rows is 1 to 1000000000") }
    guard (20...100_000).contains(repeats) else { throw ValidationError("--repeats is 20 to 100000") }
  }

  func run() async throws {
    let invocation = Invocation.current
    let gate = try config.loadGate(invocation)
    let subjects = gate.subjects.compactMap { $0 as? DatasetSubject }
    for name in datasets where !subjects.contains(where: { $0.name == name }) {
      throw ValidationError("the config names no dataset \"\(name)\"")
    }
    let chosen = subjects.filter { datasets.isEmpty || datasets.contains($0.name) }
    guard chosen.contains(where: { $0.drift != nil || $0.comparesRows || $0.isWatched }) else {
      Console.say("error: no dataset has a drift check or an anomaly to calibrate", to: .error)
      throw ExitCode(ExitStatus.nothingChecked.rawValue)
    }
    let now = now?.seconds ?? invocation.startedAt
    let context = RunContext(
      workingDirectory: invocation.workingDirectory, environment: invocation.environment, now: now,
      threads: max(1, threads ?? Invocation.coreCount))
    var tables: [CalibrationTable] = []
    for subject in chosen {
      let found = try await ProfileFile.reading { () throws(ScanError) in
        var found: [DriftCalibration] = []
        if let check = subject.drift {
          found = try await subject.calibrate(check, rows: rows, repeats: repeats, in: context)
        }
        return found + (try await subject.calibrateOthers(rows: rows, repeats: repeats, in: context))
      }
      if !found.isEmpty { tables.append(CalibrationTable(subject.name, found, repeats: repeats)) }
      guard subject.isWatched else { continue }
      let anomalies = subject.calibrateAnomalies(
        after: try history(of: gate, subject), before: now, repeats: repeats)
      tables.append(CalibrationTable(subject.name, anomalies, repeats: repeats))
    }
    for (index, table) in tables.enumerated() {
      if index > 0 { Console.say("") }
      for line in table.lines { Console.say(gate.redaction.redact(line)) }
    }
    let result = RunResult(
      project: gate.project, version: Cupel.version, config: gate.configName, startedAt: now,
      findings: tables.flatMap(\.findings)
    ).mapText(gate.redaction.redact)
    let failures = report.compactMap { target -> String? in
      do throws(ReportError) {
        let report = CalibrationReport(tables: tables, format: target.format, redaction: gate.redaction)
        try ReportFile.write(report, of: result, to: target.path)
        return nil
      } catch {
        return "\(error)"
      }
    }
    for failure in failures { Console.say("error: \(failure)", to: .error) }
    guard tables.contains(where: { $0.measured > 0 }) else {
      Console.say("error: nothing could be calibrated; the reasons stand under \"left out\"", to: .error)
      throw ExitCode(ExitStatus.nothingChecked.rawValue)
    }
    if !failures.isEmpty { throw ExitCode(ExitStatus.reportNotWritten.rawValue) }
  }

  /// What the accepted runs of a dataset measured.
  private func history(of gate: Gate, _ subject: DatasetSubject) throws -> MetricHistory {
    guard let place = gate.history else { return MetricHistory() }
    do throws(HistoryError) {
      guard let store = try HistoryStore.openExisting(at: place.path) else { return MetricHistory() }
      let runs = try store.runs(project: gate.project, subject: subject.scope)
      return MetricHistory(runs.filter { place.branch == nil || $0.branch == place.branch })
    } catch {
      throw ProfileFile.fail(error.message(for: place.name), error.advice)
    }
  }
}
