import TestSupport
import Testing

/// Through a pipe the rows that name the columns are gone when a later one brings another column.
@Suite struct LateColumnsTests {
  private static let rows = "(yes '{\"a\":1}' | head -n 1100000; echo '{\"a\":1,\"b\":2}')"

  private static func run(_ command: String, in folder: TemporaryFolder) async throws -> CupelBinary.Run {
    try await CupelBinary.command(["sh", "-c", command], in: folder.path)
  }

  @Test(arguments: [
    "\(rows) | cupel data check - --rules rules.yaml", "\(rows) > pipe & cupel data check pipe --rules rules.yaml",
  ])
  func aRuleForALateColumnOfAStreamIsAnError(command: String) async throws {
    let folder = try TemporaryFolder()
    for columns in ["b: {type: integer}", "b: {type: integer, optional: true}"] {
      try folder.write("columns: {a: {}, \(columns)}\n", to: "rules.yaml")
      let run = try await Self.run("mkfifo pipe 2>&-; \(command)", in: folder)
      #expect(run.exitCode == 3, "\(run.output)")
      #expect(run.output.contains("\"b\" first occurs in line 1100001"), "\(run.output)")
    }
  }

  /// No rule names it and none forbids it, and still it is not passed over in silence.
  @Test func readableNotesWhatIsNotRead() async throws {
    let folder = try TemporaryFolder()
    try folder.write("columns: {a: {}}\n", to: "rules.yaml")
    let run = try await Self.run(
      "\(Self.rows) > rows; cupel data check rows --rules rules.yaml --report json=r.json", in: folder)
    #expect(run.exitCode == 0, "\(run.output)")
    #expect(try folder.text("r.json").contains("not read: the column \\\"b\\\" first occurs in line 1100001 of rows"))
  }

  @Test func aProfileSaysWhatItLeavesOut() async throws {
    let folder = try TemporaryFolder()
    let words = "left out, for they first occur behind the first 8 MiB: \"b\""
    #expect(try await Self.run("\(Self.rows) | cupel data show -", in: folder).output.contains(words))
    let saved = try await Self.run(
      "\(Self.rows) | cupel data profile - -o p.json && cupel data show p.json", in: folder)
    #expect(saved.output.contains(words))
    // A file is read again instead.
    let read = try await Self.run("\(Self.rows) > rows; cupel data show rows", in: folder)
    #expect(read.output.contains("1,100,001 rows, 2 columns") && !read.output.contains("left out"))
  }

  /// A check of every column passes nothing when it has not read them all, whatever rows it speaks of; of a file it reads
  /// them all.
  @Test(arguments: ["where: a = 1", "group_by: a"])
  func aCheckOfAllColumnsSaysThatItHasNotReadThem(scope: String) async throws {
    let folder = try TemporaryFolder()
    let rows = "(yes '{\"a\":1}' | head -n 1100000; echo '{\"a\":2,\"b\":2}')"
    for rule in [
      "complete_rows: {at_least: 0%, \(scope)}", "empty_rows: {at_most: 0 rows, \(scope)}",
      "duplicate_rows: {at_most: 100%, \(scope)}",
    ] {
      try folder.write("\(rule)\n", to: "rules.yaml")
      let file = try await Self.run("\(rows) > rows; cupel data check rows --rules rules.yaml", in: folder)
      #expect(file.exitCode == 0, "\(file.output)")
      let run = try await Self.run("\(rows) | cupel data check - --rules rules.yaml", in: folder)
      #expect(run.exitCode == 3, "\(run.output)")
      #expect(run.output.contains("not every column of the table is read"), "\(run.output)")
      #expect(run.output.contains("\"b\" first occurs in line 1100001"), "\(run.output)")
    }
  }

  /// Two tables that differ in a column of their last rows alone are not the same, for no check of all columns.
  @Test func tablesThatDifferInALateColumnDiffer() async throws {
    let folder = try TemporaryFolder()
    let pad = String(repeating: "x", count: 100)
    let rows = (0..<90_000).map { "{\"id\":\($0),\"pad\":\"\(pad)\"}\n" }.joined()
    for (name, late) in [("a", ",\"late\":1"), ("b", ",\"late\":2"), ("d", "")] {
      try folder.write(rows + "{\"id\":-1\(late)}\n", to: "\(name).jsonl")
    }
    try folder.write(
      """
      version: 1
      data:
        a:
          source: a.jsonl
          same_rows_as: {dataset: b, key: [id]}
          serving_skew: {against: b, on: [id]}
          row_overlap: {with: b, allow: 90000 rows}
        b: {source: b.jsonl}
        d: {source: d.jsonl, schema_as: a}

      """, to: "cupel.yaml")
    let run = try await Self.run("cupel run --report json=r.json", in: folder)
    #expect(run.exitCode == 1, "\(run.output)\(run.error)")
    #expect(run.output.contains("failed: same_rows_as: 1 of "), "\(run.output)")
    #expect(run.output.contains("failed: late.serving_skew"), "\(run.output)")
    #expect(run.output.contains("failed: schema_as: ") && run.output.contains("\"late\""), "\(run.output)")
    #expect(!run.output.contains("failed: row_overlap"), "\(run.output)")
  }
}
