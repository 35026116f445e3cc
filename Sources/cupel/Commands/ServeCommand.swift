internal import ArgumentParser
internal import Glibc
internal import Serving
internal import Verdict

/// `cupel serve`: the gate answers webhooks.
struct ServeCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "serve",
    abstract: "Answer Flagger's and Argo's webhooks with the verdict of the gate.",
    discussion: """
      POST /gate     Flagger's webhook. {"metadata": {"select": "endpoints.api.canary"}} names the checks, as --only does,
                     several with commas; all without it. 200 with the reason when the gate passes, else 412.
      GET /gate      The same by ?select=…&env=…; what neither is, is refused.
      GET /verdict   For Argo's web provider, which reads {$.outcome}: 200 for passed, failed and inconclusive; 412 when
                     there is no verdict: errored, nothing checked.
      GET /progress  What the run is at. GET /healthz says that the service is there.

      One run at a time: who asks for the same checks meanwhile gets the same verdict, others 429 with Retry-After. The
      config is read anew for each run, and the reports of --report are those of the last one. There is no TLS: put a
      proxy before it, or keep it on this machine. Without a token only who calls this machine localhost, or by a
      loopback address, is answered: a page in a browser may have made any other name point here.

      EXAMPLES
        cupel serve --listen 127.0.0.1:8888
        cupel serve --config ci/cupel.yaml --listen 0.0.0.0:8888 --token-env GATE_TOKEN --timeout 10m
      """)

  @OptionGroup var config: ConfigOptions
  @OptionGroup var reports: ReportOptions

  @Option(help: ArgumentHelp("Where to listen; port 0 takes a free one.", valueName: "address:port"))
  var listen = "127.0.0.1:0"

  @Option(
    help: ArgumentHelp(
      "The variable with the token that requests bring, as a bearer or in metadata.token; needed beyond loopback.",
      valueName: "name"))
  var tokenEnv: String?

  @Option(help: ArgumentHelp("End each run after this time: 90s, 10m.", valueName: "duration"))
  var timeout: TimeLimit?

  func validate() throws {
    guard let address = ListenAddress(listen) else {
      throw ValidationError("--listen takes a numeric address with a port: 127.0.0.1:8888, [::1]:0")
    }
    if !address.isLoopback, tokenEnv == nil {
      throw ValidationError(
        "\(address) is reached from other machines: name the variable of a token, --token-env GATE_TOKEN")
    }
  }

  func run() async throws {
    let session = RunSession(options: reports, color: config.color)
    var token: String?
    if let tokenEnv {
      token = session.invocation.environment[tokenEnv]
      guard let token, token.utf8.count >= 8 else {
        throw ValidationError("\(tokenEnv) is not set, or shorter than 8 characters")
      }
    }
    // What is wrong with the config is told now, and not to the first webhook.
    let gate = try config.loadGate(session.invocation)
    try session.spare(gate.inputs(in: session.invocation.workingDirectory))
    let (stopped, stop) = AsyncStream<Never>.makeStream()
    let service = GateService(session, config: config.config, timeout: timeout?.seconds, token: token) { stop.finish() }
    guard let address = ListenAddress(listen) else { throw ExitCode(ExitStatus.usage.rawValue) }
    let server: HTTPService
    do throws(HTTPService.Problem) {
      server = try HTTPService(on: address) { service.answer($0) }
    } catch {
      Console.say("error: \(error)", to: .error)
      throw ExitCode(ExitStatus.usage.rawValue)
    }
    Console.say("listening on http://\(server.address)")
    for await _ in stopped {}
    server.stop()
    throw ExitCode((Signals.shared.interruption == .interrupt ? ExitStatus.interrupted : .terminated).rawValue)
  }
}
