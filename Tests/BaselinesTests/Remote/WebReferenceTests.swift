import TestSupport
import Testing
import Verdict

@testable import Baselines

@Suite struct WebReferenceTests {
  private func fetch(_ url: String, environment: [String: String] = [:], limit: Int = 1 << 20) async throws -> Baseline
  {
    try await BaselineReference(url).fetch(in: "", environment: environment, limit: limit)
  }

  private func expect(_ error: RemoteError, from url: String, environment: [String: String] = [:]) async {
    await #expect(throws: BaselineError.remote(error)) { try await fetch(url, environment: environment, limit: 64) }
  }

  @Test(arguments: [
    "https://u:p@host/a.json", "https://", "https:///a", "http://:80/", "http://host/a b", "http://?x", "https://t@h",
  ])
  func refuses(text: String) {
    #expect {
      try BaselineReference(text)
    } throws: { error in
      guard case BaselineError.malformed? = error as? BaselineError else { return false }
      return true
    }
  }

  @Test func theNameHidesTheQuery() throws {
    #expect(try BaselineReference("https://h/a.json").name == "https://h/a.json")
    #expect(try BaselineReference("https://h/a.json?key=s3cret#x").name == "https://h/a.json?…")
  }

  @Test(arguments: [
    ("/champion.json", "text/plain", "champion.json"),
    ("/champion", "application/json; charset=utf-8", "champion.json"),
    ("/m?x=.csv", "application/vnd.metrics+json", "m.json"), ("/m.YAML", "text/plain", "m.YAML"),
    ("/m", "application/yaml", "m.yaml"), ("/m", "text/x-yaml", "m.yaml"), ("/m", "text/csv", "m.csv"),
    ("/m", "application/octet-stream", "m"), ("", "application/json", ".json"),
  ])
  func theEndingOrElseTheMediaTypeNamesTheFormat(path: String, type: String, expected: String) async throws {
    let server = try StubServer(["GET /": .init(type: type, body: "x")])
    let baseline = try await fetch(server.address + path)
    #expect(baseline.path == expected)
    #expect(baseline.bytes == Array("x".utf8))
  }

  @Test func credentialsComeFromTheEnvironment() async throws {
    let server = try StubServer(["GET /": .ok("{}")])
    _ = try await fetch(server.address + "/a.json")
    _ = try await fetch(server.address + "/a.json", environment: ["CUPEL_BASELINE_AUTHORIZATION": "Bearer t0ken"])
    #expect(!server.requests[0].contains("Authorization"))
    #expect(server.requests[1].contains("\r\nAuthorization: Bearer t0ken\r\n"))
  }

  @Test func everyAnswerIsToldApart() async throws {
    let server = try StubServer([
      "GET /401": .init(status: "401 Unauthorized"), "GET /403": .init(status: "403 Forbidden"),
      "GET /404": .init(status: "404 Not Found"), "GET /410": .init(status: "410 Gone"),
      "GET /302": .init(status: "302 Found", headers: "Location: /there\r\n"),
      "GET /500": .init(status: "500 Oops", type: "text/plain", body: "no Bearer t0ken"),
      "GET /page": .init(type: "text/html; charset=utf-8", body: "<html>"),
      "GET /large": .init(body: String(repeating: "x", count: 65)),
    ])
    let variable = "CUPEL_BASELINE_AUTHORIZATION"
    let url = { server.address + "/" + $0 }
    await expect(.unauthorized(sentCredentials: false, variables: variable), from: url("401"))
    await expect(
      .unauthorized(sentCredentials: true, variables: variable), from: url("401"), environment: [variable: "Bearer x"])
    await expect(.forbidden, from: url("403"))
    await expect(.notFound, from: url("404"))
    await expect(.gone, from: url("410"))
    await expect(.redirected(status: 302), from: url("302"))
    await expect(.status(500, "no ***"), from: url("500"), environment: [variable: "Bearer t0ken"])
    await expect(.webPage, from: url("page"))
    await expect(.tooLarge(limit: 64), from: url("large"))
    #expect(!server.calls.contains("GET /there"))
  }

  @Test func onlyWhatIsNotThereIsMissing() throws {
    #expect(BaselineError.remote(.notFound).isMissing && BaselineError.remote(.gone).isMissing)
    #expect(RemoteError.gone.message(for: "the baseline").hasSuffix("(410)"))
    for error: RemoteError in [
      .unauthorized(sentCredentials: true, variables: ""), .forbidden, .redirected(status: 301), .webPage,
      .tooLarge(limit: 1), .status(500, ""),
    ] {
      #expect(!BaselineError.remote(error).isMissing)
      #expect(BaselineError.remote(error).reason == .baseline)
    }
  }

  private func kind(_ body: () async throws -> Void) async -> String {
    do {
      try await body()
      return "nothing was thrown"
    } catch {
      guard case BaselineError.remote(.unreachable(let failure))? = error as? BaselineError else { return "\(error)" }
      #expect(BaselineError.remote(.unreachable(failure)).reason == .transport)
      return failure.kind
    }
  }

  @Test func aServerThatCannotBeReachedIsAnError() async throws {
    let closed = try FaultServer.closedPort()
    #expect(await kind { _ = try await fetch("http://127.0.0.1:\(closed)/a.json") } == "connection-refused")
    #expect(await kind { _ = try await fetch("http://no-such-host.invalid/a.json") } == "could-not-resolve")
    let plain = try FaultServer { $0.answer("400 Bad Request") }
    defer { plain.stop() }
    #expect(await kind { _ = try await fetch(plain.url("/a.json", scheme: "https")) } == "tls")
    let mute = try FaultServer { _ in }
    defer { mute.stop() }
    #expect(await kind { _ = try await fetch(mute.url("/a.json")) } == "connection-reset")
    let silent = try FaultServer { $0.waitForPeerToLeave() }
    defer { silent.stop() }
    let reference = try WebReference(silent.url("/a.json"))
    await #expect {
      try await reference.fetch(environment: [:], limit: 64, timeout: .milliseconds(200))
    } throws: { error in
      guard case RemoteError.unreachable(let failure)? = error as? RemoteError else { return false }
      return failure.kind == "timed-out"
    }
  }
}
