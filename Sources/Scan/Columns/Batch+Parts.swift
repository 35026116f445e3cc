extension Batch {
  /// The texts of so many bytes are looked at together, so that what copies those of its rows keeps within the memory.
  private static let textBytes = 8 << 20

  /// The runs of rows whose texts are at most as long; all rows are one where no text stands in many of them. A
  /// dictionary may have one text of a megabyte for every row of a file of some kilobytes.
  ///
  /// O(columns), and O(rows × columns) where there are long texts.
  var parts: [Range<Int>] {
    let coded = stored.compactMap { column in column.codedTexts }
    // No row has more than all entries.
    let most = coded.reduce(0) { $0 + $1.bytes.count }
    guard most > Self.textBytes / max(1, rowCount) else { return [0..<rowCount] }
    var parts: [Range<Int>] = []
    var (start, bytes) = (0, 0)
    for row in 0..<rowCount {
      let length = coded.reduce(0) { $0 + (row < $1.rowCount ? $1.range(row)?.count ?? 0 : 0) }
      if bytes + length > Self.textBytes, row > start {
        parts.append(start..<row)
        (start, bytes) = (row, 0)
      }
      bytes += length
    }
    parts.append(start..<rowCount)
    return parts
  }

  /// Some consecutive rows as a batch that takes the place of this one: the first of them tells what is told of the chunk.
  func part(_ rows: Range<Int>) -> Batch {
    guard rows.count < rowCount else { return self }
    let indices = rows.map { Int32(truncatingIfNeeded: $0) }
    var part = selecting(indices)
    part.coded = coded.mapValues { $0.rowCount == rowCount ? $0.selecting(indices) : $0 }
    (part.chunk, part.lineCount) = (chunk, lineCount)
    if lines.isEmpty { (part.lines, part.firstRow) = ([], firstRow + rows.lowerBound) }
    if rows.lowerBound == 0 {
      (part.defects, part.lateColumns, part.rowsLeftOut) = (defects, lateColumns, rowsLeftOut)
    }
    return part
  }
}

extension StoredColumn {
  fileprivate var codedTexts: TextColumn? {
    switch self {
    case .texts(let text), .tokens(let text, _): text.codes == nil ? nil : text
    case .numbers, .integers: nil
    }
  }
}
