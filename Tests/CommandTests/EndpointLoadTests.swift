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

  /// A part of a load is no baseline: what was recorded before stays, and the rate is that of the measured time.
  @Test(arguments: [("INT", Int32(130)), ("TERM", Int32(143))])
  func anInterruptedLoadLeavesWhatWasRecorded(signal: String, code: Int32) async throws {
    let folder = try TemporaryFolder()
    let server = try server { number in
      // By then the load is under way.
      if number == 50 { FileHandle(forWritingAtPath: folder.path + "/started")?.write(Data("yes\n".utf8)) }
      return "200 OK"
    }
    defer { server.stop() }
    try folder.write("what was recorded before\n", to: "run.hlog")
    let script = """
      mkfifo started
      "\(CupelBinary.folder)/cupel" endpoint load \(server.url("/score")) --warmup 0s --duration 1h --hdr run.hlog &
      load=$!
      read word < started
      kill -\(signal) $load
      wait $load
      """
    let run = try await CupelBinary.command(["bash", "-c", script], in: folder.path, timeout: .seconds(60))
    #expect(run.exitCode == code, "\(run.output)\(run.error)")
    #expect(try folder.text("run.hlog") == "what was recorded before\n")
    #expect(run.error.contains("interrupted: run.hlog was not written"), "\(run.error)")
    let words = run.output.split(separator: " ").map { $0.filter { $0 != "," } }
    try #require(words.count > 2, "\(run.output)")
    let (count, rate) = (Double(words[0]) ?? 0, Double(words[2]) ?? 0)
    #expect(count > 0 && words[1] == "requests", "\(run.output)")
    // It took less than the minute after which this test would have ended it, and far less than an hour.
    #expect(rate * 60 > count * 0.999, "\(run.output)")
  }

  @Test func firstTokensAreShown() async throws {
    let server = try FaultServer { connection in
      while let request = connection.readRequest() {
        let events = #"data: {"choices":[{"index":0,"delta":{"content":"x"}}]}"# + "\n\ndata: [DONE]\n\n"
        if request.contains(#""stream":true"#) {
          connection.answer(headers: "Content-Type: text/event-stream\r\n", body: events)
        } else {
          connection.answer(body: #"{"choices":[{"index":0,"message":{"content":"x"}}]}"#)
        }
      }
    }
    defer { server.stop() }
    let folder = try TemporaryFolder()
    try folder.write("prompt\nHi\n", to: "prompts.csv")
    let arguments = [
      "endpoint", "load", "http://127.0.0.1:\(server.port)", "--warmup", "0s", "--requests", "50", "--ttft",
    ]
    let run = try await CupelBinary.run(
      arguments + ["--protocol", "openai", "--model", "m", "--rows", "prompts.csv"], in: folder.path)
    #expect(run.exitCode == 0, "\(run.output)\(run.error)")
    #expect(run.output.contains("time to first token: p50 "), "\(run.output)")
    let plain = try await CupelBinary.run(arguments, in: folder.path)
    #expect(plain.exitCode == 2, "\(plain.output)\(plain.error)")
    #expect(plain.error.contains("does not say how answers are streamed"), "\(plain.error)")
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
    ["--body", "nowhere.json"], ["--check", "busy"], ["--rate", "1/s..fast"], ["--body", "/", "--rate", "1/s"],
    ["--protocol", "soap"],
  ])
  func mistakesAreUsageErrors(_ arguments: [String]) async throws {
    let run = try await CupelBinary.run(["endpoint", "load", "http://127.0.0.1:9"] + arguments, in: "/tmp")
    #expect(run.exitCode == 2, "\(run.output)\(run.error)")
    #expect(run.error.contains("Error: "), "\(run.error)")
  }

  @Test func aRateMayRise() async throws {
    let server = try server { _ in "200 OK" }
    defer { server.stop() }
    let run = try await load(server, ["--rate", "100/s..2000", "--requests", "50"], in: try TemporaryFolder())
    #expect(run.exitCode == 0, "\(run.output)\(run.error)")
    #expect(run.output.contains("100/s to 2000/s"), "\(run.output)")
  }

  /// The load of a config is recorded, and the next run is compared with it.
  @Test func aRecordedRunIsTheBaselineOfTheNext() async throws {
    let server = try server { _ in "200 OK" }
    defer { server.stop() }
    let folder = try TemporaryFolder()
    _ = try folder.write(
      """
      version: 1
      endpoints:
        api:
          url: \(server.url(""))
          checks:
            - request: {path: /score}
            - latency: {id: quick, p50: {at_most: 1h}, concurrency: 1, requests: 50, warmup: 0s}
            - latency:
                id: compared
                p50: {max_regression: 1h absolute}
                mean: {max_regression: 0ms absolute}
                baseline: baselines/run.hlog
                concurrency: 1
                requests: 50
                warmup: 0s

      """, to: "cupel.yaml")
    let before = try await CupelBinary.run(["run", "--only", "endpoints.api.compared"], in: folder.path)
    #expect(before.exitCode == 3, "\(before.output)\(before.error)")
    let recording = try await CupelBinary.run(
      ["endpoint", "load", "api", "--check", "compared", "--hdr", "baselines/run.hlog"], in: folder.path)
    #expect(recording.exitCode == 0, "\(recording.output)\(recording.error)")
    #expect(recording.output.hasPrefix("50 requests, "))
    let after = try await CupelBinary.run(["run", "--only", "endpoints.api.compared"], in: folder.path)
    #expect(!after.output.contains("cannot be read"), "\(after.output)")
    let passing = try await CupelBinary.run(
      ["run", "--only", "endpoints.api.compared.p50-regression"], in: folder.path)
    #expect(passing.exitCode == 0, "\(passing.output)\(passing.error)")

    for (arguments, words) in [
      (["api"], "choose one by --check: quick, compared"), (["api", "--check", "slow"], "it has quick, compared"),
      (["apo"], "Did you mean api?"), (["api", "--rate", "1/s"], "stands in the config"),
    ] {
      let mistake = try await CupelBinary.run(["endpoint", "load"] + arguments, in: folder.path)
      #expect(mistake.exitCode == 2)
      #expect(mistake.error.contains(words), "\(mistake.error)")
    }
  }
}
