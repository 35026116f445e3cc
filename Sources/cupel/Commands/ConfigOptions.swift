internal import ArgumentParser
internal import Config
internal import Language
internal import Reports
internal import Verdict

/// The options of every command that reads a config.
struct ConfigOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp("The config; the nearest cupel.yaml in or above this folder otherwise.", valueName: "path"))
  var config: String?

  @Option(help: "When to use colour: auto, always or never.")
  var color = ColorMode.auto

  /// Loads the config; prints what is wrong with it and ends with exit code 2 when something is.
  func loadGate(_ invocation: Invocation = .current, environment: String? = nil) throws -> Gate {
    var problems = Problems()
    let loaded = Gate.load(config, environment: environment, invocation, &problems)
    if let gate = loaded.gate, problems.isEmpty { return gate }
    throw refused(problems, loaded.redaction, invocation)
  }

  /// Prints what is wrong with a config or rules; the exit code 2.
  func refused(_ problems: Problems, _ redaction: Redaction, _ invocation: Invocation) -> ExitCode {
    let style = color.style(for: .error, invocation)
    let lines = DiagnosticRenderer(width: style.width).lines(
      RunResult(version: Cupel.version, startedAt: 0, diagnostics: problems.byPlace).mapText(redaction.redact)
        .diagnostics)
    Console.write(lines.map { style.paint($0) + "\n" }.joined(), to: .error)
    return ExitCode(ExitStatus.usage.rawValue)
  }
}
