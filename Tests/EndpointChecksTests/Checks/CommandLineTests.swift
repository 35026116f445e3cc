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
