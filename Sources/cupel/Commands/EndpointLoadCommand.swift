internal import ArgumentParser
internal import Baselines
internal import Config
internal import EndpointChecks
internal import Language
internal import Reports
internal import Synchronization
internal import Verdict

/// `cupel endpoint load URL`: how a running endpoint answers under load.
struct EndpointLoadCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "load", abstract: "Put a running endpoint under load and show how long its answers take.",
    discussion: """
      With a rate, requests start when they are due whatever became of those before (the open model), and latencies
      count from that moment. Without one, each connection sends its next request when it has an answer. The first tenth
      of the time is for warming up. Exit code 1: a request had no good answer, or found no free connection when it was
      due.

      EXAMPLES
        cupel endpoint load http://127.0.0.1:8080 --protocol mlflow --rows rows.csv --rate 200/s --duration 30s
        cupel endpoint load http://127.0.0.1:8080/health --rate 1000/s --arrivals poisson
        cupel endpoint load http://127.0.0.1:8080/score --body request.json --concurrency 16 --hdr run.hlog
      """)

  @Argument(help: "Where the endpoint is: http://127.0.0.1:8080. Without a protocol, the address that is asked.")
  var url: String

  @Option(
    name: .customLong("protocol"),
    help: ArgumentHelp(
      "What it speaks: \(EndpointSubject.protocolNames.joined(separator: ", ")).", valueName: "name"))
  var protocolName = "http"

  @Option(help: "The model's name in the protocol.")
  var model: String?

  @Option(name: .customLong("model-version"), help: ArgumentHelp("The version to ask.", valueName: "version"))
  var modelVersion: String?

  @Option(help: ArgumentHelp("A file of rows, which take turns, one in each request.", valueName: "file"))
  var rows: String?

  @Option(
    help: ArgumentHelp("A file that is sent as the JSON body of every request, instead of rows.", valueName: "file"))
  var body: String?

  @Option(help: ArgumentHelp("So many requests a second: 200/s. The open model.", valueName: "rate"))
  var rate: String?

  @Option(help: ArgumentHelp("How the requests of a rate come: constant, or poisson.", valueName: "pattern"))
  var arrivals: String?

  @Option(help: ArgumentHelp("The most connections; 100 with a rate, else 1.", valueName: "count"))
  var concurrency: String?

  @Option(help: ArgumentHelp("How long is measured.", valueName: "duration"))
  var duration = "10s"

  @Option(help: ArgumentHelp("Measure at most so many requests.", valueName: "count"))
  var requests: String?

  @Option(help: ArgumentHelp("What starts in this time before is not measured.", valueName: "duration"))
  var warmup: String?

  @OptionGroup(title: "Credentials") var credentials: CredentialOptions

  @Option(help: ArgumentHelp("Save the histogram as a log of HdrHistogram.", valueName: "file"))
  var hdr: String?

  func run() async throws {
    let invocation = Invocation.current
    let parts = SuiteParts(configDirectory: invocation.workingDirectory, invocation)
    let report = Mutex<LoadReport?>(nil)
    let body = try body.map { try contents(of: $0, invocation) }
    let credentials = try credentials.credentials(invocation)
    let redaction = Redaction(secrets: credentials.secrets)
    let subject = try subject(parts, credentials, redaction).loading(body: body) { measured in
      report.withLock { $0 = measured }
    }
    let context = RunContext(
      workingDirectory: invocation.workingDirectory, environment: invocation.environment, now: invocation.startedAt)
    let work = Task { await subject.evaluate(.everything, in: context) }
    Signals.shared.onFirst { work.cancel() }
    let findings = await work.value
    // What was measured before somebody ended it is of use, too.
    if let report = report.withLock({ $0 }) {
      show(report)
      if let hdr { try save(report.log(startedAt: invocation.startedAt), to: hdr) }
    }
    if let interruption = Signals.shared.interruption {
      throw ExitCode((interruption == .interrupt ? ExitStatus.interrupted : .terminated).rawValue)
    }
    for finding in findings where finding.outcome != .passed && finding.outcome != .skipped {
      Console.say(
        "\(finding.outcome == .errored ? "error" : "failed"): \(redaction.redact(finding.message))", to: .error)
      if let command = finding.reproduce { Console.say("  \(redaction.redact(command))", to: .error) }
    }
    let result = RunResult(version: Cupel.version, startedAt: invocation.startedAt, findings: findings)
    throw ExitCode(result.exitStatus.rawValue)
  }

  private func subject(
    _ parts: SuiteParts, _ credentials: EndpointCredentials, _ redaction: Redaction
  ) throws -> EndpointSubject {
    if rows != nil, body != nil { throw ValidationError("--rows and --body exclude each other.") }
    var line = EndpointSubject.CommandLine(
      url: url, protocolName: protocolName, model: model, version: modelVersion, rows: rows, credentials: credentials)
    let isBare = rate.map { !$0.isEmpty && $0.utf8.allSatisfy { (0x30...0x39).contains($0) } } ?? false
    line.load = [
      ("rate", rate.map { isBare ? $0 + "/s" : $0 }), ("arrivals", arrivals),
      ("concurrency", concurrency ?? (rate == nil ? "1" : nil)), ("duration", duration), ("requests", requests),
      ("warmup", warmup),
    ].compactMap { key, value in value.map { (key, $0) } }
    var problems = Problems()
    let subject = EndpointSubject.unconfigured(line, parts.folders, &problems)
    guard problems.isEmpty, let subject else {
      let words = problems.byPlace.map { ([$0.headline] + $0.help).joined(separator: "; ") }
      throw ValidationError(words.map { TextSafety.inline(redaction.redact($0)) }.joined(separator: "\n"))
    }
    return subject
  }

  private func show(_ report: LoadReport) {
    let unit = report.requests == 1 ? "request" : "requests"
    let rate = Quantity.brief(report.throughput, digits: 5)
    Console.say("\(Quantity.grouped(report.requests)) \(unit), \(rate) good answers a second")
    let chart = LatencyChart(report.latencies, width: Console.width ?? 80)
    for line in chart.lines { Console.write(line + "\n") }
    if !chart.lines.isEmpty { Console.write("\n") }
    for note in report.notes { Console.say(note) }
  }

  private func save(_ log: String, to path: String) throws {
    do throws(ReportError) {
      let file = try StreamedFile(path: path)
      try file.write(Array(log.utf8))
      try file.finish()
    } catch {
      Console.say("error: \(error)", to: .error)
      throw ExitCode(ExitStatus.reportNotWritten.rawValue)
    }
  }

  private func contents(of path: String, _ invocation: Invocation) throws -> [UInt8] {
    let file = ConfigPath.resolve(path, against: invocation.workingDirectory + "/")
    do throws(FileError) {
      return try LocalFile.read(file).bytes
    } catch {
      throw ValidationError(TextSafety.inline(error.message(for: path)))
    }
  }
}
