import TestSupport

@testable import Scan

/// An aggregate with what can be seen of it from outside, as text: the same text means the same summary.
struct AggregateCase: Sendable, CustomStringConvertible {
  let name: String
  /// The summary of these parts, each made of these batches, merged in their order.
  let summary: @Sendable ([[Batch]]) async throws -> String
  /// The summary of a delimited file that is cut into small chunks, scanned by so many threads.
  let scan: @Sendable (_ bytes: [UInt8], _ threads: Int) async throws -> String

  init<Specification: AggregateSpecification>(
    _ name: String, _ specification: Specification, _ seen: @escaping @Sendable (Specification.Result) -> [Any]
  ) {
    self.init(name, ScanResources(), { specification }, seen)
  }

  /// - Parameter make: makes what needs the summary of another table first.
  init<Specification: AggregateSpecification>(
    _ name: String, _ resources: ScanResources, _ make: @escaping @Sendable () async throws -> Specification,
    _ seen: @escaping @Sendable (Specification.Result) -> [Any]
  ) {
    self.name = name
    summary = { parts in "\(seen(try await make().summary(of: parts, resources)))" }
    scan = { bytes, threads in
      let reader = try CSVReader(ChoppedSource(bytes, piece: .max), dialect: CSVDialect(), blockBytes: 2000)
      var scanner = Scanner(reader, ScanResources(threads: threads, memory: resources.memory))
      let found = try await scanner.scan([try await make()]).first as? Specification.Result
      return found.map { "\(seen($0))" } ?? "another aggregate"
    }
  }

  init<Test: RowTest>(_ test: Test) {
    self.init("\(Test.self)", Violations.Specification(test)) { [$0.summary] }
  }

  var description: String { name }

  /// Every aggregate, and the counter of violations with every row test.
  static let all: [AggregateCase] =
    domains + [
      AggregateCase("RowCount", RowCount.Specification()) { [$0.rows] },
      AggregateCase(
        "CollectedColumns",
        CollectedColumns.Specification(
          numbers: ["number", "mixed"], words: ["city", "mixed"], key: ["city", "number"],
          computed: [.column(ColumnReading("number", as: .number))],
          claims: [.comparison(.greater, .column(ColumnReading("number", as: .number)), .number(1))], limit: 1 << 30)
      ) { found in
        [
          found.rows,
          found.numbers.map { [$0.values.map(\.bitPattern).description, "\($0.nulls) \($0.malformed) \($0.nans)"] },
          found.numbers.map(\.firstBad),
          found.words.map { [$0.words.description, $0.indices.description, "\($0.nulls)"] },
          found.numbers(.column(ColumnReading("number", as: .number)))?.values.map(\.bitPattern) as Any,
          found.truths(.comparison(.greater, .column(ColumnReading("number", as: .number)), .number(1))) as Any,
          found.words.map(\.firstNull), (0..<found.rows).map { found.keys.text($0, columns: 2) }, found.keys.nulls,
          found.keys.firstNull as Any,
        ]
      },
      AggregateCase("DefectCount", DefectCount.Specification()) {
        [$0.count, $0.differences, $0.contradictions, $0.first]
      },
      AggregateCase("LateColumns", LateColumns.Specification()) { [$0.columns, $0.areAll] },
      AggregateCase("ColumnCensus of text", ColumnCensus.Specification("city"), census),
      AggregateCase("ColumnCensus of numbers", ColumnCensus.Specification("number"), census),
      AggregateCase("ColumnCensus of mixed values", ColumnCensus.Specification("mixed"), census),
      AggregateCase("ColumnCensus of days", ColumnCensus.Specification("day"), census),
      AggregateCase("ColumnCensus of nulls", ColumnCensus.Specification("nulls"), census),
      AggregateCase("ColumnSummary of text", ColumnSummary.Specification("city"), exactParts),
      AggregateCase("ColumnSummary of numbers", ColumnSummary.Specification("number"), exactParts),
      AggregateCase("ColumnSummary of mixed values", ColumnSummary.Specification("mixed"), exactParts),
      AggregateCase("ColumnSummary of days", ColumnSummary.Specification("day"), exactParts),
      AggregateCase("ColumnMakeup of text", ColumnMakeup.Specification("city")) { [$0.texts.serialized()] },
      AggregateCase("ColumnMakeup of mixed values", ColumnMakeup.Specification("mixed")) { [$0.texts.serialized()] },
      AggregateCase("DuplicateKeys", DuplicateKeys.Specification(["city"])) { [$0.summary] },
      AggregateCase("DuplicateKeys of two", DuplicateKeys.Specification(["city", "mixed"])) {
        [$0.summary]
      },
      grouped("DuplicateKeys in groups", memory: 256 << 20), grouped("DuplicateKeys in groups on disk", memory: 1),
      AggregateCase("LookupKeys", LookupKeys.Specification(["city", "mixed"])) { [$0.rows, $0.keys] },
      AggregateCase("KeyedRows", KeyedRows.Specification(key: ["city"], values: ["mixed"])) { [$0.rows, $0.keys] },
      matchedRows("MatchedRows", memory: 256 << 20), matchedRows("MatchedRows on disk", memory: 1),
      foreignKeys("ForeignKeys", memory: 256 << 20), foreignKeys("ForeignKeys on disk", memory: 1),
      sharedKeys("SharedKeys", memory: 256 << 20), sharedKeys("SharedKeys on disk", memory: 1),
      nearDuplicates("NearDuplicates", memory: 256 << 20), nearDuplicates("NearDuplicates on disk", memory: 1),
      conflictingValues("ConflictingValues", memory: 256 << 20),
      conflictingValues("ConflictingValues on disk", memory: 1),
      AggregateCase("DistinctValues", DistinctValues.Specification("city")) { [$0.counts, $0.estimate, $0.interval] },
      AggregateCase("DistinctValues that mix", DistinctValues.Specification("mixed")) { [$0.counts, $0.interval] },
      AggregateCase("QuantileSketch", QuantileSketch.Specification("number")) {
        [$0.counts, $0.nanCount, ($0.counts.evaluated > 1000 ? nil : $0.estimate(at: 0.3)) as Any]
      },
      AggregateCase("RankCounts", RankCounts.Specification("number", limits: [0, 3, 3.5])) {
        [$0.count, $0.below, $0.upTo]
      },
      AggregateCase("ColumnMoments", ColumnMoments.Specification("number")) {
        [
          $0.counts, $0.moments.nanCount, $0.moments.sum, $0.range ?? -1, $0.isSpread,
          rough($0.variance) as Any, rough($0.skewness) as Any, rough($0.kurtosis) as Any,
        ]
      },
      AggregateCase("IntegerSum", IntegerSum.Specification("mixed")) { [$0.counts, $0.sum] },
      AggregateCase("ValueCounts", ValueCounts.Specification("city")) {
        [$0.counts, $0.isExact, $0.greatestCount, $0.leaders ?? [], $0.entropy]
      },
      AggregateCase("ValueCounts that do not fit", ValueCounts.Specification("city", limit: 200)) {
        [$0.counts, $0.isExact, $0.greatestCount, $0.leaders ?? []]
      },
      AggregateCase("PairedMoments", PairedMoments.Specification("number", "mixed")) {
        [$0.counts, $0.infiniteCount, $0.constants, rough($0.correlation) as Any]
      },
      AggregateCase("PairSample", PairSample.Specification("number", "mixed"), sampled),
      AggregateCase(
        "PairSample that does not hold all", PairSample.Specification("number", "mixed", limit: 20), sampled),
      AggregateCase("BracketedValues", BracketedValues.Specification("number", [0...1, 2...3, 2.5...4])) {
        [$0.count, $0.quantile(at: 0.25) ?? -1, $0.quantile(at: 0.75) ?? -1]
      },
      AggregateCase("PairCounts", PairCounts.Specification("city", "mixed")) {
        [$0.counts, $0.isOverfull, $0.information?.mutual ?? -1, $0.information?.x ?? -1, $0.information?.y ?? -1]
      },
      AggregateCase(
        "FilledPeriods", FilledPeriods.Specification(ColumnReading("day", as: .date), Period(length: Instant.perDay))
      ) {
        [$0.counts, $0.isOverfull, $0.span ?? 7...8, $0.gaps]
      },
      AggregateCase("Extremes of numbers", Extremes.Specification(ColumnReading("number", as: .number))) {
        [$0.counts, $0.nanCount, $0.numbers ?? 7...0.5 + 7]
      },
      AggregateCase("Extremes of texts", Extremes.Specification(ColumnReading("city", as: .string))) {
        [$0.counts, $0.texts.map { [$0.lowerBound.bytes, $0.upperBound.bytes] } ?? []]
      },
      AggregateCase("Extremes of integers", Extremes.Specification(ColumnReading("mixed", as: .integer))) {
        [$0.counts, $0.integers ?? 7...8]
      },
      AggregateCase(
        LagTest(from: ColumnReading("day", as: .date), to: ColumnReading("day", as: .date), atMost: 0)),
      AggregateCase("TimeSpan", TimeSpan.Specification("day")) {
        [$0.counts, $0.moments.map { [$0.lowerBound, $0.upperBound] } ?? []]
      },
      AggregateCase(OutlierTest([OutlierTest.Column("number", center: 1, scale: 2)], limit: 1.5)),
      AggregateCase(TimeTest("day", from: Moment(0), to: nil, isStrict: false)),
      AggregateCase("LabelledSample", labelled(limit: 1 << 20), sampled),
      AggregateCase("LabelledSample that does not hold all", labelled(limit: 20), sampled),
      AggregateCase("VectorSample", VectorSample.Specification("city", limit: 20, width: 4)) {
        [$0.rows, $0.nulls, $0.others, $0.lengths.count, $0.vectors(of: 1)]
      },
      AggregateCase("PresenceCount", PresenceCount.Specification("mixed")) { [$0.rows, $0.present] },
      AggregateCase("KindCounts", KindCounts.Specification("mixed"), kinds),
      AggregateCase("KindCounts of text", KindCounts.Specification("city"), kinds),
      AggregateCase("NullSpellings", NullSpellings.Specification("city")) { [$0.rows, $0.found] },
      AggregateCase("NullSpellings of numbers", NullSpellings.Specification("number")) { [$0.rows, $0.found] },
      AggregateCase(ListLengthTest("city", atLeast: 0, atMost: 3)), AggregateCase(ShapeTest("city", .list)),
      AggregateCase(CompletenessTest(["mixed", "number"], .all)),
      AggregateCase(CompletenessTest(["mixed", "nulls"], .any)),
      AggregateCase(CompletenessTest(["mixed", "number", "city"], .allOrNone)),
      AggregateCase(PresenceTest("mixed")), AggregateCase(CastTest("mixed", as: .integer)),
      AggregateCase(CastTest("mixed", as: .string)), AggregateCase(CastTest("number", as: .number)),
      AggregateCase(TextTest("city", "ASCII", { $0.allSatisfy { $0 < 128 } })),
      AggregateCase(LengthTest("city", atLeast: 1, atMost: 6)),
      AggregateCase(RangeTest("number", as: .number, .number(0, 5))),
      AggregateCase(RangeTest("mixed", as: .integer, .integer(nil, 2))),
      AggregateCase(MembershipTest("city", as: .string, .texts(["Oslo", "é"]))),
      AggregateCase(MembershipTest("mixed", as: .integer, .integers([1, 2]), isNegated: true)),
      AggregateCase(ExpressionTest(sum, when: .not(.isNull(.column(ColumnReading("city", as: .string)))))),
    ] + ((try? Pattern("[A-Z].*")).map { [AggregateCase(PatternTest("city", .any, of: [$0]))] } ?? [])

  @Sendable private static func sampled(_ found: PairSample) -> [Any] {
    let correlation = found.rankCorrelation
    return [
      found.counts, found.nanCount, found.constants, rough(correlation?.coefficient) as Any,
      rough(correlation?.interval?.lowerBound) as Any,
    ]
  }

  private static func labelled(limit: Int) -> LabelledSample.Specification {
    LabelledSample.Specification(
      "mixed",
      [
        .value(ColumnReading("number", as: .number)), .value(ColumnReading("day", as: .date)), .prefix("city", 2),
        .suffix("city", 2), .length("city"), .order,
      ], limit: limit)
  }

  @Sendable private static func sampled(_ found: LabelledSample) -> [Any] {
    let sample = found.sample
    return [found.counts, sample.labels, sample.features, sample.folds]
  }

  /// The frequent cities of every group.
  private static func grouped(_ name: String, memory: Int) -> AggregateCase {
    AggregateCase(
      name, ScanResources(memory: memory),
      {
        GroupedKeys.Specification(
          base: DuplicateKeys.Specification.frequencies(of: ["city"]), scope: RowScope(by: ["mixed"]))
      },
      { found in
        found.groups.map { group in
          guard let keys = found.result(of: group) as? DuplicateKeys else { return "no keys" }
          return "\(group.values) \(keys.summary) \(keys.repeatedKeys) \(keys.entropy) \(keys.leaders ?? [])"
        }
      })
  }

  /// Looked up in a table that has some of the cities.
  private static func foreignKeys(_ name: String, memory: Int) -> AggregateCase {
    let resources = ScanResources(memory: memory)
    return AggregateCase(
      name, resources,
      { () async throws -> ForeignKeys.Specification in
        let there = TestTable(columns: [("name", ["Oslo", "", "town 1", "town 7", nil])])
        let lookup = try await LookupKeys.Specification(["name"]).summary(of: [there.batches(of: 2)], resources)
        return ForeignKeys.Specification(["city"], in: lookup, of: "there")
      }, { (found: ForeignKeys) -> [Any] in [found.summary] })
  }

  /// Compared with a table that has some of the cities.
  private static func matchedRows(_ name: String, memory: Int) -> AggregateCase {
    let resources = ScanResources(memory: memory)
    return AggregateCase(
      name, resources,
      { () async throws -> MatchedRows.Specification in
        let there = TestTable(columns: [
          ("city", ["Oslo", "", "town 1", "town 7", ""]), ("mixed", ["1", "2", nil, "1", "1"]),
        ])
        let rows = KeyedRows.Specification(key: ["city"], values: ["mixed"])
        let other = try await rows.summary(of: [there.batches(of: 2)], resources)
        return MatchedRows.Specification(key: ["city"], columns: ["mixed"], [.text], with: other, of: "there")
      }, { (found: MatchedRows) -> [Any] in [found.match] })
  }

  /// Looked up in two tables that have some of the rows.
  private static func sharedKeys(_ name: String, memory: Int) -> AggregateCase {
    let resources = ScanResources(memory: memory)
    return AggregateCase(
      name, resources,
      { () async throws -> SharedKeys.Specification in
        let keys = KeyedRows.Specification(key: ["city", "mixed"], values: [], nullsAreValues: true)
        let some = TestTable(columns: [("city", ["Oslo", "Rio", nil]), ("mixed", ["1", nil, "2"])])
        let others = TestTable(columns: [("city", ["Oslo", "Oslo", nil]), ("mixed", ["1", "2", nil])])
        let tables = [
          try await keys.summary(of: [some.batches(of: 2)], resources),
          try await keys.summary(of: [others.batches(of: 1)], resources),
        ]
        return SharedKeys.Specification(keys, with: tables, of: ["some", "others"])
      }, { (found: SharedKeys) -> [Any] in [found.summary, found.counts, found.others] })
  }

  private static func nearDuplicates(_ name: String, memory: Int) -> AggregateCase {
    AggregateCase(
      name, ScanResources(memory: memory),
      { NearDuplicates.Specification(SketchedRows.Specification(["city", "mixed"], similarity: 0.9)) },
      { [$0.summary, $0.others, $0.places.count] })
  }

  private static func conflictingValues(_ name: String, memory: Int) -> AggregateCase {
    AggregateCase(
      name, ScanResources(memory: memory), { ConflictingValues.Specification(of: "mixed", for: ["city", "number"]) },
      { [$0.summary, $0.conflictingKeys, $0.repeatedRows] })
  }

  private static let sum = RowExpression.comparison(
    .less, .column(ColumnReading("number", as: .number)), .column(ColumnReading("mixed", as: .integer)))

  /// A number up to the rounding of sums; the borders lie where no short fraction does.
  @Sendable private static func rough(_ value: Double?) -> Double? { value.map { ($0 * 1e6 + 0.1234).rounded() } }

  @Sendable private static func kinds(_ counts: KindCounts) -> [Any] {
    [ValueKind.allCases.map { counts.count(of: $0) }, counts.rarer]
  }

  /// What of a summary merges exactly; the sketches have tests of their own.
  @Sendable private static func exactParts(_ summary: ColumnSummary) -> [Any] {
    [
      summary.rows, summary.nulls, summary.histogram, summary.lengths, summary.census, summary.digest,
      summary.moments.count, summary.moments.nanCount, summary.moments.zeroCount, summary.distinct.estimate,
      summary.buckets.counts, summary.areInstants ? summary.instants.count : 0,
    ]
  }

  @Sendable private static func census(_ census: ColumnCensus) -> [Any] {
    [
      census.present, census.nulls, census.types.map(\.rawValue).sorted(), census.minimum,
      census.maximum, census.earliest.map { "\($0)" }.sorted(), census.lengths as Any, census.formats,
      census.distinct?.map { Array($0.utf8) } ?? [],
      census.distinct == nil,
    ]
  }

  /// A table with every kind of value that the aggregates look at.
  static func table(rows: Int, _ generator: inout SeededGenerator) -> TestTable {
    func column(_ nulls: Int, _ values: [String]) -> [String?] {
      (0..<rows).map { _ in
        Int.random(in: 0..<100, using: &generator) < nulls ? nil : values.randomElement(using: &generator)
      }
    }
    let long = String(repeating: "lång ", count: 40)
    let cities =
      ["Oslo", "Rio", "é", "e\u{301}", "", long] + (0..<Int.random(in: 0...12, using: &generator)).map { "town \($0)" }
    let numbers = ["-0", "+5", "0.5", "1", "3", "12"] + (Bool.random(using: &generator) ? ["nan", "-7"] : [])
    let days = ["1969-12-31", "1970-01-01", "2013-02-28", "2013-03-01", "2013-03-05", "no day"]
    let mixed = ["1", "2", "3", "x"].prefix(Int.random(in: 1...4, using: &generator))
    return TestTable(
      columns: [
        ("city", column(10, cities)), ("number", column(20, numbers)), ("mixed", column(30, Array(mixed))),
        ("nulls", column(100, ["1"])), ("day", column(10, days)),
      ], defectsBefore: Set((0..<rows).filter { _ in Int.random(in: 0..<9, using: &generator) == 0 }),
      lateColumns: (0..<rows).filter { _ in Int.random(in: 0..<5, using: &generator) == 0 }.map { row in
        ("late \(Int.random(in: 0..<6, using: &generator))", row)
      })
  }
}
