import Glibc
import Language
import Processes
import TestSupport
import Testing
import Verdict

@testable import EndpointChecks

/// Commands that are started, asked and stopped: real processes over real loopback.
@Suite struct StartedEndpointTests {
  private func subject(_ text: String, folders: EndpointFolders = EndpointFolders(config: "")) throws -> EndpointSubject
  {
    let (subject, problems) = endpoint(text, folders: folders)
    return try #require(subject, "\(problems.diagnostics.map(\.headline))")
  }

  private func evaluate(_ text: String) async throws -> [Finding] {
    let subject = try subject(text)
    let findings = await subject.evaluate(.everything, in: .testing)
    #expect(findings.map(\.id) == subject.checks.map(\.id))
    return findings
  }

  private static let rest = "checks: [{request: {path: /}}]"

  @Test(arguments: [
    ("exit 0", "exited with status 0"), ("echo no model >&2; exit 3", "exited with status 3"),
    ("kill -9 $$", "signal 9"),
  ])
  func earlyExitFailsAtOnceWithTheLog(_ script: String, _ words: String) async throws {
    let findings = try await evaluate(
      "{start: {command: [sh, '-c', 'echo loading; \(script)', '{port}'], ready_within: 1h}, url: 'http://127.0.0.1:{port}', \(Self.rest)}"
    )
    #expect(findings.outcomes == ["ready=failed", "request-1.status=skipped", "stopped=skipped"])
    #expect(findings[0].message.contains(words), "\(findings[0].message)")
    #expect(findings[0].evidence.notes.contains("loading"))
    #expect(findings[1].message.contains("endpoints.api.ready"))
  }

  @Test func orphansOfAnEarlyExitFailStopping() async throws {
    let findings = try await evaluate(
      "{start: {command: [sh, '-c', 'sleep 1000 & exit 0', '{port}']}, url: 'http://127.0.0.1:{port}', \(Self.rest)}")
    #expect(findings.outcomes == ["ready=failed", "request-1.status=skipped", "stopped=failed"])
    #expect(findings[2].message.contains("left processes behind"))
  }

  @Test func portInUseIsAnErrorThatNamesIt() async throws {
    let server = try ScriptedServer { _ in .reply(200) }
    let findings = try await evaluate("{start: {command: [sh, '-c', 'exit 9']}, url: '\(server.url)', \(Self.rest)}")
    #expect(findings.outcomes == ["ready=errored", "request-1.status=skipped", "stopped=skipped"])
    #expect(findings[0].reason == .process)
    #expect(findings[0].message.contains("port \(server.port) is already in use"))
    #expect(server.requests.isEmpty)
  }

  @Test func unknownProgramIsAnError() async throws {
    let findings = try await evaluate(
      "{start: {command: [no-such-program-here, '{port}']}, url: 'http://127.0.0.1:{port}', \(Self.rest)}")
    #expect(findings.outcomes == ["ready=errored", "request-1.status=skipped", "stopped=skipped"])
    #expect(findings[0].reason == .process)
    #expect(findings[0].message.contains("no-such-program-here"))
  }

  @Test func silentProcessIsAnErrorAndIsStopped() async throws {
    let findings = try await evaluate(
      "{start: {command: [sleep, 1000, '{port}'], ready_within: 300ms}, url: 'http://127.0.0.1:{port}', \(Self.rest)}"
        .replacing("[sleep, 1000, '{port}']", with: "[sh, '-c', 'exec sleep 1000', '{port}']"))
    #expect(findings.outcomes == ["ready=errored", "request-1.status=skipped", "stopped=passed"])
    #expect(findings[0].reason == .transport)
    #expect(findings[0].message.contains("never answered within 300ms"))
  }

  @Test func selectedRequestCarriesTheFailureOfReadiness() async throws {
    let text = "{start: {command: [sh, '-c', 'exit 1', '{port}']}, url: 'http://127.0.0.1:{port}', \(Self.rest)}"
    let findings = try await subject(text).evaluate(Selection(["*.request-1"]), in: .testing)
    #expect(findings.outcomes == ["request-1.status=failed"])
  }

  @Test(.timeLimit(.minutes(1))) func cancellationStopsTheProcess() async throws {
    let folder = try TemporaryFolder()
    let file = "\(folder.path)/pid"
    try folder.write("", to: "pid")
    let subject = try subject(
      "{start: {command: [sh, '-c', 'echo $$ > \(file); exec sleep 1000', '{port}'], ready_within: 1h}, "
        + "url: 'http://127.0.0.1:{port}', \(Self.rest)}")
    let task = Task { await subject.evaluate(.everything, in: .testing) }
    var pid: pid_t?
    // The process announces itself by a file, which nobody can wait for.
    while pid == nil {
      try await Task.sleep(for: .milliseconds(5))
      pid = try folder.text("pid").split(separator: "\n").first.flatMap { pid_t($0) }
    }
    task.cancel()
    #expect(await task.value.isEmpty)
    #expect(kill(try #require(pid), 0) == -1 && errno == ESRCH)
  }

  // MARK: - A server that serves

  private static let hasPython = (getenv("PATH").map { String(cString: $0) } ?? "").split(separator: ":").contains {
    access("\($0)/python3", X_OK) == 0
  }

  /// Answers 503 twice, then 200; `/crash` ends it; `{port}` is its first argument.
  private static let server = """
    import http.server, os, signal, sys
    count = 0
    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            global count
            count += 1
            if self.path == '/crash': os._exit(7)
            self.send_response(200 if count > 2 else 503); self.end_headers(); self.wfile.write(b'{"token": "tok-98f7a6b5"}')
            print(self.path, self.headers.get('X-Token'), flush=True)
    if 'stubborn' in sys.argv: signal.signal(signal.SIGTERM, signal.SIG_IGN)
    http.server.HTTPServer(('127.0.0.1', int(sys.argv[1])), Handler).serve_forever()
    """

  private func evaluateServer(_ rest: String, arguments: String = "") async throws -> [Finding] {
    let folder = try TemporaryFolder()
    try folder.write(Self.server, to: "server.py")
    // `directory` is seen from the folder of the config.
    let text =
      "{start: {command: [python3, server.py, '{port}'\(arguments)], ready_within: 60s, stop_within: 500ms, directory: .}, "
      + "url: 'http://127.0.0.1:{port}', \(rest)}"
    return try await subject(text, folders: EndpointFolders(config: folder.path)).evaluate(.everything, in: .testing)
  }

  @Test(.enabled(if: hasPython)) func serverIsStartedAskedAndStopped() async throws {
    let findings = try await evaluateServer(Self.rest)
    #expect(
      findings.outcomes == ["ready=passed", "request-1.status=passed", "stopped=passed"], "\(findings.map(\.message))")
    #expect(findings[0].reproduce?.hasPrefix("python3 server.py ") == true)
  }

  @Test(.enabled(if: hasPython)) func crashAfterReadinessFails() async throws {
    let findings = try await evaluateServer("checks: [{request: {path: /crash}}, {request: {path: /}}]")
    #expect(
      findings.outcomes == ["ready=passed", "request-1.status=failed", "request-2.status=skipped", "stopped=failed"])
    #expect(findings[1].message.contains("the process exited with status 7"), "\(findings[1].message)")
    #expect(findings.last?.message.contains("exited with status 7") == true)
  }

  @Test(.enabled(if: hasPython)) func stubbornServerFailsStopping() async throws {
    let findings = try await evaluateServer(Self.rest, arguments: ", stubborn")
    #expect(findings.outcomes == ["ready=passed", "request-1.status=passed", "stopped=failed"])
    #expect(findings[2].message.contains("still there 500ms after TERM"), "\(findings[2].message)")
  }

  /// What a server writes may hold what was captured, which nobody knew before.
  @Test(.enabled(if: hasPython)) func aCapturedSecretIsHiddenInTheLog() async throws {
    let findings = try await evaluateServer(
      "checks: [{request: {path: /, capture: {token: {json: $.token}}}}, {request: {path: /b, headers: {X-Token: '{{token}}'}}}]",
      arguments: ", stubborn")
    let stopped = try #require(findings.last)
    #expect(stopped.outcome == .failed && stopped.evidence.notes.contains("/b ***"), "\(stopped.evidence.notes)")
    #expect(!findings.allText.contains("tok-98f7a6b5"))
  }

  @Test func programBesideTheRunningOneIsFound() async throws {
    let folder = try TemporaryFolder()
    try folder.write("#!/bin/sh\necho found $MARK; exit 4\n", to: "endpoint-of-this-test", mode: 0o755)
    let text =
      "{start: {command: [endpoint-of-this-test], environment: {MARK: 'on {port}'}}, url: 'http://127.0.0.1:{port}', \(Self.rest)}"
    let findings = try await subject(text, folders: EndpointFolders(config: "", executables: folder.path))
      .evaluate(.everything, in: .testing)
    #expect(findings[0].message.contains("exited with status 4"), "\(findings[0].message)")
    #expect(findings[0].evidence.notes.contains { $0.hasPrefix("found on ") })
  }
}
