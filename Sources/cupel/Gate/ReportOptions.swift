internal import ArgumentParser
internal import Language
internal import Reports
internal import Scan
internal import Verdict

extension ColorMode: ExpressibleByArgument {}
typealias ColorMode = TerminalStyle.ColorMode

extension ColorMode {
  /// The style for a stream of this process.
  func style(for stream: Console.Stream, _ invocation: Invocation, verbosity: TerminalStyle.Verbosity = .normal)
    -> TerminalStyle
  {
    let isTerminal = Console.isTerminal(stream)
    let usesColor = TerminalStyle.usesColor(self, outputIsTerminal: isTerminal, environment: invocation.environment)
    return TerminalStyle(usesColor: usesColor, width: Console.width ?? 100, verbosity: verbosity)
  }
}

/// Where a report goes: `junit=reports/cupel.xml`.
struct ReportTarget: Sendable {
  var format: ReportFormat
  var path: String

  init(argument: String) throws(ValidationError) {
    let parts = argument.split(separator: "=", maxSplits: 1).map(String.init)
    guard let word = parts.first, let format = ReportFormat(rawValue: word) else {
      throw ValidationError("a report is one of \(Self.formats), with its file: junit=cupel.xml")
    }
    guard parts.count == 2 else { throw ValidationError("a report needs its file: \(word)=FILE") }
    // Standard output has the verdict.
    guard parts[1] != "-" else { throw ValidationError("a report goes to a file, not to standard output") }
    self.format = format
    self.path = parts[1]
  }

  static let formats = ReportFormat.allCases.map(\.rawValue).joined(separator: ", ")
}

/// A point in time on the command line.
struct FixedTime: ExpressibleByArgument, Sendable {
  /// Seconds since 1970, UTC.
  var seconds: Int64
  /// As it was written.
  let words: String

  init?(argument: String) {
    guard let micros = Literal.integer(argument, as: .timestamp) else { return nil }
    seconds = micros / 1_000_000
    words = argument
  }
}

/// The options of every command that ends in a verdict.
struct ReportOptions: ParsableArguments {
  @Option(
    name: [.long, .customShort("r")],
    help: ArgumentHelp(
      "Write a report: \(ReportTarget.formats). Repeatable.", valueName: "format=path"),
    transform: ReportTarget.init(argument:))
  var report: [ReportTarget] = []

  @Option(help: "Also fail on findings of severity warn: --fail-on warn.")
  var failOn: FailOn?

  @Option(
    help: ArgumentHelp(
      "Run as if it were this time, and time stood still: 2026-01-31T12:00:00Z. Equal runs give equal bytes.",
      valueName: "timestamp"))
  var now: FixedTime?

  @OptionGroup var scan: ScanOptions

  @Flag(name: [.long, .customShort("q")], help: "Print only what fails, and the verdict.")
  var quiet = false

  @Flag(name: [.long, .customShort("v")], help: "Print every check.")
  var verbose = false

  enum FailOn: String, ExpressibleByArgument, CaseIterable { case warn }

  func validate() throws {
    if quiet, verbose { throw ValidationError("--quiet and --verbose exclude each other") }
    for (index, target) in report.enumerated()
    where report[..<index].contains(where: { FileIdentity(of: $0.path) == FileIdentity(of: target.path) }) {
      throw ValidationError("two reports would be written to \(target.path)")
    }
  }

  var verbosity: TerminalStyle.Verbosity { quiet ? .quiet : verbose ? .verbose : .normal }
}
