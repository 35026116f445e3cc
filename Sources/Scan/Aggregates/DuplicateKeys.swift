/// How many rows repeat the key of an earlier row. Exact, at any size.
///
/// A row with a null in any key column has no key, unless nulls are values like any other. Values of text files are
/// compared as text, so `1` and `01` differ; those of typed files by what they are. A batch's keys are cut into
/// partitions where it is decoded; the merged whole looks these through at the end (see `KeyPartitions`). O(rows) time;
/// memory up to the limit of the scan.
package struct DuplicateKeys: PlacedViolations {
  /// As many values of a key are shown.
  private static let shownColumns = 8

  private let specification: Specification
  private var counts = ViolationSummary()
  /// Where the rows stand that repeat a key, when that is asked for. Complete once the scan has ended.
  package private(set) var places = RowSet()
  /// The keys of one chunk, batch by batch.
  private var noted: [BatchKeys.Noted] = []
  /// The keys of all chunks that were merged.
  private var partitions: KeyPartitions?
  private var resources = ScanResources()

  package struct Specification: AggregateSpecification {
    package var columns: [String]
    /// Whether a null is a value, equal to other nulls: for whole rows rather than keys.
    package var nullsAreValues: Bool
    /// Whether the places of all rows that repeat a key are asked for, too.
    var keepsPlaces = false

    package init(_ columns: [String], nullsAreValues: Bool = false) {
      self.columns = columns
      self.nullsAreValues = nullsAreValues
    }

    package var readings: [ColumnReading] { columns.map { ColumnReading($0) } }
    package var empty: DuplicateKeys { DuplicateKeys(self) }
    package var growsWithData: Bool { true }

    fileprivate var form: BatchKeys.Form { nullsAreValues ? .withNulls : .shown }
  }

  private init(_ specification: Specification) { self.specification = specification }

  package mutating func update(_ batch: Batch) {
    guard batch.rowCount > 0 else { return }
    let (keys, count) = BatchKeys.noted(specification.columns, batch, specification.form)
    counts.rows += batch.rowCount
    counts.evaluated += count
    counts.nulls += batch.rowCount - count
    noted.append(keys)
  }

  package mutating func prepare(_ resources: ScanResources) { self.resources = resources }

  package mutating func move(after origin: RowPlace) {
    for index in noted.indices { noted[index].move(after: origin) }
  }

  package mutating func merge(_ other: DuplicateKeys) throws(ScanError) {
    counts.merge(other.counts)
    // Taken out, so that it is changed where it is and not copied.
    var whole = partitions ?? KeyPartitions(limit: resources.memory, folder: resources.temporaryFolder)
    partitions = nil
    for keys in noted { try whole.append(keys) }
    for keys in other.noted { try whole.append(keys) }
    noted = []
    partitions = whole
  }

  package mutating func finish() async throws(ScanError) {
    guard var whole = partitions else { return }
    partitions = nil
    let repeated = try await whole.repeated(
      threads: resources.threads, keepingPlaces: specification.keepsPlaces)
    places = repeated.places
    counts.violating = repeated.rows.count
    repeatedKeys = repeated.keys
    counts.first = repeated.rows.first.map { place, repeated in
      let values = BatchKeys.values(
        of: repeated.key, count: specification.columns.count, nullsAreValues: specification.nullsAreValues
      ).prefix(Self.shownColumns)
      return ViolatingRow(place: place, values: Array(values), earlier: repeated.first)
    }
  }

  /// The counts with the first repeating rows; each says where its key came first. Complete once the scan has ended.
  package var summary: ViolationSummary { counts }

  /// How many different keys come more than once. Complete once the scan has ended.
  package private(set) var repeatedKeys = 0

  /// How many different keys there are.
  package var distinctKeys: Int { counts.evaluated - counts.violating }
}
