/// The pages of one column chunk, read from the file piece by piece.
struct PageStream {
  /// How much is read for a header alone, while pages are skipped.
  private static let headerBytes = 1 << 10
  /// How large a header may be: its statistics can hold long values.
  private static let maximumHeaderBytes = 16 << 20

  let place: PagePlace
  private let file: RandomAccessFile
  private let codec: ParquetCodec
  /// How much is read at once when pages are smaller.
  private let pieceBytes: Int
  private let maximumPageBytes: Int
  /// Where the next header begins.
  private(set) var offset: Int
  private let end: Int
  private var piece: [UInt8] = []
  private var pieceStart = 0

  init(
    _ file: RandomAccessFile, _ chunk: ColumnChunk, place: PagePlace, pieceBytes: Int, maximumPageBytes: Int
  ) throws(ScanError) {
    self.file = file
    self.place = place
    self.pieceBytes = pieceBytes
    self.maximumPageBytes = maximumPageBytes
    let start = chunk.start
    guard start >= 4, chunk.compressedSize >= 0, start <= file.size, chunk.compressedSize <= file.size - start else {
      throw place.error(PageFault("\(chunk.compressedSize) bytes of pages lie outside of the file"), at: start)
    }
    offset = start
    end = start + chunk.compressedSize
    do {
      codec = try ParquetCodec(chunk.codec)
    } catch {
      throw place.error(error, at: start)
    }
  }

  /// Reads the next page's header; nil at the end. The page itself is read or skipped next. While pages are skipped
  /// little more than headers is read.
  mutating func nextHeader(isSkipping: Bool = false) throws(ScanError) -> PageHeader? {
    guard offset < end else { return nil }
    var reach = isSkipping ? Self.headerBytes : pieceBytes
    if offset < pieceStart || offset >= pieceStart + piece.count { try refill(reach) }
    while true {
      var reader = ThriftReader(piece, offset - pieceStart..<piece.count)
      do {
        var header = try PageHeader(&reader)
        header.bodyOffset = pieceStart + reader.position
        try check(header)
        return header
      } catch {
        let reached = pieceStart + piece.count
        guard error.isTruncated, reached < end else {
          throw place.error(PageFault("its header is not readable: \(error.what)"), at: offset)
        }
        reach = max(reach, 2 * (reached - offset))
        guard reach <= 2 * Self.maximumHeaderBytes else {
          throw place.error(PageFault("its header is larger than 16 MiB", kind: .limit), at: offset)
        }
        try refill(reach)
      }
    }
  }

  /// The head of the next page of data; nil when there is none.
  mutating func nextDataPage() throws(ScanError) -> PageHeader? {
    while let header = try nextHeader(isSkipping: true) {
      if header.kind == .data || header.kind == .dataV2 { return header }
      skip(header)
    }
    return nil
  }

  private func check(_ header: PageHeader) throws(ThriftFault) {
    guard header.compressedSize >= 0, header.uncompressedSize >= 0 else {
      throw ThriftFault(what: "it has no sizes", position: 0)
    }
    guard header.compressedSize <= end - header.bodyOffset else {
      throw ThriftFault(what: "its \(header.compressedSize) bytes reach beyond the column's pages", position: 0)
    }
    guard 0...Int(Int32.max) ~= header.valueCount else {
      throw ThriftFault(what: "it claims \(header.valueCount) values", position: 0)
    }
    let sizes = 0...header.uncompressedSize
    guard sizes ~= header.definitionSize, sizes ~= header.repetitionSize else {
      throw ThriftFault(what: "its levels are larger than the page", position: 0)
    }
  }

  mutating func skip(_ header: PageHeader) { offset = header.bodyOffset + header.compressedSize }

  /// Reads a page and decompresses it. Returns its bytes and where in them it is; `spare` is memory to use again.
  mutating func body(
    _ header: PageHeader, reusing spare: consuming [UInt8]
  ) throws(ScanError) -> (bytes: [UInt8], range: Range<Int>) {
    let size = max(header.uncompressedSize, header.compressedSize)
    // A dictionary stays in memory for all pages of its column, of every thread; those of writers have a megabyte.
    let isDictionary = header.kind == .dictionary
    let limit = isDictionary ? maximumPageBytes / 4 : maximumPageBytes
    guard size <= limit else {
      let advice = isDictionary ? "; write the file with smaller dictionaries" : ""
      let what = "it has \(size) bytes, more than the limit of \(limit)\(advice)"
      throw place.error(PageFault(what, kind: .limit), at: offset)
    }
    let headerOffset = offset
    offset = header.bodyOffset
    let stop = header.bodyOffset + header.compressedSize
    if offset < pieceStart || stop > pieceStart + piece.count {
      try refill(max(pieceBytes, header.compressedSize))
    }
    let stored = offset - pieceStart..<stop - pieceStart
    offset = stop
    if let checksum = header.checksum, checksum != ParquetCodec.checksum(piece, stored) {
      throw place.error(PageFault("its checksum is wrong"), at: headerOffset)
    }
    guard codec.compresses, header.isCompressed else { return (piece, stored) }
    // Levels of version 2 lie before the compressed values.
    let levels = header.kind == .dataV2 ? header.definitionSize + header.repetitionSize : 0
    guard levels <= stored.count, levels <= header.uncompressedSize else {
      throw place.error(PageFault("its levels are larger than the page"), at: headerOffset)
    }
    var bytes = spare
    let packed = stored.lowerBound + levels..<stored.upperBound
    do {
      try codec.check(packed.count, unpacksTo: header.uncompressedSize - levels)
      if bytes.count < header.uncompressedSize { bytes = [UInt8](repeating: 0, count: header.uncompressedSize) }
      for index in 0..<levels { bytes[index] = piece[stored.lowerBound + index] }
      try codec.decompress(piece, packed, into: &bytes, levels..<header.uncompressedSize)
    } catch {
      throw place.error(error, at: headerOffset)
    }
    return (bytes, 0..<header.uncompressedSize)
  }

  /// Reads from `offset` on: at least `reach` bytes or all that are left.
  private mutating func refill(_ reach: Int) throws(ScanError) {
    let left = end - offset
    piece = []
    piece = try file.read(offset, reach >= pieceBytes && left <= reach + reach / 2 ? left : min(reach, left))
    pieceStart = offset
  }
}
