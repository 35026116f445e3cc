internal import ArgumentParser
internal import Config
internal import EndpointChecks
internal import Language
internal import Reports
internal import Verdict

/// `cupel endpoint …`: one running endpoint, without a config.
struct EndpointCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "endpoint", abstract: "Check a running endpoint, record what it predicts, or put it under load.",
    subcommands: [Check.self, EndpointRecordCommand.self, EndpointLoadCommand.self])

  /// `cupel endpoint check URL --protocol P`.
  struct Check: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "check", abstract: "Ask a running endpoint whether it keeps its contract.",
      discussion: """
        Without rows, some are made up from what the model or the rules declare. Secrets are named, not written: an
        option takes the name of the environment variable that holds one, and no output shows it.

        EXAMPLES
          cupel endpoint check http://127.0.0.1:8080 --protocol open-inference-v2 --model delay --rows golden.csv
          cupel endpoint check http://127.0.0.1:5000 --protocol mlflow --rules rules/flights.yaml
          cupel endpoint check https://models.example.com --protocol kserve-v1 --model delay --bearer-env TOKEN
        """)

    @OptionGroup var reports: ReportOptions

    @Argument(help: "Where the endpoint is: http://127.0.0.1:8080.")
    var url: String

    @Option(
      name: .customLong("protocol"),
      help: ArgumentHelp(
        "What it speaks: \(EndpointSubject.protocolNames.joined(separator: ", ")).", valueName: "name"))
    var protocolName: String

    @Option(help: "The model's name in the protocol.")
    var model: String?

    @Option(
      name: .customLong("model-version"), help: ArgumentHelp("The version that must be served.", valueName: "version"))
    var modelVersion: String?

    @Option(
      help: ArgumentHelp(
        "The rules of the features, or an MLmodel file: what the inputs must be.", valueName: "path"))
    var rules: String?

    @Option(help: ArgumentHelp("A file of rows to ask about.", valueName: "file"))
    var rows: String?

    @OptionGroup(title: "Credentials") var credentials: CredentialOptions

    @Option(help: "When to use colour: auto, always or never.")
    var color = ColorMode.auto

    @Option(help: ArgumentHelp("End the run after this time: 90s, 10m.", valueName: "duration"))
    var timeout: TimeLimit?

    @Option(help: "Only checks whose identity begins like this; * stands for anything. Repeatable.")
    var only: [String] = []

    func run() async throws {
      let session = RunSession(options: reports, color: color)
      let credentials = try credentials.credentials(session.invocation)
      var problems = Problems()
      let parts = SuiteParts(configDirectory: session.invocation.workingDirectory, session.invocation)
      let subject = EndpointSubject.unconfigured(
        EndpointSubject.CommandLine(
          url: url, protocolName: protocolName, model: model, version: modelVersion, rules: rules, rows: rows,
          credentials: credentials),
        parts.folders, &problems)
      if problems.isEmpty { StrayPatterns(of: only, among: subject?.checks.map(\.id) ?? []).report(&problems) }
      let redaction = Redaction(secrets: credentials.secrets)
      let status = await session.conclude(problems: problems, config: nil, redaction: redaction) { result in
        guard let subject else { return }
        result.selection = only
        let outcome = await session.runner(only: only, timeout: timeout?.seconds).run([subject])
        result.findings = outcome.findings.skippingOnlyWhatAnotherAnswersFor()
        result.interruption = outcome.interruption
      }
      throw ExitCode(status.rawValue)
    }
  }
}
