import Foundation
import Processes
import Testing
import Transport

/// The program itself: what it prints, and how it ends.
@Suite struct SampleEndpointTests {
  @Test(arguments: [SIGTERM, SIGINT])
  func servesAndStops(signal: Int32) async throws {
    try await SampleServer.run(arguments: ["--name", "late"]) { server, url, client in
      let response = try await client.send(HTTPRequest(url: url + "/v2/models/late/ready"))
      #expect(response.status == 200)
      // The client's connection is still open.
      kill(server.pid, signal)
      #expect(await server.waitForExit() == .exited(status: 0))
      #expect(server.logTail.lines.count == 1)
    }
  }

  @Test func refusesWhatItCannotServe() async throws {
    let output = try await Command.capture([SampleServer.program, "--model", "/no/such/model.json"])
    #expect(!output.exit.isSuccess)
    #expect(String(decoding: output.standardError, as: UTF8.self).contains("/no/such/model.json"))
  }

  @Test func aTakenPortIsAnError() async throws {
    try await SampleServer.run { server, url, _ in
      let port = try #require(url.split(separator: ":").last.map(String.init))
      let arguments = Array(server.command.argv.dropFirst()) + ["--port", port]
      let output = try await Command.capture([SampleServer.program] + arguments)
      #expect(!output.exit.isSuccess)
    }
  }
}
