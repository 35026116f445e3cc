/// How many rows repeat the key of an earlier row. Exact, at any size.
///
/// A row with a null in any key column has no key, unless nulls are values like any other. Values of text files are
/// compared by the type that the rules declare for them, and without one as text, so that `1` and `01` differ; those of
/// typed files by what they are. A batch's keys are cut into
/// partitions where it is decoded; the merged whole looks these through at the end (see `KeyPartitions`). O(rows) time;
/// memory up to the limit of the scan, in which a value that fills a batch takes no more than a few rows do.
package struct DuplicateKeys: KeyedAggregate, PlacedViolations {
  /// As many values of a key are shown.
  private static let shownColumns = 8

  private let specification: Specification
  /// The counts with the first repeating rows; each says where its key came first. Complete once the scan has ended.
  package private(set) var summary = ViolationSummary()
  /// Where the rows stand that repeat a key, when that is asked for. Complete once the scan has ended.
  package private(set) var places = RowSet()
  private var notes = NotedKeys(of: .counted)
  private var frequencies = KeyFrequencies()
  /// How many rows of the chunk keep a record of their own beside that of an equal key.
  private var repeatsKept = 0

  package struct Specification: KeyedSpecification {
    package var columns: [String]
    /// Columns whose values a row needs, too, for its key to count.
    package var companions: [String] = []
    /// Whether a null is a value, equal to other nulls: for whole rows rather than keys.
    package var nullsAreValues: Bool
    /// What is asked for beside the number of rows that repeat a key.
    var details: KeyDetails = []

    /// The declared types of columns, by which texts are compared.
    package var types: [String: ValueType]

    package init(_ columns: [String], as types: [String: ValueType] = [:], nullsAreValues: Bool = false) {
      self.columns = columns
      self.types = types
      self.nullsAreValues = nullsAreValues
    }

    /// The keys, and how often each comes: no rows are judged.
    package static func frequencies(
      of columns: [String], as types: [String: ValueType] = [:], beside companions: [String] = []
    ) -> Specification {
      var specification = Specification(columns, as: types)
      specification.companions = companions
      specification.details = .frequencies
      return specification
    }

    package var readings: [ColumnReading] { (columns + companions).map { ColumnReading($0) } }
    package var empty: DuplicateKeys { DuplicateKeys(self) }
    package var growsWithData: Bool { true }

    package func scoped(to scope: RowScope) -> any AggregateSpecification { GroupedKeys.specification(self, in: scope) }

    var isFolded: Bool { !details.contains(.places) }
    var form: BatchKeys.Form { BatchKeys.Form(nullsAreValues: nullsAreValues, types: types) }

    func find(in keys: KeyPartitions, threads: Int) async throws(ScanError) -> KeyFindings {
      var keys = keys
      return try await keys.repeated(threads: threads, details)
    }
  }

  private init(_ specification: Specification) { self.specification = specification }

  package mutating func update(_ batch: Batch) {
    guard batch.rowCount > 0 else { return }
    let isFolded = specification.isFolded
    var repeats = repeatsKept
    let (keys, count) = BatchKeys.noted(
      specification.columns, batch, specification.form, beside: specification.companions, as: .counted
    ) { $0.counted(isFolded: isFolded, after: &repeats) }
    repeatsKept = repeats
    self.count(rows: batch.rowCount, keys: count)
    notes.note(keys)
  }

  package mutating func prepare(_ resources: ScanResources) { notes.prepare(resources) }
  package mutating func move(after origin: RowPlace) { notes.move(after: origin) }

  package mutating func merge(_ other: DuplicateKeys) throws(ScanError) {
    summary.merge(other.summary)
    try notes.merge(other.notes)
  }

  package mutating func finish() async throws(ScanError) {
    guard let keys = notes.take() else { return }
    let found = try await specification.find(in: keys, threads: notes.resources.threads)
    places = found.places
    take(found.whole)
  }

  mutating func count(rows: Int, keys: Int) { summary.count(rows: rows, present: keys) }

  mutating func take(_ finding: KeyFinding) {
    frequencies = finding.frequencies
    repeatedKeys = finding.keys
    summary.violating = finding.rows.count
    summary.values = ViolatingValues(finding.frequent) { shownValues(of: $0) }
    summary.first = finding.rows.first.map { place, row in
      ViolatingRow(place: place, values: shownValues(of: row.key), earlier: row.first)
    }
  }

  private func shownValues(of key: [UInt8]) -> [String?] { Array(values(of: key).prefix(Self.shownColumns)) }

  private func values(of key: [UInt8]) -> [String?] {
    BatchKeys.values(
      of: key, count: specification.columns.count, nullsAreValues: specification.nullsAreValues)
  }

  /// How many different keys come more than once. Complete once the scan has ended.
  package private(set) var repeatedKeys = 0

  /// How many different keys there are.
  package var distinctKeys: Int { summary.evaluated - summary.violating }
}

/// When the frequencies of the keys were asked for.
extension DuplicateKeys: CountedValues {
  package var counts: ViolationSummary { summary }
  package var isExact: Bool { true }
  package var greatestCount: ClosedRange<Int> { frequencies.greatest...frequencies.greatest }

  package var entropy: ClosedRange<Double> {
    let entropy = frequencies.entropy
    return entropy...entropy
  }

  package var leaders: [String]? {
    frequencies.leaders?.sorted { $0.lexicographicallyPrecedes($1) }.map { key in
      // Of one column the key is its value.
      specification.columns.count == 1 && !specification.nullsAreValues
        ? String(decoding: key, as: UTF8.self) : values(of: key).map { $0 ?? "" }.joined(separator: ", ")
    }
  }
}
