package import Scan

/// The backend that reads files itself.
package struct NativeScan: Backend {
  private let path: String
  private let name: String
  private let dialect: CSVDialect
  private var reader: CSVReader?

  /// - Parameter name: the path as messages show it.
  package init(path: String, displayedAs name: String, dialect: CSVDialect) {
    self.path = path
    self.name = name
    self.dialect = dialect
  }

  package mutating func columns() throws(ScanError) -> [String] { try open().columns }

  package mutating func compute(_ plan: Plan, isCancelled: () -> Bool) throws(ScanError) -> Measurements {
    var scanner = Scanner(try open())
    // A source is read once: another pass opens it again.
    reader = nil
    var aggregates = plan.requirements.map { Self.empty($0) }
    try scanner.scan(plan.readings, into: &aggregates, isCancelled: isCancelled)
    return Measurements(aggregates)
  }

  private static func empty(_ specification: some AggregateSpecification) -> any Aggregate { specification.empty }

  private mutating func open() throws(ScanError) -> CSVReader {
    if let reader { return reader }
    let opened = try CSVReader(try FileSource(path: path, displayedAs: name), dialect: dialect)
    reader = opened
    return opened
  }
}
