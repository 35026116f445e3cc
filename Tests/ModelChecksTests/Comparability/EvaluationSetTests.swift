import JSON
import Language
import Scan
import TestSupport
import Testing
import Verdict

@testable import ModelChecks

/// What stands for the rows that a model was judged on.
@Suite struct EvaluationSetTests {
  private static func set(_ csv: String, id: [String] = ["id"], sensitive: [String] = []) async throws -> EvaluationSet
  {
    let folder = try TemporaryFolder()
    try folder.write(csv, to: "eval.csv")
    let place = SourceLocation(file: "cupel.yaml", line: 1, column: 1)
    let declared = EvaluationSetDeclaration(
      data: Located("eval.csv", at: place), id: id.map { Located($0, at: place) }, label: Located("y", at: place),
      sensitive: sensitive)
    let context = RunContext(workingDirectory: folder.path, environment: [:], now: 0)
    return try await declared.load(context).get()
  }

  @Test func theOrderOfRowsWithIdsDoesNotCount() async throws {
    let one = try await Self.set("id,y\na,0\nb,1\nc,1\n")
    let other = try await Self.set("id,y\nc,1\na,0\nb,1\n")
    #expect(other == one)
    #expect(one.rows == 3 && one.labels == ["0", "1"] && one.digest.count == 32)
  }

  @Test func theOrderOfRowsWithoutIdsDoes() async throws {
    let (one, other) = (try await Self.set("y\n0\n1\n1\n", id: []), try await Self.set("y\n1\n0\n1\n", id: []))
    #expect(one != other)
  }

  /// Every one of these is another evaluation set.
  @Test(arguments: [
    "id,y\na,0\nb,1\n", "id,y\na,0\nb,1\nd,1\n", "id,y\na,1\nb,1\nc,0\n", "id,y\na,0\nb,1\nb,1\n",
    "id,y\na,0\nb,1\nc,2\n", "id,y\na,0\nb,1\nc,1\nc,1\n",
  ])
  func whatChangesIsNoticed(csv: String) async throws {
    let before = try await Self.set("id,y\na,0\nb,1\nc,1\n")
    let after = try await Self.set(csv)
    #expect(before.digest != after.digest)
    #expect(before.difference(from: after) != nil)
  }

  /// A data frame writes integers as decimals once a value is missing elsewhere.
  @Test func howNumbersAreWrittenDoesNotCount() async throws {
    let (one, other) = (try await Self.set("id,y\n1,0\n2,1\n"), try await Self.set("id,y\n1,0.0\n2,1.0\n"))
    #expect(one == other)
  }

  @Test func hiddenLabelsAreNotListed() async throws {
    let set = try await Self.set("id,y\na,ill\nb,well\n", sensitive: ["y"])
    #expect(set.labels == nil)
    #expect(!JSONWriter.compact.string(set.json).contains("ill"))
  }

  @Test func itIsWrittenAndReadBack() async throws {
    for set in [
      EvaluationSet(rows: 3, labels: ["a", "b"], digest: "0f"), EvaluationSet(rows: 0, labels: nil, digest: ""),
    ] {
      #expect(EvaluationSet(json: set.json) == set)
    }
    for json in ["{}", "{\"rows\": -1, \"digest\": \"a\"}", "{\"rows\": 1}"] {
      #expect(EvaluationSet(json: try JSONParser.parse(Array(json.utf8))) == nil)
    }
  }

  @Test func theDifferenceIsSaidInWords() {
    let set = EvaluationSet(rows: 2000, labels: ["0", "1"], digest: "a")
    #expect(
      set.difference(from: EvaluationSet(rows: 2100, labels: ["0", "1"], digest: "b")) == "2,000 rows instead of 2,100")
    #expect(
      set.difference(from: EvaluationSet(rows: 2000, labels: ["0", "2"], digest: "b"))
        == "the labels 0, 1 instead of 0, 2")
    #expect(
      set.difference(from: EvaluationSet(rows: 2000, labels: nil, digest: "b")) == "2,000 rows with other ids or labels"
    )
    #expect(set.difference(from: set) == nil)
  }
}
