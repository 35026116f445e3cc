/// How a delimited file is written. The default is RFC 4180 with either line end.
package struct CSVDialect: Sendable, Hashable {
  /// The one byte between fields.
  package var delimiter: UInt8
  /// Whether the first record names the columns.
  package var hasHeader: Bool
  /// The names of the columns of a file without header; `column_1` and so on when empty.
  package var names: [String]
  /// Unquoted texts that mean null besides the empty field.
  package var nullValues: [String]
  package var encoding: TextEncoding
  /// A record of which this many bytes do not hold the end ends the scan.
  package var maximumRecordBytes: Int

  package init(
    delimiter: UInt8 = UInt8(ascii: ","), hasHeader: Bool = true, names: [String] = [], nullValues: [String] = [],
    encoding: TextEncoding = .utf8, maximumRecordBytes: Int = 64 << 20
  ) {
    self.delimiter = delimiter
    self.hasHeader = hasHeader
    self.names = names
    self.nullValues = nullValues
    self.encoding = encoding
    self.maximumRecordBytes = maximumRecordBytes
  }
}
