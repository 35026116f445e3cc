internal import ArgumentParser
internal import Baselines
internal import Config
internal import EndpointChecks
internal import Language
internal import Reports
internal import Synchronization
internal import Verdict

/// `cupel endpoint load URL`, or the name of an endpoint of the config: how it answers under load.
struct EndpointLoadCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "load", abstract: "Put an endpoint under load and show how long its answers take.",
    discussion: """
      With a rate, requests start when they are due whatever became of those before (the open model), and latencies
      count from that moment. Without one, each connection sends its next request when it has an answer. The first tenth
      of the time is for warming up. Exit code 1: a request had no good answer, or found no free connection when it was
      due. An endpoint of the config is loaded as its latency check says; saved with --hdr, the run is what baseline: of
      that check compares with.

      EXAMPLES
        cupel endpoint load http://127.0.0.1:8080 --protocol mlflow --rows rows.csv --rate 200/s --duration 30s
        cupel endpoint load http://127.0.0.1:8080/health --rate 1000/s --arrivals poisson
        cupel endpoint load http://127.0.0.1:8080/score --body request.json --concurrency 16 --hdr run.hlog
        cupel endpoint load http://127.0.0.1:8000 --protocol openai --model m --rows prompts.csv --concurrency 8 --ttft
        cupel endpoint load delay-api --hdr baselines/delay.hlog
      """)

  @OptionGroup var config: ConfigOptions

  @Argument(
    help: ArgumentHelp(
      "Where the endpoint is: http://127.0.0.1:8080, without a protocol the address that is asked; or its name in the "
        + "config.", valueName: "url"))
  var endpoint: String

  @Option(help: ArgumentHelp("Which latency check of the config, when it has several.", valueName: "id"))
  var check: String?

  @Option(
    name: .customLong("protocol"),
    help: ArgumentHelp(
      "What it speaks: \(EndpointSubject.protocolNames.joined(separator: ", ")).", valueName: "name"))
  var protocolName: String?

  @Option(help: "The model's name in the protocol.")
  var model: String?

  @Option(name: .customLong("model-version"), help: ArgumentHelp("The version to ask.", valueName: "version"))
  var modelVersion: String?

  @Option(help: ArgumentHelp("A file of rows, which take turns, one in each request.", valueName: "file"))
  var rows: String?

  @Option(
    help: ArgumentHelp("A file that is sent as the JSON body of every request, instead of rows.", valueName: "file"))
  var body: String?

  @Option(
    help: ArgumentHelp(
      "So many requests a second: 200/s; or a ramp: 10/s..400/s. The open model.", valueName: "rate"))
  var rate: String?

  @Option(help: ArgumentHelp("How the requests of a rate come: constant, or poisson.", valueName: "pattern"))
  var arrivals: String?

  @Option(help: ArgumentHelp("The most connections; 100 with a rate, else 1.", valueName: "count"))
  var concurrency: String?

  @Option(help: ArgumentHelp("How long is measured; 10s.", valueName: "duration"))
  var duration: String?

  @Option(help: ArgumentHelp("Measure at most so many requests.", valueName: "count"))
  var requests: String?

  @Option(help: ArgumentHelp("What starts in this time before is not measured.", valueName: "duration"))
  var warmup: String?

  @Flag(help: "Stream the answers, and show the times to their first piece. For protocols that stream, such as openai.")
  var ttft = false

  @OptionGroup(title: "Credentials") var credentials: CredentialOptions

  @Option(help: ArgumentHelp("Save the histogram as a log of HdrHistogram.", valueName: "file"))
  var hdr: String?

  private var isURL: Bool { endpoint.contains("://") }

  func validate() throws {
    if isURL {
      if check != nil { throw ValidationError("--check names a check of a config; \(endpoint) has none") }
      if rows != nil, body != nil { throw ValidationError("--rows and --body exclude each other.") }
    } else if !credentials.isEmpty || ttft
      || [protocolName, model, modelVersion, rows, body, rate, arrivals, concurrency, duration, requests, warmup]
        .contains(where: { $0 != nil })
    {
      throw ValidationError("how \(endpoint) is asked stands in the config; options say it of a URL")
    }
  }

  func run() async throws {
    let invocation = Invocation.current
    let report = Mutex<LoadReport?>(nil)
    let take: @Sendable (LoadReport) -> Void = { measured in report.withLock { $0 = measured } }
    let credentials = try credentials.credentials(invocation)
    let redaction = Redaction(secrets: credentials.secrets)
    let (subject, selection) =
      isURL
      ? (try unconfigured(invocation, credentials, redaction, take), Selection.everything)
      : try configured(invocation, take)
    let context = RunContext(
      workingDirectory: invocation.workingDirectory, environment: invocation.environment, now: invocation.startedAt)
    let work = Task { await subject.evaluate(selection, in: context) }
    Signals.shared.onFirst { work.cancel() }
    let findings = await work.value
    let interruption = Signals.shared.interruption
    // What was measured before somebody ended it is of use, too.
    if let report = report.withLock({ $0 }) {
      show(report)
      // A part of a load is no baseline.
      if let hdr, interruption == nil {
        try save(report.log(startedAt: invocation.startedAt), to: hdr)
      }
    }
    if let interruption {
      if let hdr { Console.say("interrupted: \(hdr) was not written", to: .error) }
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

  /// An endpoint of the config, with the identities of the check that loads it.
  private func configured(
    _ invocation: Invocation, _ report: @escaping @Sendable (LoadReport) -> Void
  ) throws -> (EndpointSubject, Selection) {
    let subject = try config.loadGate(invocation).endpoint(named: endpoint)
    let names = subject.loads.map(\.name).joined(separator: ", ")
    guard let first = subject.loads.first else {
      throw ValidationError("\(endpoint) has no latency check; write one, or name a URL and a rate")
    }
    guard check != nil || subject.loads.count == 1 else {
      throw ValidationError("\(endpoint) has several latency checks; choose one by --check: \(names)")
    }
    guard let chosen = check.map({ name in subject.loads.first { $0.name == name } }) ?? first else {
      throw ValidationError("\(endpoint) has no latency check \(check ?? ""); it has \(names)")
    }
    let loading = subject.loading(chosen.name, report: report)
    return (loading, Selection(loading.loads.filter { $0.name == chosen.name }.flatMap(\.ids).map(\.description)))
  }

  private func unconfigured(
    _ invocation: Invocation, _ credentials: EndpointCredentials, _ redaction: Redaction,
    _ report: @escaping @Sendable (LoadReport) -> Void
  ) throws -> EndpointSubject {
    let parts = SuiteParts(configDirectory: invocation.workingDirectory, invocation)
    let body = try body.map { try contents(of: $0, invocation) }
    var line = EndpointSubject.CommandLine(
      url: endpoint, protocolName: protocolName ?? "http", model: model, version: modelVersion, rows: rows,
      credentials: credentials)
    line.rate = rate.map(Self.ramp)
    line.load = [
      ("arrivals", arrivals), ("concurrency", concurrency ?? (rate == nil ? "1" : nil)),
      ("duration", duration ?? "10s"), ("requests", requests), ("warmup", warmup),
    ].compactMap { key, value in value.map { (key, $0) } }
    var problems = Problems()
    let subject = EndpointSubject.unconfigured(line, parts.folders, &problems)
    if let subject, problems.isEmpty {
      guard !ttft || subject.isStreaming else {
        throw ValidationError(
          "the protocol \(line.protocolName) does not say how answers are streamed: leave --ttft out")
      }
      return subject.loading(body: body, isStreamed: ttft, report: report)
    }
    let words = problems.byPlace.map { ([$0.headline] + $0.help).joined(separator: "; ") }
    throw ValidationError(words.map { TextSafety.inline(redaction.redact($0)) }.joined(separator: "\n"))
  }

  /// A rate, and one to end with after two dots. A number alone is one a second.
  private static func ramp(_ text: String) -> [String] {
    text.split(separator: "..", maxSplits: 1).map { part in
      part.utf8.allSatisfy { (0x30...0x39).contains($0) } ? part + "/s" : String(part)
    }
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
