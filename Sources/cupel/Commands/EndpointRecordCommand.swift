internal import ArgumentParser
internal import Config
internal import EndpointChecks
internal import Language
internal import Reports
internal import Verdict

/// `cupel endpoint record NAME -o FILE`, or a URL in the place of the name.
struct EndpointRecordCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "record", abstract: "Write golden rows: what an endpoint that you trust predicts.",
    discussion: """
      Starts the endpoint of the config when it says how, asks it about the rows, and writes the rows with a column for each
      output. The file is what `golden: {rows: FILE, expect: {OUTPUT: OUTPUT}}` compares with. An endpoint of no
      config is named by its URL, with the options of `cupel endpoint check`.

      EXAMPLES
        cupel endpoint record delay-api --rows data/sample.csv -o data/golden.csv
        cupel endpoint record http://127.0.0.1:5000 --protocol mlflow --rows data/sample.csv -o data/golden.csv
      """)

  @OptionGroup var config: ConfigOptions

  @Argument(help: "The endpoint's name in the config, or its URL.")
  var endpoint: String

  @Option(name: .customLong("protocol"), help: ArgumentHelp("What the endpoint of a URL speaks.", valueName: "name"))
  var protocolName: String?

  @Option(help: "The model's name in the protocol, with a URL.")
  var model: String?

  @Option(
    name: .customLong("model-version"), help: ArgumentHelp("The model's version, with a URL.", valueName: "version"))
  var modelVersion: String?

  @OptionGroup(title: "Credentials, with a URL") var credentials: CredentialOptions

  @Option(help: ArgumentHelp("The rows to ask about; those that the endpoint names otherwise.", valueName: "file"))
  var rows: String?

  @Option(
    name: [.long, .customShort("o")],
    help: ArgumentHelp("Write to this file, which appears when it is complete.", valueName: "file"))
  var output: String

  @Option(help: "How the rows are written: csv or jsonl; by the ending of the file otherwise, else csv.")
  var format: PredictionFormat?

  private var isURL: Bool { endpoint.contains("://") }

  func validate() throws {
    if rows == output || rows.map({ InputFiles([$0]).include(output) }) == true {
      throw ValidationError("\(output) is the file of rows: name another one to write")
    }
    let others = [".parquet", ".arrow", ".feather", ".gz", ".zst"]
    if format == nil, let ending = others.first(where: output.hasSuffix) {
      throw ValidationError("golden rows are written as csv or jsonl, not \(ending): name the file so, or add --format")
    }
    if isURL {
      if protocolName == nil {
        throw ValidationError("Missing expected argument '--protocol <name>': what the URL speaks")
      }
      if rows == nil { throw ValidationError("Missing expected argument '--rows <file>': what to ask about") }
    } else if protocolName != nil || model != nil || modelVersion != nil || !credentials.isEmpty {
      throw ValidationError(
        "protocol, model and credentials of \(endpoint) stand in the config; options say them of a URL")
    }
  }

  func run() async throws {
    let invocation = Invocation.current
    let subject = isURL ? try unconfigured(invocation) : try config.loadGate(invocation).endpoint(named: endpoint)
    let isLines = output.hasSuffix(".jsonl") || output.hasSuffix(".ndjson")
    let file = try opened()
    let recording = subject.recording(
      rows: rows.map { ConfigPath.resolve($0, against: invocation.workingDirectory + "/") },
      as: format ?? (isLines ? .jsonl : .csv)
    ) { bytes in
      do throws(ReportError) {
        try file.write(bytes)
        return nil
      } catch {
        return "\(error)"
      }
    }
    let context = RunContext(
      workingDirectory: invocation.workingDirectory, environment: invocation.environment, now: invocation.startedAt)
    let work = Task { await recording.evaluate(.everything, in: context) }
    Signals.shared.onFirst { work.cancel() }
    let findings = await work.value
    if let interruption = Signals.shared.interruption {
      throw ExitCode((interruption == .interrupt ? ExitStatus.interrupted : .terminated).rawValue)
    }
    guard let failure = findings.first(where: { $0.outcome != .passed }) else {
      do throws(ReportError) {
        try file.finish()
      } catch {
        throw notWritten(error)
      }
      let words = findings.first { $0.kind == "recorded" }?.message ?? ""
      Console.say("\(output): \(words)")
      return
    }
    Console.say("error: \(TextSafety.inline(failure.message))", to: .error)
    throw ExitCode((failure.outcome == .failed ? ExitStatus.failed : .errored).rawValue)
  }

  private func unconfigured(_ invocation: Invocation) throws -> EndpointSubject {
    let credentials = try credentials.credentials(invocation)
    var problems = Problems()
    let parts = SuiteParts(configDirectory: invocation.workingDirectory, invocation)
    let subject = EndpointSubject.unconfigured(
      EndpointSubject.CommandLine(
        url: endpoint, protocolName: protocolName ?? "", model: model, version: modelVersion, rows: rows,
        credentials: credentials),
      parts.folders, &problems)
    if let subject, problems.isEmpty { return subject }
    throw config.refused(problems, Redaction(secrets: credentials.secrets), invocation)
  }

  private func opened() throws -> StreamedFile {
    do throws(ReportError) {
      return try StreamedFile(path: output)
    } catch {
      throw notWritten(error)
    }
  }

  private func notWritten(_ error: ReportError) -> ExitCode {
    Console.say("error: \(error)", to: .error)
    return ExitCode(ExitStatus.reportNotWritten.rawValue)
  }
}

extension PredictionFormat: ExpressibleByArgument {}
