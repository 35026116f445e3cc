internal import Config
internal import Glibc
internal import Reports
internal import Scan
internal import Verdict

/// A wrong command line. The reports that it asks for say so, in place of those of an earlier run.
struct UsageError {
  var message: String

  /// Writes every report that can be made out in the arguments.
  func report(_ arguments: [String]) {
    let result = RunResult(
      version: Cupel.version, startedAt: Invocation.current.startedAt, diagnostics: [Diagnostic(message)])
    // What stands on the command line beside, and the config, may be what the report would replace.
    let inputs = Self.inputs(in: arguments)
    for target in Self.targets(in: arguments) where !inputs.include(target.path) && Self.mayBeReport(target.path) {
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

  /// Whether nothing is lost with a file: it is not there, is empty, or begins as a report does.
  private static func mayBeReport(_ path: String) -> Bool {
    var status = stat()
    guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG, status.st_size > 0 else { return true }
    guard var source: any ByteSource = try? FileSource(path: path, displayedAs: path),
      let first = try? PeekedSource.peek(4096, of: &source)
    else { return false }
    let text = String(decoding: first, as: UTF8.self)
    return text.lowercased().contains("cupel") || text.contains("(exit ")
  }

  private static func inputs(in arguments: [String]) -> InputFiles {
    let values = arguments.dropFirst().map { argument in
      argument.hasPrefix("--") ? argument.split(separator: "=", maxSplits: 1).last.map(String.init) ?? "" : argument
    }
    let config = ConfigDiscovery.find(from: Invocation.current.workingDirectory).map { [$0.path] } ?? []
    return InputFiles(values + config)
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
