internal import Reports
internal import Verdict

/// A wrong command line. The reports that it asks for say so, in place of those of an earlier run.
struct UsageError {
  var message: String

  /// Writes every report that can be made out in the arguments.
  func report(_ arguments: [String]) {
    let result = RunResult(
      version: Cupel.version, startedAt: Invocation.current.startedAt, diagnostics: [Diagnostic(message)])
    for target in Self.targets(in: arguments) {
      do throws(ReportError) {
        try ReportFile.write(target.format.report, of: result, to: target.path)
      } catch {
        Console.say("\(error)", to: .error)
      }
    }
  }

  /// The values of `--report` and `-r`, as far as they are valid.
  private static func targets(in arguments: [String]) -> [ReportTarget] {
    var targets: [ReportTarget] = []
    for (index, argument) in arguments.enumerated() {
      if argument.hasPrefix("--report=") {
        targets += (try? ReportTarget(argument: String(argument.dropFirst(9)))).map { [$0] } ?? []
      } else if argument == "--report" || argument == "-r", index + 1 < arguments.count {
        targets += (try? ReportTarget(argument: arguments[index + 1])).map { [$0] } ?? []
      }
    }
    return targets
  }

  /// What ArgumentParser says of the command line, where Cupel knows better what was meant.
  static func advised(_ message: String) -> String {
    for format in ReportFormat.allCases {
      let unknown = "Unknown option '--\(format.rawValue)'"
      guard message.contains(unknown) else { continue }
      let lines = message.split(separator: "\n", omittingEmptySubsequences: false).map { line in
        line.contains(unknown)
          ? "Error: \(unknown). A report is written by --report \(format.rawValue)=FILE." : line[...]
      }
      return lines.joined(separator: "\n")
    }
    return message
  }
}
