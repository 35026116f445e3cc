import Foundation
import TestSupport

/// A gate of endpoints, run as a user runs it, and what its JUnit report says of each check.
struct ServingGate {
  let work: TemporaryFolder

  init() throws { work = try TemporaryFolder() }

  /// What came of a run.
  struct Result {
    var exitCode: Int32
    /// What it printed, for the message of a test that fails.
    var text: String
    /// `passed`, `failure`, `error` or `skipped`, by `endpoint.check`.
    var outcomes: [String: String]

    /// The checks with one outcome, of those whose names begin like this.
    func checks(_ outcome: String, of prefix: String) -> Set<String> {
      Set(
        outcomes.filter { $0.value == outcome && $0.key.hasPrefix(prefix) }.map {
          String($0.key.dropFirst(prefix.count))
        })
    }
  }

  /// Runs the config of some endpoints.
  func run(_ endpoints: String) async throws -> Result {
    try work.write("version: 1\nendpoints:\n" + endpoints, to: "cupel.yaml")
    return try await cupel(["run"])
  }

  /// Runs `cupel` in the folder.
  func cupel(_ arguments: [String], environment: [String: String] = [:]) async throws -> Result {
    // A server written in Python may take minutes to start where much else is installed and run.
    let run = try await CupelBinary.command(
      [CupelBinary.folder + "/cupel"] + arguments + ["--report", "junit=report.xml"], in: work.path,
      environment: environment, timeout: .seconds(600))
    return Result(
      exitCode: run.exitCode, text: run.output + run.error, outcomes: Self.outcomes(try work.text("report.xml")))
  }

  /// The cases of a JUnit report by name, each with what failed or errored.
  private static func outcomes(_ junit: String) -> [String: String] {
    var found: [String: String] = [:]
    for part in junit.components(separatedBy: "<testcase ").dropFirst() {
      func attribute(_ name: String, in text: String) -> String {
        text.components(separatedBy: " \(name)=\"").dropFirst().first?.components(separatedBy: "\"").first ?? ""
      }
      let body = part.components(separatedBy: "</testcase>")[0]
      let scope = attribute("classname", in: " " + body).replacing("cupel.endpoints.", with: "")
      let verdict = ["failure", "error", "skipped"].first { body.contains("<\($0)") }
      found[scope + "." + attribute("name", in: " " + body)] = verdict ?? "passed"
    }
    return found
  }
}
