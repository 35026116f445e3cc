internal import Config
internal import Language
internal import Reports
internal import Verdict

/// What every command that ends in a verdict does around its own work: time it, report it, print it.
struct RunSession {
  var invocation = Invocation.current
  let options: ReportOptions
  let color: ColorMode

  /// Lets `work` fill the result when the config has no problems, then writes the reports and prints the verdict.
  ///
  /// - Parameter lenient: the verdicts after which the command goes on, so that they are no end of it.
  func conclude(
    problems: Problems, config: String?, redaction: Redaction, goesOnAfter lenient: Set<ExitStatus> = [],
    _ work: (inout RunResult) async -> Void
  ) async -> ExitStatus {
    let clock = ContinuousClock()
    let start = clock.now
    var result = RunResult(version: Cupel.version, config: config, startedAt: now)
    result.failsOnWarnings = options.failOn == .warn
    result.diagnostics = problems.byPlace
    if problems.isEmpty { await work(&result) }
    result.duration = clock.now - start
    result = presentable(result, redaction)
    write(&result)
    return show(result, isLast: !lenient.contains(result.exitStatus))
  }

  /// The result without secrets, and with `--now` as if time had stood still.
  func presentable(_ result: RunResult, _ redaction: Redaction) -> RunResult {
    (options.now == nil ? result : Self.timeless(result)).mapText(redaction.redact)
  }

  /// Writes the reports of a run that had nothing to check, and says so: those of an earlier run must not stand for it.
  func concludeNothing(_ message: String, project: String, config: String, redaction: Redaction) -> ExitStatus {
    let id = CheckID(suite: .data, subject: "files", check: "selection")
    let finding = Finding(id: id, kind: "selection", outcome: .skipped, reason: .requested, message: message)
    var result = RunResult(
      project: project, version: Cupel.version, config: config, startedAt: now, findings: [finding]
    ).mapText(redaction.redact)
    Console.say(redaction.redact(message))
    write(&result)
    for failure in result.reportFailures { Console.say("error: \(failure)", to: .error) }
    return result.exitStatus
  }

  /// Writes the reports; what cannot be written is noted in the result.
  func write(_ result: inout RunResult) {
    result.reportFailures += options.report.compactMap { [result] in write($0, result) }
  }

  /// When the run happens: `--now`, or the clock.
  var now: Int64 { options.now?.seconds ?? invocation.startedAt }

  /// The result of a run in which time stood still.
  private static func timeless(_ result: RunResult) -> RunResult {
    var result = result
    result.duration = .zero
    for index in result.findings.indices where result.findings[index].duration != nil {
      result.findings[index].duration = .zero
    }
    return result
  }

  /// A runner for the checks that `--only` names.
  func runner(only: [String], timeout: Double?) -> Runner {
    let isWatched = TerminalStyle.showsProgress(
      errorIsTerminal: Console.isTerminal(.error), environment: invocation.environment)
    let shows = isWatched && !options.quiet
    let context = RunContext(
      workingDirectory: invocation.workingDirectory, environment: invocation.environment, now: now,
      threads: options.scan.threadCount, memory: options.scan.memory,
      progress: { if shows { Console.write("\($0)…\n", to: .error) } })
    return Runner(selection: Selection(only), context: context, timeout: timeout)
  }

  /// The options that name a config, an environment and a time on a command line.
  static func words(config: String? = nil, environment: String? = nil, now: FixedTime? = nil) -> String {
    [("--config", config), ("--env", environment), ("--now", now?.words)].map { name, value in
      value.map { " \(name) \(ShellWord($0))" } ?? ""
    }.joined()
  }

  /// The finding with the command that repeats it and, where single rows violate, the one that writes them all.
  ///
  /// - Parameter table: the table on the command line of the latter; nil when that command reads another part of it.
  func reproducible(_ finding: Finding, by command: String, rowsOf table: String?) -> Finding {
    var finding = finding
    let id = ShellWord(finding.id.description)
    if finding.reproduce == nil { finding.reproduce = "\(command) --only \(id)" }
    if let table, finding.judgesRows, finding.evidence.counts?.violating ?? 0 > 0 {
      finding.quarantine = "cupel data rows \(id)\(table)"
    }
    return finding
  }

  /// Prints the verdict.
  @discardableResult func show(_ result: RunResult, isLast: Bool = true) -> ExitStatus {
    let style = color.style(for: .output, invocation, verbosity: options.verbosity)
    do {
      Console.write(try TerminalReport(style: style, isLast: isLast).render(result))
      return result.exitStatus
    } catch {
      Console.write("\(error)\n", to: .error)
      return .internalError
    }
  }

  /// Writes one report; returns what went wrong.
  private func write(_ target: ReportTarget, _ result: RunResult) -> String? {
    do throws(ReportError) {
      try ReportFile.write(target.format.report, of: result, to: target.path)
      return nil
    } catch {
      return "\(error)"
    }
  }
}

/// A word as a POSIX shell reads it back.
struct ShellWord: CustomStringConvertible {
  let description: String

  init(_ word: String) {
    let isPlain = word.unicodeScalars.allSatisfy {
      $0.properties.isAlphabetic || "0123456789._-/+=:@%".unicodeScalars.contains($0)
    }
    let parts = word.split(separator: "'", omittingEmptySubsequences: false)
    description = isPlain && !word.isEmpty ? word : "'" + parts.joined(separator: "'\\''") + "'"
  }
}
