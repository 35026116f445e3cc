import Foundation
import Synchronization
import TestSupport
import Testing

/// `cupel endpoint load` as a user runs it. No time is asserted.
@Suite struct EndpointLoadTests {
  private func server(_ status: @escaping @Sendable (Int) -> String) throws -> FaultServer {
    let count = Mutex(0)
    return try FaultServer { connection in
      while connection.readRequest() != nil {
        let number = count.withLock { count in
          count += 1
          return count
        }
        connection.answer(status(number), body: "{}")
      }
    }
  }

  private func load(
    _ server: FaultServer, _ arguments: [String], in folder: TemporaryFolder
  ) async throws -> CupelBinary.Run {
    try "{}".write(toFile: folder.path + "/body.json", atomically: true, encoding: .utf8)
    return try await CupelBinary.run(
      ["endpoint", "load", server.url("/score"), "--warmup", "0s"] + arguments, in: folder.path)
  }

  @Test func theHistogramIsShownAndSaved() async throws {
    let server = try server { _ in "200 OK" }
    defer { server.stop() }
    let folder = try TemporaryFolder()
    let run = try await load(
      server, ["--body", "body.json", "--concurrency", "2", "--requests", "400", "--hdr", "logs/run.hlog"], in: folder)
    #expect(run.exitCode == 0, "\(run.output)\(run.error)")
    #expect(run.output.hasPrefix("400 requests, "))
    for word in ["min ", "p50 ", "p99 ", "max ", "█", "answers by status: 200: 400", "closed model: 2 connections"] {
      #expect(run.output.contains(word), "\(run.output)")
    }
    #expect(run.output.split(separator: "\n").allSatisfy { $0.count <= 120 })
    let log = try String(contentsOfFile: folder.path + "/logs/run.hlog", encoding: .utf8)
    #expect(log.contains("HISTFAAA"))
    #expect(log.contains("Tag=service,"))
  }

  @Test func errorsAreAFailure() async throws {
    let server = try server { $0 % 3 == 0 ? "503 x" : "200 OK" }
    defer { server.stop() }
    let run = try await load(server, ["--rate", "1000", "--requests", "30"], in: try TemporaryFolder())
    #expect(run.exitCode == 1, "\(run.output)\(run.error)")
    #expect(run.error.contains("failed: 10 of 30 requests had no good answer"), "\(run.error)")
    #expect(run.error.contains("curl -sS -i \(server.url("/score"))"), "\(run.error)")
  }

  @Test func nobodyThereIsAnError() async throws {
    let port = try FaultServer.closedPort()
    let run = try await CupelBinary.run(
      ["endpoint", "load", "http://127.0.0.1:\(port)", "--rate", "10/s"], in: "/tmp")
    #expect(run.exitCode == 3, "\(run.output)\(run.error)")
    #expect(run.error.contains("refused the connection"), "\(run.error)")
    #expect(run.output.isEmpty)
  }

  @Test(arguments: [
    ["--rate", "fast"], ["--rate", "0/s"], ["--concurrency", "0"], ["--arrivals", "poisson"], ["--duration", "10"],
    ["--body", "nowhere.json"], ["--body", "/", "--rate", "1/s"], ["--protocol", "soap"],
  ])
  func mistakesAreUsageErrors(_ arguments: [String]) async throws {
    let run = try await CupelBinary.run(["endpoint", "load", "http://127.0.0.1:9"] + arguments, in: "/tmp")
    #expect(run.exitCode == 2, "\(run.output)\(run.error)")
    #expect(run.error.contains("Error: "), "\(run.error)")
  }
}
