import TestSupport
import Testing

@testable import Scan

@Suite struct DuplicateKeysTests {
  private static func keys(
    _ columns: [(name: String, values: [String?])], _ resources: ScanResources = ScanResources()
  ) async throws -> DuplicateKeys {
    let parts = TestTable(columns: columns).batches(of: 3).map { [$0] }
    return try await DuplicateKeys.Specification(columns.map(\.name)).summary(of: parts, resources)
  }

  @Test func agreesWithASet() async throws {
    var generator = SeededGenerator(seed: 14)
    for _ in 0..<300 {
      let values = (0..<50).map { _ in
        ["a", "b", "1", "01", "", "é", "e\u{301}", nil].randomElement(using: &generator) ?? nil
      }
      let summary = try await Self.keys([("k", values)]).summary
      let present = values.compactMap { $0.map { Array($0.utf8) } }
      #expect(summary.rows == 50)
      #expect(summary.nulls == 50 - present.count)
      #expect(summary.evaluated == present.count)
      #expect(summary.violating == present.count - Set(present).count)
    }
  }

  @Test func fieldsDoNotRunIntoEachOther() async throws {
    #expect(try await Self.keys([("a", ["a", "ab", ""]), ("b", ["bc", "c", "abc"])]).summary.violating == 0)
    #expect(try await Self.keys([("a", ["a", "a"]), ("b", ["b", "b"])]).summary.violating == 1)
  }

  @Test func aRowThatLacksAPartHasNoKey() async throws {
    let summary = try await Self.keys([("a", ["1", "1", nil, "1"]), ("b", [nil, nil, "2", "2"])]).summary
    #expect(summary.nulls == 3)
    #expect(summary.violating == 0)
  }

  @Test func samplesNameBothLines() async throws {
    let summary = try await Self.keys([("k", ["x", "y", "x", "x", "y"])]).summary
    #expect(summary.first.map(\.place.number) == [4, 5, 6])
    #expect(
      summary.first.map { [$0.values[0], "\($0.earlier?.number ?? 0)"] } == [["x", "2"], ["x", "2"], ["y", "3"]])
  }

  /// With hardly any memory everything goes to disk, and is looked through in many parts.
  @Test(arguments: [1, 10_000, 300_000, 256 << 20])
  func theMemoryDoesNotMatter(memory: Int) async throws {
    var generator = SeededGenerator(seed: 15)
    let values = (0..<20_000).map { _ in "key \(Int.random(in: 0..<15_000, using: &generator))" }
    let expected = try await Self.keys([("k", values)]).summary
    let found = try await Self.keys([("k", values)], ScanResources(memory: memory)).summary
    #expect(found == expected)
    #expect(expected.violating == values.count - Set(values).count)
  }

  // MARK: - Values that fill a batch

  /// Equal keys of a batch share a record, and nothing else is said of them: not the counts, not the first rows, not how
  /// often each comes.
  @Test(arguments: [1, 3, 40, 700, 3000, 1_000_000])
  func heavyValuesAreCountedAsOthers(different: Int) async throws {
    for (seed, rowsOfBatch) in [(1, 4096), (2, 1500), (3, 7)] as [(UInt64, Int)] {
      var generator = SeededGenerator(seed: seed + UInt64(different))
      let values = (0..<9000).map { _ -> String? in
        let key = min(
          Int.random(in: 0..<different, using: &generator), Int.random(in: 0..<different, using: &generator))
        return key % 50 == 49 ? nil : "k\(key)"
      }
      let table = TestTable(columns: [("k", values)])
      let batches = table.batches(of: rowsOfBatch)
      func keys(_ details: KeyDetails, memory: Int) async throws -> DuplicateKeys {
        var specification = DuplicateKeys.Specification(["k"])
        specification.details = details
        return try await specification.summary(of: batches.map { [$0] }, ScanResources(memory: memory))
      }
      var firsts: [String: Int] = [:]
      var counts: [String: Int] = [:]
      var repeats: [(row: Int, first: Int)] = []
      for (row, value) in values.enumerated() {
        guard let value else { continue }
        counts[value, default: 0] += 1
        if let first = firsts[value] { repeats.append((row, first)) } else { firsts[value] = row }
      }
      for memory in [1, 256 << 20] {
        let found = try await keys([], memory: memory)
        #expect(found.summary.violating == repeats.count && found.summary.nulls == values.count { $0 == nil })
        #expect(found.repeatedKeys == counts.values.count { $0 > 1 })
        #expect(found.summary.first.map(\.place.number) == repeats.prefix(10).map { table.line(of: $0.row) })
        #expect(found.summary.first.map(\.earlier?.number) == repeats.prefix(10).map { table.line(of: $0.first) })
        // Places are kept in memory, or not at all.
        if memory > 1 {
          let placed = try await keys(.places, memory: memory)
          #expect(placed.summary == found.summary && placed.places.count == repeats.count)
        }
        let frequent = try await keys(.frequencies, memory: memory)
        let most = counts.values.max() ?? 0
        #expect(frequent.greatestCount == most...most)
        #expect(frequent.leaders?.sorted() == counts.filter { $0.value == most }.map(\.key).sorted())
      }
    }
  }

  /// So it is in every group, by itself.
  @Test(arguments: [1, 3, 40, 3000])
  func heavyValuesOfGroupsAreCountedAsOthers(different: Int) async throws {
    var generator = SeededGenerator(seed: 40 + UInt64(different))
    let groups = (0..<9000).map { _ in "g\(min(Int.random(in: 0..<4, using: &generator), 2))" }
    let values = groups.map { group -> String? in
      let key = Int.random(in: 0..<(group == "g0" ? 1 : different), using: &generator)
      return key % 50 == 49 ? nil : "k\(key)"
    }
    let table = TestTable(columns: [("g", groups), ("k", values)])
    func keys(_ details: KeyDetails, memory: Int) async throws -> GroupedKeys<DuplicateKeys.Specification> {
      var base = DuplicateKeys.Specification(["k"])
      base.details = details
      let specification = GroupedKeys.Specification(base: base, scope: RowScope(by: ["g"]))
      return try await specification.summary(
        of: table.batches(of: 2000).map { [$0] }, ScanResources(memory: memory))
    }
    let placed = try await keys(.places, memory: 256 << 20)
    for memory in [1, 256 << 20] {
      let (folded, frequent) = (try await keys([], memory: memory), try await keys(.frequencies, memory: memory))
      #expect(folded.groups == Set(groups).sorted().map { RowGroup([$0]) })
      for group in folded.groups {
        let found = try #require(folded.result(of: group) as? DuplicateKeys)
        let expected = try #require(placed.result(of: group) as? DuplicateKeys)
        #expect(found.summary == expected.summary && found.repeatedKeys == expected.repeatedKeys, "\(group)")
        let own = zip(groups, values).filter { group == RowGroup([$0.0]) }.compactMap(\.1)
        let counts = Dictionary(own.map { ($0, 1) }, uniquingKeysWith: +)
        #expect(found.summary.violating == own.count - counts.count)
        let most = counts.values.max() ?? 0
        let counted = try #require(frequent.result(of: group) as? DuplicateKeys)
        #expect(counted.greatestCount == most...most)
        #expect(counted.leaders?.sorted() == counts.filter { $0.value == most }.map(\.key).sorted())
      }
    }
  }

  @Test func aHeavyValueOfAGroupTakesNoMemory() {
    let batch = TestTable(columns: [("k", [String](repeating: "the same", count: 8192))]).batch(0..<8192)
    var records = BatchKeys()
    BatchKeys(["k"], batch).append(in: RowGroup(["g"]), isFolded: true, to: &records)
    #expect(records.rows.count == 11 && records.bytes.count < 11 * 30)
  }

  /// What a value takes does not grow with its rows.
  @Test func aHeavyValueTakesNoMemory() {
    func footprint(_ values: [String]) -> Int {
      let batch = TestTable(columns: [("k", values)]).batch(0..<values.count)
      var repeats = 0
      let (keys, count) = BatchKeys.noted(["k"], batch, as: .counted) { $0.counted(isFolded: true, after: &repeats) }
      #expect(count == values.count)
      guard case .scattered(let segment) = keys else { return .max }
      return segment.footprint
    }
    let nothing = footprint([])
    #expect(footprint([String](repeating: "the same", count: 8192)) < nothing + 300)
    #expect(footprint((0..<8192).map { "k\($0 / 100)" }) < nothing + 2000)
    #expect(footprint((0..<8192).map { "k\($0)" }) < nothing + 8192 * 13)
  }

  /// The same values as JSON has them.
  private static func tokens(_ batch: Batch) -> Batch {
    guard case .texts(let text) = batch.stored[0] else { return batch }
    var tokens = batch
    tokens.fields[0].type = .tokens
    tokens.stored[0] = .tokens(
      text, kinds: (0..<text.rowCount).map { (text.isNull($0) ? TokenKind.null : .number).rawValue })
    return tokens
  }

  /// Whole numbers that grow are not looked up; whatever comes between or after them is as if they had been.
  @Test func growingNumbersAreKeysLikeAnyOther() async throws {
    var generator = SeededGenerator(seed: 16)
    for round in 0..<400 {
      var values: [String?] = []
      var next = Int.random(in: -50...50, using: &generator)
      for _ in 0..<Int.random(in: 1...60, using: &generator) {
        next += round % 3 == 0 ? 1 : Int.random(in: 1...300, using: &generator)
        values.append(String(next))
      }
      let spoilers = ["07", "+5", "-0", nil, "x", values[0], String(next), "9223372036854775807", "1.0"]
      for _ in 0..<round % 4 {
        let place = Int.random(in: 0...values.count, using: &generator)
        values.insert(spoilers.randomElement(using: &generator) ?? nil, at: place)
      }
      for memory in [1, 400, 256 << 20] {
        let summary = try await Self.keys([("k", values)], ScanResources(memory: memory)).summary
        var seen: [String: Int] = [:]
        var repeated: [[Int]] = []
        for (row, value) in values.enumerated() {
          guard let value else { continue }
          if let first = seen[value] { repeated.append([first + 2, row + 2]) } else { seen[value] = row }
        }
        #expect(summary.evaluated == values.count { $0 != nil } && summary.violating == repeated.count)
        #expect(summary.first.map { [$0.earlier?.number ?? 0, $0.place.number] } == Array(repeated.prefix(10)))
        let tokens = TestTable(columns: [("k", values)]).batches(of: 3).map { [Self.tokens($0)] }
        let same = try await DuplicateKeys.Specification(["k"]).summary(of: tokens, ScanResources(memory: memory))
          .summary
        #expect(same == summary)
      }
    }
  }

  @Test func growingNumbersOfATypedColumnAreKeysToo() async throws {
    func duplicates(_ parts: [[Int64]], _ states: UInt8 = 1) async throws -> Int {
      let batches = parts.map { values in
        var batch = Batch()
        batch.add(
          Field("k", .integer(bits: 64, isSigned: true)),
          .integers(Column(values: values, states: [UInt8](repeating: states, count: values.count))), at: 0)
        return [batch]
      }
      return try await DuplicateKeys.Specification(["k"]).summary(of: batches).summary.violating
    }
    #expect(try await duplicates([[1, 2, 3], [4, 9], [10]]) == 0)
    #expect(try await duplicates([[.min, -1, .max], [.min]]) == 1)
    #expect(try await duplicates([[1, 2, 3], [3, 4], [2, 5]]) == 2)
    #expect(try await duplicates([[5, 4], [4, 5]]) == 2)
    #expect(try await duplicates([[1, 1]], CellState.null.rawValue) == 0)
  }

  @Test func aFolderThatCannotBeWrittenIsAClearError() async {
    let many = (0..<5000).map { "key number \($0)" }
    await #expect {
      try await Self.keys([("k", many)], ScanResources(memory: 1000, temporaryFolder: "/nowhere/at/all"))
    } throws: {
      ($0 as? ScanError)?.message.contains("/nowhere/at/all") == true
    }
  }
}
