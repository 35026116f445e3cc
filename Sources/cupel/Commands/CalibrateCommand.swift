internal import ArgumentParser
internal import Config
internal import DataChecks
internal import Reports
internal import Scan
internal import Verdict

/// `cupel calibrate`: how often the statistical checks alarm, and what they see, on data like the user's.
struct CalibrateCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "calibrate", abstract: "Measure false alarms and power of the drift checks on your baseline.",
    discussion: """
      Takes the baseline as the population: draws pairs of samples from it, the second one also after a share of its rows
      has been changed (numbers moved by two standard deviations, categories to the rarest one), and judges each pair as
      the check does. Says for every column how often it alarms without reason, how often it does not pass, how often it
      sees each change, and the least limit that lets 95% of unchanged deliveries pass. The same baseline gives the same
      table.

      EXAMPLES
        cupel calibrate                          every dataset with a drift check
        cupel calibrate flights --rows 500       deliveries of 500 rows
      """)

  @OptionGroup var config: ConfigOptions

  @Option(help: ArgumentHelp("How many rows a delivery has; as many as the baseline otherwise.", valueName: "count"))
  var rows: Int?

  @Option(help: ArgumentHelp("How many pairs of samples are drawn for each rate.", valueName: "count"))
  var repeats = 200

  @Option(help: "How many cores may be busy at once; all of them otherwise. The result is the same.")
  var threads: Int?

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
    let chosen = subjects.filter { $0.drift != nil && (datasets.isEmpty || datasets.contains($0.name)) }
    guard !chosen.isEmpty else {
      Console.say("error: no dataset has a drift check to calibrate", to: .error)
      throw ExitCode(ExitStatus.nothingChecked.rawValue)
    }
    let context = RunContext(
      workingDirectory: invocation.workingDirectory, environment: invocation.environment, now: invocation.startedAt,
      threads: max(1, threads ?? Invocation.coreCount))
    for subject in chosen {
      guard let check = subject.drift else { continue }
      let found = try await ProfileFile.reading { () throws(ScanError) in
        try await subject.calibrate(check, rows: rows, repeats: repeats, in: context)
      }
      let table = CalibrationTable(subject.name, found, repeats: repeats)
      for line in table.lines { Console.say(gate.redaction.redact(line)) }
    }
  }
}
