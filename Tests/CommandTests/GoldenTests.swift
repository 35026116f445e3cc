import Foundation
import TestSupport
import Testing
import XML

/// A folder a case: `command` (the arguments, one a line), the files it works on, and what must come of it: `stdout`,
/// `stderr` when there is some, `exit`, and `report.xml` when the command writes one.
///
/// `CUPEL_RECORD_GOLDENS=1` writes what came instead of comparing; the difference is then read in git.
@Suite struct GoldenTests {
  static let folder = Repository.root + "/Tests/CommandTests/Cases"
  static let cases = ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).sorted()
  static let isRecording = ProcessInfo.processInfo.environment["CUPEL_RECORD_GOLDENS"] == "1"

  @Test func thereAreCases() { #expect(Self.cases.count >= 20) }

  @Test(arguments: cases)
  func commandGivesWhatIsExpected(name: String) async throws {
    let golden = Self.folder + "/" + name
    let work = try TemporaryFolder()
    let inputs = golden + "/input"
    try FileManager.default.copyItem(
      atPath: FileManager.default.fileExists(atPath: inputs) ? inputs : golden, toPath: work.path + "/case")
    let arguments = try String(contentsOfFile: golden + "/command", encoding: .utf8)
      .split(separator: "\n").map(String.init)
    let run = try await CupelBinary.run(arguments, in: work.path + "/case")
    try compare(run.output, with: golden + "/stdout")
    try compare(run.error, with: golden + "/stderr")
    try compare("\(run.exitCode)\n", with: golden + "/exit")
    if work.exists("case/report.xml") {
      let report = try work.text("case/report.xml")
      try compare(report, with: golden + "/report.xml")
      let schema = Array(try Repository.text("rules/junit.xsd").utf8)
      try XMLSchemaValidator(xsd: schema).validate(Array(report.utf8))
    }
  }

  private func compare(_ found: String, with path: String) throws {
    let expected = (try? String(contentsOfFile: path, encoding: .utf8)) ?? ""
    guard Self.isRecording else {
      #expect(found == expected, "\(path)")
      return
    }
    if found.isEmpty {
      try? FileManager.default.removeItem(atPath: path)
    } else {
      try found.write(toFile: path, atomically: true, encoding: .utf8)
    }
  }
}
