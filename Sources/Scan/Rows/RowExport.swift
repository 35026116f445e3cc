/// Some rows of a table, whole and in their order, written as text.
package struct RowExport: Sendable {
  /// A row violates when one of these says so. Of a row that none says so of and that one cannot read, nothing is told: it
  /// is neither among the violating rows nor among the others.
  package var judgements: [RowJudgement]
  /// Whether the violating rows are written, or all others.
  package var wantsViolating = true
  package var format = RowFormat.csv
  /// The columns whose values must not be shown.
  package var hidden: Set<String> = []
  package var sink: any RowSink

  package init(_ judgements: [RowJudgement], to sink: any RowSink) {
    self.judgements = judgements
    self.sink = sink
  }

  /// What became of it.
  package struct Outcome: Sendable {
    /// How many rows the table has.
    package var rows = 0
    package var written = 0
    /// How many rows are on neither side.
    package var undecided = 0
    /// The columns whose values are not shown.
    package var hidden: [String]
    /// The columns that are left out, because their values are not read.
    package var unread: [Field] = []
    package var defects: DefectCount
    package var late: LateColumns
  }

  /// Reads the table once, or twice when only all rows together tell which of them violate. The text is the same for
  /// every number of threads; memory is bounded by that of the scan.
  ///
  /// - Parameters:
  ///   - reader: the table, not read yet.
  ///   - source: where it is opened again.
  package func write(
    _ reader: any TableReader, of source: TableSource, _ resources: ScanResources
  ) async throws(ScanError) -> Outcome {
    let fields = written(reader.fields).filter(\.type.isRead)
    let unread = reader.fields.filter { !$0.type.isRead }
    var (reader, tests, placing) = (reader, [any RowTest](), [any AggregateSpecification]())
    for judgement in judgements {
      switch judgement {
      case .test(let test): tests.append(test)
      case .places(let specification): placing.append(specification)
      case .untold(let reason): throw reason
      }
    }
    var origins: [RowPlace]?
    if !placing.isEmpty {
      guard source.canBeReadAgain else { throw .readOnce(source.name) }
      let test = try await places(placing, fields, reader, resources)
      tests.append(test)
      origins = test.origins
      reader = try source.open()
    }
    let work = ExportWork(self, tests, origins: origins, fields, source.options.dialect, resources)
    try sink.write(work.writer.header)
    var scanner = Scanner(reader, resources)
    let results = try await scanner.scan([
      ExportedRows.Specification(work: work), DefectCount.Specification(), LateColumns.Specification(),
    ])
    guard let exported = results[0] as? ExportedRows, let defects = results[1] as? DefectCount,
      let late = results[2] as? LateColumns
    else { preconditionFailure("a scan gives what was asked for") }
    if let origins = work.origins, exported.chunks != origins.count { throw .changed(source.name) }
    return Outcome(
      rows: exported.rows, written: exported.written, undecided: exported.undecided,
      hidden: fields.map(\.name).filter(hidden.contains), unread: unread,
      defects: defects, late: late)
  }

  /// The columns that are written. In JSON Lines an object is written as it is where it was read as a whole: beside a
  /// field of its own it would be there twice. One of which only a part may be shown is written field by field.
  private func written(_ fields: [Field]) -> [Field] {
    guard format == .jsonl else { return fields }
    let known = Dictionary(fields.map { (ExactText($0.name), $0) }) { first, _ in first }
    func outermost(_ field: Field) -> Field {
      for point in field.name.indices where field.name[point] == "." {
        guard let outer = known[ExactText(String(field.name[..<point]))], outer.type == .tokens else { continue }
        if !outer.isWhole || !hidden.contains(outer.name) { return outer }
      }
      return field
    }
    var taken = Set<ExactText>()
    return fields.columns.map(outermost).filter { taken.insert(ExactText($0.name)).inserted }
  }

  /// The first of two passes.
  private func places(
    _ placing: [any AggregateSpecification], _ fields: [Field], _ reader: any TableReader, _ resources: ScanResources
  ) async throws(ScanError) -> PlaceTest {
    var scanner = Scanner(reader, resources)
    let results = try await scanner.scan(placing + [ChunkOrigins.Specification(columns: fields.map(\.name))])
    var test = PlaceTest(violating: RowSet(), origins: [])
    for result in results {
      if let chunks = result as? ChunkOrigins { test.origins = chunks.origins }
      if let found = result as? any PlacedViolations { test.violating.formUnion(found.places) }
    }
    return test
  }
}

/// Where written rows go.
package protocol RowSink: Sendable {
  /// Takes the next bytes. A `cancelled` error ends the scan.
  func write(_ bytes: [UInt8]) throws(ScanError)
}

extension ScanError {
  /// What keeps a stream from being told apart by rows that come later.
  package static func readOnce(_ name: String) -> ScanError {
    ScanError(
      .unreadable, "\(name) can be read once, and which rows violate is known only when all have been read",
      hint: "save it to a file first")
  }
}
