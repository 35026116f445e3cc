import DataChecks
import EndpointChecks
import ModelChecks
import TestSupport
import Testing
import Verdict

/// A check is one file and one line in a registry; neither stands without the other.
@Suite struct RegistryTests {
  /// The types that the files of a folder are named after, when their names end like this.
  private func types(in folder: String, ending: String) -> Set<String> {
    let files = Repository.files(below: folder, suffix: ending + ".swift")
    return Set(files.map { String(($0.split(separator: "/").last ?? "").dropLast(6)) })
  }

  @Test func columnChecksAreRegistered() {
    let registered = DataCheckRegistry.columnChecks.map { "\($0)" }
    #expect(Set(registered) == types(in: "Sources/DataChecks/Columns", ending: "Check"))
  }

  @Test func tableChecksAreRegistered() {
    let registered = DataCheckRegistry.tableChecks.map { "\($0)" }
    #expect(Set(registered) == types(in: "Sources/DataChecks/Tables", ending: "Check"))
  }

  @Test func gatesAreRegistered() {
    let registered = Set(GateRegistry.all.map { "\($0)" })
    #expect(registered == types(in: "Sources/ModelChecks/Gates", ending: "Gate").subtracting(["Gate"]))
  }

  @Test func probingChecksAreRegistered() {
    let registered = Set(EndpointRegistry.probingChecks.map { "\($0)" })
    #expect(registered == types(in: "Sources/EndpointChecks/Checks", ending: "Check"))
  }

  @Test func everyKindIsDocumentedOnce() {
    let all =
      DataCheckRegistry.documentation + GateRegistry.documentation + PredictionsCheck.all + [Budget.documentation]
      + EndpointRegistry.documentation
    for suite in Suite.allCases {
      let kinds = all.filter { $0.suite == suite }.map(\.kind)
      #expect(!kinds.isEmpty)
      #expect(Set(kinds).count == kinds.count, "\(suite): a kind is documented twice")
    }
    for documentation in all {
      for text in [documentation.summary, documentation.why, documentation.example, documentation.fix] {
        #expect(!text.isEmpty, "\(documentation.kind) explains itself badly")
      }
    }
  }
}
