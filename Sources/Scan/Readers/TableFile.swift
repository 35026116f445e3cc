/// One file of a dataset.
package struct TableFile: Sendable, Hashable {
  /// Where it is; `-` is standard input.
  package var path: String
  /// The file as messages name it.
  package var name: String
  /// The parts of its path that are written `key=value`, in their order.
  package var partitions: [Partition] = []

  package struct Partition: Sendable, Hashable {
    package var key: String
    /// Nil for the name that stands for a null.
    package var value: String?
  }

  package init(path: String, displayedAs name: String) {
    self.path = path
    self.name = name
    partitions = name.split(separator: "/").dropLast().compactMap { part in
      let sides = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      guard sides.count == 2, !sides[0].isEmpty else { return nil }
      let value = sides[1].percentDecoded
      return Partition(key: sides[0].percentDecoded, value: value == Self.nullName ? nil : value)
    }
  }

  /// What Hive, and everyone since, writes for a null in a path.
  private static let nullName = "__HIVE_DEFAULT_PARTITION__"
}

/// How the files of a dataset are to be read.
package struct TableOptions: Sendable, Hashable {
  package var dialect = CSVDialect()
  /// The format; nil lets the first bytes of each file decide.
  package var format: TableFormat?
  /// Columns that are to be looked for in the whole file, where a format names its columns only row by row.
  package var expectedColumns: [String] = []
  /// Whether the outermost objects of JSON Lines are read as a whole, too, beside their fields.
  package var readsObjects = false
  /// By the names of columns, what stands in them where there is no value.
  package var missingCodes: [String: MissingCodes] = [:]
  /// Whether all columns are to be looked for there.
  package var wantsAllColumns = false
  /// Where a reader makes files for what does not fit in memory.
  package var temporaryFolder = "/tmp"

  package init(dialect: CSVDialect = CSVDialect(), format: TableFormat? = nil) {
    self.dialect = dialect
    self.format = format
  }
}

/// The formats of tables.
package enum TableFormat: String, Sendable, Hashable, CaseIterable {
  case csv
  case tsv
  case jsonLines = "jsonl"
  case parquet
  case arrow
}
