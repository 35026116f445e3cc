internal import ArgumentParser
internal import Config
internal import EndpointChecks
internal import Language
internal import Reports
internal import Verdict

/// `cupel endpoint record NAME -o FILE`.
struct EndpointRecordCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "record", abstract: "Write golden rows: what an endpoint that you trust predicts.",
    discussion: """
      Starts the endpoint of the config when it says how, asks it about the rows, and writes the rows with a column for each
      output. The file is what `golden: {rows: FILE, expect: {OUTPUT: OUTPUT}}` compares with.

      EXAMPLES
        cupel endpoint record delay-api --rows data/sample.csv -o data/golden.csv
      """)

  @OptionGroup var config: ConfigOptions

  @Argument(help: "The endpoint's name in the config.")
  var endpoint: String

  @Option(help: ArgumentHelp("The rows to ask about; those that the endpoint names otherwise.", valueName: "file"))
  var rows: String?

  @Option(
    name: [.long, .customShort("o")],
    help: ArgumentHelp("Write to this file, which appears when it is complete.", valueName: "file"))
  var output: String

  @Option(help: "How the rows are written: csv or jsonl; by the ending of the file otherwise, else csv.")
  var format: PredictionFormat?

  func run() async throws {
    let invocation = Invocation.current
    let subject = try subject(try config.loadGate(invocation))
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

  private func subject(_ gate: Gate) throws -> EndpointSubject {
    let endpoints = gate.subjects.compactMap { $0 as? EndpointSubject }
    if let found = endpoints.first(where: { $0.name == endpoint }) { return found }
    let near = nearest(endpoint, among: endpoints.map(\.name)).map { " Did you mean \($0)?" } ?? ""
    throw ValidationError("the config has no endpoint \(endpoint).\(near)")
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
