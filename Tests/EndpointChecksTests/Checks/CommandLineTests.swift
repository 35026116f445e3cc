import Language
import Testing
import Verdict

@testable import EndpointChecks

/// The endpoint that a command line names: the same language, with the same mistakes.
@Suite struct CommandLineTests {
  private func subject(_ line: EndpointSubject.CommandLine) -> (subject: EndpointSubject?, problems: Problems) {
    var problems = Problems()
    let subject = EndpointSubject.unconfigured(line, EndpointFolders(config: ""), &problems)
    return (problems.isEmpty ? subject : nil, problems)
  }

  private func kinds(_ line: EndpointSubject.CommandLine) -> [String] {
    var kinds: [String] = []
    for check in subject(line).subject?.checks ?? [] where !kinds.contains(check.kind) { kinds.append(check.kind) }
    return kinds
  }

  @Test func whatAProtocolTellsIsAskedFor() {
    let url = "http://127.0.0.1:8080"
    #expect(
      kinds(.init(url: url, protocolName: "open-inference-v2", model: "m")) == [
        "contract", "outputs", "consistency", "rejects",
      ])
    #expect(
      kinds(.init(url: url, protocolName: "mlflow", rules: "rules.yaml")) == ["outputs", "consistency", "rejects"])
    let full = subject(
      .init(url: url, protocolName: "tf-serving", model: "m", version: "2", rules: "r.yaml", rows: "rows.csv"))
    #expect(
      full.subject?.checks.filter { $0.kind == "contract" }.map(\.id.check) == [
        "model", "version", "inputs", "wrong-version",
      ])
  }

  @Test func everyProtocolHasAName() {
    for name in EndpointSubject.protocolNames where name != "http" {
      let preset = ProtocolName(rawValue: name)?.preset
      let line = EndpointSubject.CommandLine(
        url: "http://127.0.0.1:1", protocolName: name, model: preset?.asksForModel == true ? "m" : nil)
      #expect(subject(line).subject != nil, "\(name): \(subject(line).problems.diagnostics.map(\.headline))")
    }
  }

  // MARK: - Credentials

  private static let token = "t0ken-in-the-environment"

  private func credentials(
    bearer: String? = nil, basic: String? = nil, headers: [(name: String, variable: String)] = [],
    key: String? = nil
  ) -> EndpointCredentials {
    EndpointCredentials(
      bearer: bearer, basic: basic, headers: headers, ca: nil, certificate: nil, key: key,
      environment: ["TOKEN": Self.token, "USER_PASSWORD": "ann:pass:word", "EMPTY": "", "LINES": "a\nb"])
  }

  @Test func credentialsComeFromTheEnvironmentAndAreNeverShown() async throws {
    let cases: [(EndpointCredentials, header: String)] = [
      (credentials(bearer: "TOKEN"), "Authorization: Bearer \(Self.token)\r\n"),
      // ann:pass:word
      (credentials(basic: "USER_PASSWORD"), "Authorization: Basic YW5uOnBhc3M6d29yZA==\r\n"),
      (credentials(headers: [("X-Tenant", "TOKEN")]), "X-Tenant: \(Self.token)\r\n"),
    ]
    for (credentials, header) in cases {
      let server = try ScriptedServer { .reply("\($0.head)\r\n".contains(header) ? 500 : 401, "\($0.head)") }
      let line = EndpointSubject.CommandLine(
        url: server.url, protocolName: "kserve-v1", model: "m", credentials: credentials)
      let asked = try #require(subject(line).subject)
      let findings = await asked.evaluate(.everything, in: .testing)
      #expect(!findings.isEmpty && !server.requests.isEmpty)
      #expect(server.requests.allSatisfy { "\($0.head)\r\n".contains(header) })
      #expect(!findings.allText.contains(Self.token) && !findings.allText.contains("pass:word"))
      #expect(!findings.allText.contains("YW5uOnBhc3M6d29yZA=="))
      #expect(credentials.secrets.contains { header.contains($0) || $0.contains("pass:word") })
    }
  }

  @Test func credentialsThatCannotBeHadAreSaidWithoutThem() {
    func headlines(_ credentials: EndpointCredentials) -> [String] {
      subject(.init(url: "http://a", protocolName: "mlflow", credentials: credentials)).problems.diagnostics.map(
        \.headline)
    }
    let unset = "the environment variable that --bearer-env names is not set"
    #expect(headlines(credentials(bearer: "NO_SUCH")) == [unset + ": NO_SUCH"])
    #expect(headlines(credentials(bearer: "EMPTY")) == [unset + ": EMPTY"])
    // The secret itself in the place of a name is not repeated.
    #expect(headlines(credentials(bearer: "eyJhbGciOi.x-y")) == [unset])
    #expect(
      headlines(credentials(basic: "TOKEN")) == ["the variable that --basic-env names does not hold user:password"])
    #expect(headlines(credentials(bearer: "LINES"))[0].contains("a line break"))
    #expect(headlines(credentials(headers: [("X Y", "TOKEN")]))[0].contains("not a name that HTTP allows"))
    #expect(headlines(credentials(bearer: "TOKEN", basic: "USER_PASSWORD"))[0].contains("auth is one of"))
    #expect(headlines(credentials(key: "key.pem")) == ["a private key needs its certificate"])
    #expect(headlines(credentials(bearer: "TOKEN")) == [])
  }

  @Test func mistakesAreThoseOfTheConfig() {
    func headlines(_ line: EndpointSubject.CommandLine) -> String {
      subject(line).problems.diagnostics.map(\.headline).joined(separator: "\n")
    }
    #expect(headlines(.init(url: "127.0.0.1", protocolName: "mlflow")).contains("the url has no scheme"))
    #expect(headlines(.init(url: "http://a", protocolName: "grpc")).contains("is not one of"))
    #expect(headlines(.init(url: "http://a", protocolName: "kserve-v1")).contains("names its model"))
    #expect(headlines(.init(url: "http://a", protocolName: "mlflow", model: "m")).contains("knows no models"))
    #expect(headlines(.init(url: "http://a", protocolName: "http")).contains("does not say how rows are sent"))
  }
}
