/// The keys of one batch, sorted by the partition that their hash chooses, as bytes.
///
/// A key is written as its row in the batch (four bytes), its length (seven bits a byte, the lowest first) and the bytes
/// of its record. Within a partition the keys keep the order of their rows.
struct KeySegment: Sendable {
  static let partitions = 256

  /// Where the batch stands: what is added to the places of its rows.
  var origin: RowPlace
  /// The places of the rows, relative to `origin`, when they are not simply counted on from `firstPlace`.
  private let places: [Int32]
  private let firstPlace: Int
  private(set) var bytes: [UInt8]
  /// Where each partition begins, and where the last one ends.
  private let offsets: [Int32]

  /// The memory that the segment holds, in bytes.
  var footprint: Int { bytes.count + 4 * (offsets.count + places.count) + 64 }

  /// - Parameter keys: the records of all keys one after another; `ends[i]` is where the one of `rows[i]` ends.
  init(keys: [UInt8], ends: [Int32], rows: [Int32], batch: Batch, of records: KeyRecord = .key) {
    let first = batch.placeOfConsecutiveRows
    self.init(
      keys: keys, ends: ends, rows: rows, places: first == nil ? batch.lines : [], firstPlace: first ?? 0, of: records)
  }

  init(
    keys: [UInt8], ends: [Int32], rows: [Int32], places: [Int32], firstPlace: Int, of records: KeyRecord = .key
  ) {
    origin = RowPlace(rawValue: 0)
    self.places = places
    self.firstPlace = firstPlace
    var offsets = [Int32](repeating: 0, count: Self.partitions + 1)
    let partitions = [UInt8](unsafeUninitializedCapacity: ends.count) { partitions, count in
      // Safe because: one element is initialised for each key, in order.
      var start = 0
      for end in ends {
        let key = keys.span.extracting(start..<Int(end))
        let partition = UInt8(truncatingIfNeeded: records.hash(key) >> 56)
        partitions.initializeElement(at: count, to: partition)
        offsets[Int(partition) + 1] += Int32(4 + Self.lengthBytes(key.count) + key.count)
        count += 1
        start = Int(end)
      }
    }
    for partition in 0..<Self.partitions { offsets[partition + 1] += offsets[partition] }
    let total = Int(offsets[Self.partitions])
    bytes = [UInt8](unsafeUninitializedCapacity: total) { bytes, count in
      // Safe because: the offsets were counted from the same keys, so the writes fill `bytes` exactly and in bounds.
      var next = offsets
      var start = 0
      for (index, end) in ends.enumerated() {
        let partition = Int(partitions[index])
        var position = Int(next[partition])
        UnsafeMutableRawBufferPointer(bytes).storeBytes(of: rows[index], toByteOffset: position, as: Int32.self)
        position += 4
        var length = Int(end) - start
        while length >= 0x80 {
          bytes[position] = UInt8(truncatingIfNeeded: length) | 0x80
          position += 1
          length >>= 7
        }
        bytes[position] = UInt8(length)
        position += 1
        for byte in start..<Int(end) {
          bytes[position] = keys[byte]
          position += 1
        }
        next[partition] = Int32(position)
        start = Int(end)
      }
      count = total
    }
    self.offsets = offsets
  }

  /// The same without its keys, or with them again.
  func holding(_ bytes: [UInt8]) -> KeySegment {
    var segment = self
    segment.bytes = bytes
    return segment
  }

  /// Calls `body` with the keys of a partition in the order of their rows.
  func forEach(
    in partition: Int, _ body: (Span<UInt8>, RowPlace) throws(ScanError) -> Void
  ) throws(ScanError) {
    let span = bytes.span
    var position = Int(offsets[partition])
    let end = Int(offsets[partition + 1])
    while position < end {
      let row = span.extracting(position..<position + 4).withUnsafeBytes { $0.loadUnaligned(as: Int32.self) }
      position += 4
      var (length, shift) = (0, 0)
      repeat {
        length |= Int(span[position] & 0x7F) << shift
        shift += 7
        position += 1
      } while span[position - 1] >= 0x80
      let relative = places.isEmpty ? firstPlace + Int(row) : Int(places[Int(row)])
      try body(span.extracting(position..<position + length), RowPlace(rawValue: relative).moved(after: origin))
      position += length
    }
  }

  private static func lengthBytes(_ length: Int) -> Int {
    length < 0x80 ? 1 : length < 0x4000 ? 2 : length < 0x20_0000 ? 3 : length < 0x1000_0000 ? 4 : 5
  }
}
