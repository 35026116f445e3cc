/// What a file says of the pages of one flat column chunk beside the pages themselves: at which row each begins, and its
/// null count and bounds (`OffsetIndex` and `ColumnIndex` of parquet.thrift, PageIndex.md).
///
/// The bounds are believed as far as those of row groups are. Where pages lie in the file is not taken from here: pages
/// are passed over by their own headers, so that an index can say nothing but what it is asked.
struct PageIndex: Sendable {
  /// The first row of each page, and the end of the last.
  let borders: [Int]
  private let pages: [ParquetStatistics]

  /// Nil when there is no index, or one that cannot be: then the values are read.
  init?(_ file: RandomAccessFile, _ chunk: ColumnChunk, rowCount: Int) {
    guard let columns = Self.bytes(file, chunk.columnIndex), let offsets = Self.bytes(file, chunk.offsetIndex),
      let borders = try? Self.borders(offsets, rowCount: rowCount),
      let pages = try? Self.statistics(columns, borders, isOrdered: chunk.isOrdered)
    else { return nil }
    self.borders = borders
    self.pages = pages
  }

  /// What is known of some rows; nil when that is too little, so that the column is read.
  func column(_ leaf: ParquetLeaf, rows: Range<Int>) -> ColumnStatistics? {
    // The first page that ends behind the first row, and the first that begins behind the last.
    let first = borders.partitioningIndex { $0 > rows.lowerBound } - 1
    let end = borders.partitioningIndex { $0 >= rows.upperBound }
    guard first >= 0, first < end, end <= pages.count else { return nil }
    let whole = borders[first] == rows.lowerBound && borders[end] == rows.upperBound
    var known: ParquetStatistics? = ParquetStatistics(rowCount: 0, nullCount: 0)
    for page in pages[first..<end] { known = known?.joined(with: page, leaf) }
    guard var known else { return nil }
    if !whole {
      // How many nulls a part of a page has is known when there are none, or nothing else.
      switch known.nullCount {
      case 0: break
      case known.rowCount: known.nullCount = rows.count
      default: return nil
      }
      known.rowCount = rows.count
    }
    return known.column(leaf)
  }

  private static func bytes(_ file: RandomAccessFile, _ range: Range<Int>?) -> [UInt8]? {
    guard let range, !range.isEmpty, range.upperBound <= file.size else { return nil }
    return try? file.read(range.lowerBound, range.count)
  }

  /// Reads an `OffsetIndex`.
  private static func borders(_ bytes: [UInt8], rowCount: Int) throws(ThriftFault) -> [Int] {
    var reader = ThriftReader(bytes, 0..<bytes.count)
    var borders: [Int] = []
    var id = 0
    while let kind = try reader.field(&id) {
      guard id == 1 else {
        try reader.skip(kind)
        continue
      }
      for _ in 0..<(try reader.list(of: .structure, kind)) { try borders.append(firstRow(&reader)) }
    }
    borders.append(rowCount)
    guard borders[0] == 0, zip(borders, borders.dropFirst()).allSatisfy({ $0 < $1 }) else {
      throw ThriftFault(what: "pages do not follow one another", position: 0)
    }
    return borders
  }

  /// Reads a `PageLocation`.
  private static func firstRow(_ reader: inout ThriftReader) throws(ThriftFault) -> Int {
    var row = -1
    var id = 0
    while let kind = try reader.field(&id) {
      if id == 3 { row = try reader.integer(kind) } else { try reader.skip(kind) }
    }
    return row
  }

  /// Reads a `ColumnIndex`.
  private static func statistics(
    _ bytes: [UInt8], _ borders: [Int], isOrdered: Bool
  ) throws(ThriftFault) -> [ParquetStatistics] {
    var reader = ThriftReader(bytes, 0..<bytes.count)
    var (isNull, nullCounts): ([Bool], [Int]?) = ([], nil)
    var (minima, maxima): ([[UInt8]], [[UInt8]]) = ([], [])
    var id = 0
    while let kind = try reader.field(&id) {
      switch id {
      case 1: isNull = try reader.booleans(kind)
      case 2: minima = try reader.binaries(kind)
      case 3: maxima = try reader.binaries(kind)
      case 5: nullCounts = try reader.integers(kind)
      default: try reader.skip(kind)
      }
    }
    let count = borders.count - 1
    guard [isNull.count, minima.count, maxima.count, nullCounts?.count ?? count].allSatisfy({ $0 == count }) else {
      throw ThriftFault(what: "its lists differ in length", position: 0)
    }
    return (0..<count).map { page in
      let rows = borders[page + 1] - borders[page]
      var statistics = ParquetStatistics(rowCount: rows, nullCount: nullCounts?[page])
      if isNull[page] {
        // The bounds of a page without values are empty.
        statistics.nullCount = nullCounts.map { $0[page] == rows ? rows : -1 } ?? rows
      } else if isOrdered {
        (statistics.minimum, statistics.maximum) = (minima[page], maxima[page])
      }
      return statistics
    }
  }
}

extension Array {
  /// Where the elements begin of which something is true, when none before them is such: a binary search.
  fileprivate func partitioningIndex(where isBehind: (Element) -> Bool) -> Int {
    var range = startIndex..<endIndex
    while !range.isEmpty {
      let middle = range.lowerBound + range.count / 2
      range = isBehind(self[middle]) ? range.lowerBound..<middle : middle + 1..<range.upperBound
    }
    return range.lowerBound
  }
}
