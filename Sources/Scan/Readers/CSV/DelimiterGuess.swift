/// The delimiter that a file was probably written with, where it is not the one that is taken for granted.
///
/// For a first look at a file, whose result shows the columns; what judges data guesses nothing.
package enum DelimiterGuess {
  private static let candidates = Array(";\t|,".utf8)
  /// How much of the file is looked at.
  private static let (bytes, records) = (1 << 18, 20)

  /// The one that splits the first records of the file into the same number of fields, where the dialect's own leaves the
  /// header whole; of several that which makes most fields, and nil when there is none.
  package static func delimiter(of file: TableFile, _ options: TableOptions) -> UInt8? {
    guard let (bytes, isWhole) = try? file.beginning(Self.bytes, options) else { return nil }
    guard fieldCounts(bytes, isWhole, options.dialect.delimiter).first == 1 else { return nil }
    var best: (delimiter: UInt8, fields: Int)?
    for candidate in candidates {
      let counts = fieldCounts(bytes, isWhole, candidate)
      guard counts.count > 1, let fields = counts.first, counts.allSatisfy({ $0 == fields }) else { continue }
      if fields > best?.fields ?? 1 { best = (candidate, fields) }
    }
    return best?.delimiter
  }

  /// How many fields each of the first records has.
  private static func fieldCounts(_ bytes: [UInt8], _ isWhole: Bool, _ delimiter: UInt8) -> [Int] {
    var parser = CSVRecordParser(delimiter: delimiter)
    parser.unescapes = false
    var bytes = bytes
    var counts: [Int] = []
    while counts.count < records, case .record = parser.next(&bytes, end: bytes.count, isLast: isWhole) {
      counts.append(parser.fields.count)
    }
    return counts
  }
}
