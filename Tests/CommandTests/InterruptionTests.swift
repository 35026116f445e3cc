import Foundation
import Processes
import TestSupport
import Testing
import XML

/// A signal in the middle of a run: the server is stopped, the reports say so, the exit code is the signal's.
@Suite struct InterruptionTests {
  @Test(arguments: [("INT", Int32(130)), ("TERM", Int32(143))])
  func signalEndsTheRunInOrder(signal: String, code: Int32) async throws {
    let work = try TemporaryFolder()
    // The started process tells its number through a pipe, so that the test knows that it runs, and is never ready.
    try work.write("#!/bin/sh\necho $$ > started\nexec sleep 300\n", to: "server")
    try work.write(
      """
      version: 1
      endpoints:
        never:
          start: {command: [sh, server, \"{port}\"], ready_within: 5m, stop_within: 5s}
          url: http://127.0.0.1:{port}
          checks:
            - request: {id: hello, path: /}
      """, to: "cupel.yaml")
    let script = """
      mkfifo started
      "\(CupelBinary.folder)/cupel" run --report junit=report.xml & gate=$!
      read pid < started; echo $pid > pid
      kill -\(signal) $gate
      wait $gate
      """
    let result = try await CupelBinary.command(["bash", "-c", script], in: work.path, timeout: .seconds(60))
    #expect(result.exitCode == code, "\(result.output)\(result.error)")
    let report = try work.text("report.xml")
    #expect(report.contains("cupel.interrupted"))
    try XMLSchemaValidator(xsd: Array(try Repository.text("rules/junit.xsd").utf8)).validate(Array(report.utf8))
    let pid = try work.text("pid").trimmingCharacters(in: .whitespacesAndNewlines)
    #expect(!FileManager.default.fileExists(atPath: "/proc/\(pid)"), "the server outlived the gate")
  }

  /// A pipe that nobody writes to is waited for, and the wait can be ended: by a signal and by the time limit.
  @Test(arguments: [("kill -TERM $gate", Int32(143)), ("true", Int32(3))])
  func silentPipeDoesNotHold(action: String, code: Int32) async throws {
    let work = try TemporaryFolder()
    try work.write(
      "version: 1\ndata: {silent: {source: silent, columns: {a: {}}}}\n", to: "cupel.yaml")
    let limit = code == 3 ? "--timeout 500ms" : "--timeout 60s"
    let script = """
      mkfifo silent
      exec 3<>silent
      "\(CupelBinary.folder)/cupel" run \(limit) --report junit=report.xml 3>&- & gate=$!
      # It is cupel, no longer the shell, that has the pipe open.
      until [ "$(cat /proc/$gate/comm 2> /dev/null)" = cupel ] && ls -l /proc/$gate/fd | grep -q '/silent$'; do
        [ -e /proc/$gate ] || break
      done
      \(action)
      wait $gate
      """
    let result = try await CupelBinary.command(["bash", "-c", script], in: work.path, timeout: .seconds(60))
    #expect(result.exitCode == code, "\(result.output)\(result.error)")
    try XMLSchemaValidator(xsd: Array(try Repository.text("rules/junit.xsd").utf8))
      .validate(Array(try work.text("report.xml").utf8))
  }

  /// A pipe is a dataset like a file, also when its writer comes late.
  @Test func aPipeWaitsForItsWriter() async throws {
    let work = try TemporaryFolder()
    try work.write("version: 1\ndata: {late: {source: late, columns: {a: {type: integer}}}}\n", to: "cupel.yaml")
    let script = """
      mkfifo late
      "\(CupelBinary.folder)/cupel" run & gate=$!
      printf 'a\\n1\\n2\\n' > late
      wait $gate
      """
    let result = try await CupelBinary.command(["bash", "-c", script], in: work.path, timeout: .seconds(60))
    #expect(result.exitCode == 0, "\(result.output)\(result.error)")
    #expect(result.output.contains("PASS"))
  }
}
