import DataChecks
import FoundationEssentials
import Testing
import Verdict

@Suite struct RegistryTests {
  private static let sources = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "Sources/DataChecks")

  /// A check in a file of its own that nobody registered would be dead code with a test.
  @Test(arguments: ["Columns", "Tables"])
  func everyCheckIsRegistered(folder: String) throws {
    let files = try FileManager.default.contentsOfDirectory(atPath: Self.sources.appending(path: folder).path())
    let types = Set(files.filter { $0.hasSuffix("Check.swift") }.map { String($0.dropLast(".swift".count)) })
    let registered =
      folder == "Columns"
      ? DataCheckRegistry.columnChecks.map { "\($0)" } : DataCheckRegistry.tableChecks.map { "\($0)" }
    #expect(Set(registered) == types)
    #expect(registered.count == types.count)
  }

  @Test(arguments: DataCheckRegistry.documentation)
  func everyCheckExplainsItself(documentation: CheckDocumentation) {
    #expect(documentation.suite == .data)
    for text in [documentation.summary, documentation.why, documentation.fix] {
      #expect(text.hasSuffix("."), "\(text)")
      #expect(text.count > 10)
    }
    // What nobody writes has no key of its own.
    if !["present", "readable"].contains(documentation.kind) {
      #expect(documentation.example.contains(documentation.kind + ":"))
    }
  }

  @Test func kindsDiffer() {
    let kinds = DataCheckRegistry.documentation.map(\.kind)
    #expect(Set(kinds).count == kinds.count)
  }

  /// Every column check is held to the laws of values or has tests of its own.
  @Test func everyColumnCheckIsTested() {
    let own: Set<String> = [
      "type", "required", "missing", "unique", "distinct", "median", "quantile", "min", "max", "range", "iqr", "mean",
      "sum", "std", "variance", "skew", "kurtosis", "entropy", "most_common",
      "values", "increasing", "decreasing",
      "sequential", "length_outliers", "spellings", "special_characters", "truncated", "occurring_once",
      "freshness", "gaps", "references", "anomaly",
      "castable", "stored_as", "absent", "deprecated", "mixed_types", "null_spellings", "shape",
    ]
    let kinds = Set(DataCheckRegistry.columnChecks.map { $0.kind })
    #expect(Set(ValueCheckCase.all.map(\.kind)).union(own) == kinds)
  }
}
