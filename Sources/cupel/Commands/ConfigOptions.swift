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
  func loadGate(_ invocation: Invocation = .current) throws -> Gate {
    var problems = Problems()
    let loaded = Gate.load(config, invocation, &problems)
    if let gate = loaded.gate, problems.isEmpty { return gate }
    let style = color.style(for: .error, invocation)
    let lines = DiagnosticRenderer(width: style.width).lines(
      RunResult(version: Cupel.version, startedAt: 0, diagnostics: problems.byPlace).mapText(loaded.redaction.redact)
        .diagnostics)
    Console.write(lines.map { style.paint($0) + "\n" }.joined(), to: .error)
    throw ExitCode(ExitStatus.usage.rawValue)
  }
}
