import Glibc
import Language
import TestSupport
import Testing
import Verdict

@testable import EndpointChecks

/// Images run by a docker CLI that is none: a script on the `PATH` which takes the same words and serves by itself. No
/// real daemon takes part in these tests.
@Suite struct ContainerTests {
  private static let hasPython = (getenv("PATH").map { String(cString: $0) } ?? "").split(separator: ":").contains {
    access("\($0)/python3", X_OK) == 0
  }

  /// Keeps a file for each container; `rm --force` answers as the real one does.
  private static func docker(_ folder: String) -> String {
    """
    #!/bin/sh
    echo "$@" >> '\(folder)/calls'
    case "$1" in
    rm)
      if [ -e '\(folder)'/"$3" ]; then rm '\(folder)'/"$3"; echo "$3"; exit 0; fi
      echo "Error response from daemon: No such container: $3" >&2; exit 1 ;;
    run) shift ;;
    *) echo "unknown command" >&2; exit 1 ;;
    esac
    while [ $# -gt 0 ]; do
      case "$1" in
      --rm) shift ;;
      --name) name=$2; shift 2 ;;
      --publish) publish=$2; shift 2 ;;
      --env) shift 2 ;;
      *) break ;;
      esac
    done
    image=$1; shift
    if [ "$image" = missing:1 ]; then echo "docker: Unable to find image 'missing:1'" >&2; exit 125; fi
    : > '\(folder)'/"$name"
    if [ "$image" = failing:1 ]; then echo "no model" >&2; rm '\(folder)'/"$name"; exit 3; fi
    port=${publish#127.0.0.1:}
    python3 '\(folder)/server.py' "${port%%:*}" "$image" "$@" &
    trap : TERM
    wait $!; wait $!
    status=$?
    rm '\(folder)'/"$name"
    exit $status
    """
  }

  private static let server = """
    import http.server, os, signal, sys
    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(200); self.end_headers(); self.wfile.write(os.environ.get('MODEL', '').encode())
    print('arguments', sys.argv[3:], flush=True)
    if sys.argv[2] == 'stubborn:1': signal.signal(signal.SIGTERM, signal.SIG_IGN)
    else: signal.signal(signal.SIGTERM, lambda *a: os._exit(0))
    http.server.HTTPServer(('127.0.0.1', int(sys.argv[1])), Handler).serve_forever()
    """

  private func evaluate(
    _ start: String, secrets: Set<String> = [], hasDocker: Bool = true
  ) async throws -> (findings: [Finding], calls: [String], left: Int) {
    let folder = try TemporaryFolder()
    try folder.write(Self.docker(folder.path), to: hasDocker ? "docker" : "no-docker", mode: 0o755)
    try folder.write(Self.server, to: "server.py")
    try folder.write("", to: "calls")
    let (subject, problems) = endpoint(
      "{start: {\(start), ready_within: 60s, stop_within: 2s}, url: 'http://127.0.0.1:{port}', "
        + "checks: [{request: {path: /, expect: {body: {contains: m}}}}]}", secrets: secrets)
    let asked = try #require(subject, "\(problems.diagnostics.map(\.headline))")
    let path = folder.path + (hasDocker ? ":/usr/local/bin:/usr/bin:/bin" : "")
    let findings = await asked.evaluate(
      .everything, in: RunContext(workingDirectory: "/", environment: ["PATH": path], now: 0))
    let calls = try folder.text("calls").split(separator: "\n").map(String.init)
    let left = Glibc.access(folder.path + "/" + (calls.last?.split(separator: " ").last ?? "x"), F_OK) == 0 ? 1 : 0
    return (findings, calls, left)
  }

  @Test(.enabled(if: hasPython)) func imageIsStartedAskedStoppedAndRemoved() async throws {
    let (findings, calls, left) = try await evaluate(
      "image: 'registry.example/model:3', port: 8080, command: [serve, --port, '{port}'], environment: {MODEL: m-s3cret}",
      secrets: ["m-s3cret"])
    #expect(
      findings.outcomes == ["ready=passed", "request-1.status=passed", "request-1.body=passed", "stopped=passed"],
      "\(findings.map(\.message)) \(findings.flatMap(\.evidence.notes))")
    #expect(calls.count == 2 && calls[0].hasPrefix("run --rm --name cupel-") && calls[1].hasPrefix("rm --force cupel-"))
    #expect(calls[0].contains(":8080 --env MODEL registry.example/model:3 serve --port 8080"), "\(calls[0])")
    // The value of a variable goes by the environment, never by the list of processes.
    #expect(!calls[0].contains("s3cret") && !findings.allText.contains("s3cret"))
    #expect(left == 0)
  }

  @Test(.enabled(if: hasPython)) func containerThatDoesNotListenToTERMIsRemovedAndReported() async throws {
    let (findings, _, left) = try await evaluate("image: 'stubborn:1', port: 8080, environment: {MODEL: m}")
    #expect(findings.outcomes.last == "stopped=failed")
    #expect(findings.last?.message.contains("after TERM and had to be killed") == true, "\(findings.map(\.message))")
    #expect(left == 0)
  }

  @Test func imageThatCannotBeHadIsAnError() async throws {
    let (findings, _, left) = try await evaluate("image: 'missing:1', port: 8080")
    #expect(findings.first?.outcome == .errored && findings.first?.reason == .process)
    #expect(findings.first?.message.contains("docker ended with status 125") == true, "\(findings.map(\.message))")
    #expect(findings.first?.evidence.notes.contains { $0.contains("Unable to find image") } == true)
    #expect(left == 0)
  }

  @Test func programThatFailsInItsContainerFails() async throws {
    let (findings, _, _) = try await evaluate("image: 'failing:1', port: 8080")
    #expect(findings.outcomes.prefix(2) == ["ready=failed", "request-1.status=skipped"])
    #expect(findings.first?.message == "'failing:1' exited with status 3 before it was ready")
    #expect(findings.first?.evidence.notes.contains("no model") == true)
  }

  @Test func withoutDockerNothingCouldBeTold() async throws {
    let (findings, _, _) = try await evaluate("image: 'model:1', port: 8080", hasDocker: false)
    #expect(findings.first?.outcome == .errored && findings.first?.message.contains("No program 'docker'") == true)
  }

  @Test(arguments: [
    ("image: a", "on which port the server in the container listens"),
    ("image: '--privileged', port: 1", "name of an image"),
    ("image: 'a b', port: 1", "name of an image"), ("port: 1, command: [a, '{port}']", "there is no image"),
    ("image: a, port: 0", "from 1 to 65535"),
    ("image: a, port: 1, environment: {DOCKER_HOST: x}", "docker itself reads"),
    ("ready_within: 3s", "the key \"command\" is missing"),
  ])
  func mistakesAreFoundBeforeAnythingIsStarted(_ start: String, _ headline: String) {
    let (_, problems) = endpoint("{start: {\(start)}, url: 'http://127.0.0.1:{port}'}")
    #expect(problems.diagnostics.contains { $0.headline.contains(headline) }, "\(problems.diagnostics.map(\.headline))")
  }

  @Test func secretInACommandIsRefused() {
    let (_, problems) = endpoint(
      "{start: {command: [serve, '{port}', s3cret-key]}, url: 'http://127.0.0.1:{port}'}", secrets: ["s3cret-key"])
    #expect(problems.diagnostics.map(\.headline).first?.contains("in the list of processes") == true)
    #expect(problems.diagnostics.first?.location?.column ?? 0 > 1)
  }
}
