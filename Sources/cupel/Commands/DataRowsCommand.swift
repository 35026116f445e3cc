internal import ArgumentParser
internal import Config
internal import DataChecks
internal import Language
internal import Reports
internal import Scan
internal import Verdict

/// `cupel data rows CHECK-ID`.
struct DataRowsCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rows", abstract: "Write the rows that violate a check, or all others.",
    discussion: """
      Whole rows with all columns in the order of the files: those that the check's finding counts as violating, and
      with --good all others (rows without a value, and those that a condition leaves out, violate nothing). Rows with a
      value that the check or its condition cannot read are on neither side, and counted on the standard error. The exit
      code says whether the rows could be written, not whether there are any.

      CSV is that of RFC 4180 with line feeds; a null is an empty field, an empty text is "". Values keep the text that
      the file has, also those that missing_values names. Columns of a type that is not read are left out, and named on
      the standard error. Values of columns that the rules call sensitive are written as "hidden".

      EXAMPLES
        cupel data rows data.flights.distance.between
        cupel data rows data.flights.flight_id.unique -o quarantine.csv
        cupel data rows data.flights.distance.between --good --format jsonl > good.jsonl
        cupel data rows data.flights.distance.between flights.csv.gz --rules rules/flights.yaml
      """)

  @OptionGroup var config: ConfigOptions

  @Argument(help: "The identity of a check of a dataset, as findings and `cupel list` show it.")
  var check: String

  @Argument(help: "The table, when --rules and no config says the check; - is standard input.")
  var table: String?

  @Option(help: ArgumentHelp("The file with the rules of the table.", valueName: "path"))
  var rules: String?

  @OptionGroup var dialect: DialectOptions

  @Option(help: ArgumentHelp("Where the gate runs, one of the config's environments.", valueName: "name"))
  var env: String?

  @Option(
    help: ArgumentHelp("As of when the rows are judged: 2026-01-31T12:00:00Z; now otherwise.", valueName: "timestamp"))
  var now: FixedTime?

  @Flag(help: "Write the rows that do not violate the check.")
  var good = false

  @Option(
    name: [.long, .customShort("o")],
    help: ArgumentHelp("Write to this file, which appears when it is complete.", valueName: "file"))
  var output: String?

  @Option(help: "How the rows are written: csv or jsonl; by the ending of the file otherwise, else csv.")
  var format: RowFormat?

  @Flag(help: "Write the values of sensitive columns, too.")
  var showSensitive = false

  @OptionGroup var scan: ScanOptions

  func validate() throws {
    if (table == nil) != (rules == nil) { throw ValidationError("a table and --rules belong together") }
    if rules == nil, let option = dialect.words.split(separator: " ").first {
      throw ValidationError("\(option) is for a table with --rules")
    }
    if format == nil, let output, let ending = Self.otherFormats.first(where: output.lowercased().hasSuffix) {
      throw ValidationError(
        "rows are written as CSV or JSON Lines, and \(output) ends in \(ending); say --format csv or jsonl if that is meant"
      )
    }
  }

  func run() async throws {
    let invocation = Invocation.current
    let (subjects, inputs) = try loaded(invocation)
    try inputs.spare(self.output.map { [$0] } ?? [])
    let (subject, planned) = try found(subjects)
    let output = try opened()
    let wanted = RowsRequest(
      of: planned.id, violating: !good, as: format ?? formatOfOutput, showsSensitive: showSensitive)
    let context = RunContext(
      workingDirectory: invocation.workingDirectory, environment: invocation.environment,
      now: now?.seconds ?? invocation.startedAt,
      threads: scan.threadCount, memory: scan.memory)
    let work = Task { () async -> Result<RowExport.Outcome?, ScanError> in
      do throws(ScanError) {
        return .success(try await subject.writeRows(wanted, to: output, in: context))
      } catch {
        return .failure(error)
      }
    }
    Signals.shared.onFirst { work.cancel() }
    switch await work.value {
    case .success(let outcome?): try conclude(outcome, output, planned.id)
    case .success(nil): throw ValidationError(notJudgedByRow(planned))
    case .failure(let error): throw status(of: error, output)
    }
  }

  // MARK: - The check

  private func notJudgedByRow(_ planned: PlannedCheck) -> String {
    let command =
      if let table, let rules {
        "data check \(ShellWord(table)) --rules \(ShellWord(rules))\(dialect.words)\(RunSession.words(now: now))"
      } else {
        "run" + RunSession.words(config: config.config, environment: env, now: now)
      }
    return """
      \(planned.id) is not judged row by row: \(planned.kind) says something of all rows together, which no row \
      violates by itself, so there are none to write. `cupel \(command) --only \(ShellWord(planned.id.description))` \
      shows what it found, and `cupel explain \(planned.kind)` what to look at
      """
  }

  /// The subjects of the config, or the table on the command line, and what is read for them.
  private func loaded(_ invocation: Invocation) throws -> (subjects: [any Subject], inputs: InputFiles) {
    guard let table, let rules else {
      let gate = try config.loadGate(invocation, environment: env)
      return (gate.subjects, gate.inputs(in: invocation.workingDirectory))
    }
    var problems = Problems()
    var loader = DatasetLoader(configPath: invocation.workingDirectory + "/", configName: "", invocation)
    let subject = loader.subject(of: table, rules: rules, dialect, invocation, &problems)
    if let subject {
      var inputs = InputFiles(subject.source)
      inputs.add([rules])
      return ([subject], inputs)
    }
    throw config.refused(problems, Redaction(secrets: loader.secrets), invocation)
  }

  private func found(_ subjects: [any Subject]) throws -> (DatasetSubject, PlannedCheck) {
    for subject in subjects {
      guard let planned = subject.checks.first(where: { $0.id.description == check }) else { continue }
      if let dataset = subject as? DatasetSubject { return (dataset, planned) }
      throw ValidationError("\(check) is no check of a dataset: there are no rows to write")
    }
    let identities = subjects.filter { $0.suite == .data }.flatMap(\.checks).map(\.id.description)
    let near = nearest(check, among: identities).map { "Did you mean \($0)?" } ?? "`cupel list` shows them all."
    throw ValidationError("there is no check \(check). \(near)")
  }

  // MARK: - The output

  private var formatOfOutput: RowFormat {
    output.map { $0.hasSuffix(".jsonl") || $0.hasSuffix(".ndjson") } == true ? .jsonl : .csv
  }

  /// Endings of names that promise something else.
  private static let otherFormats = [
    ".parquet", ".arrow", ".feather", ".json", ".tsv", ".xlsx", ".gz", ".zst", ".bz2", ".zip",
  ]

  private func opened() throws -> RowsOutput {
    do {
      return try RowsOutput(to: output)
    } catch {
      throw notWritten(error)
    }
  }

  private func notWritten(_ error: ReportError) -> ExitCode {
    Console.say("error: \(error)", to: .error)
    return ExitCode(ExitStatus.reportNotWritten.rawValue)
  }

  private func conclude(_ outcome: RowExport.Outcome, _ rows: RowsOutput, _ id: CheckID) throws {
    Console.noteUnread(outcome.unread)
    for column in outcome.hidden {
      Console.say("note: \(column) is sensitive, and its values are hidden; --show-sensitive writes them", to: .error)
    }
    if outcome.undecided > 0 {
      let rows = Quantity(Double(outcome.undecided), .rows)
      Console.say(
        "note: left out on both sides: \(rows) with values that \(id) cannot read; its finding says more", to: .error)
    }
    if outcome.defects.areSome {
      let readable = CheckID(suite: id.suite, subject: id.subject, check: ReadableCheck.kind)
      Console.say("note: not everything in the files is a row of the table: see \(readable)", to: .error)
    }
    if let late = outcome.late.columns.first {
      throw ProfileFile.fail(
        "the rows lack the column \"\(late.name)\", which first occurs late in the stream", "save it to a file first")
    }
    do throws(ReportError) {
      try rows.finish()
    } catch {
      throw notWritten(error)
    }
    guard let output else { return }
    let (written, all) = (Quantity.grouped(outcome.written), Quantity(Double(outcome.rows), .rows))
    Console.say("\(output): \(written) of \(all) \(good ? "do not violate" : "violate") \(id)")
  }

  /// How the command ends when the rows could not be written.
  private func status(of error: ScanError, _ output: RowsOutput) -> ExitCode {
    switch output.end {
    case .readerWentAway: return .success
    case .failed(let error): return notWritten(error)
    case nil: break
    }
    switch Signals.shared.interruption {
    case .interrupt: return ExitCode(ExitStatus.interrupted.rawValue)
    case .terminate: return ExitCode(ExitStatus.terminated.rawValue)
    case nil: return ProfileFile.fail(error.message, error.hint)
    }
  }
}

extension RowFormat: ExpressibleByArgument {}
