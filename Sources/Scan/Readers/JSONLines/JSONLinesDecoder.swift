internal import CKernels

/// The kernel for one set of columns with the room for its batches. It belongs to one thread.
final class JSONLinesDecoder {
  /// What one call of the kernel gave, besides the columns.
  struct Step {
    var rowCount: Int
    /// Where the next call goes on, and the line that begins there.
    var offset: Int
    var line: Int
    /// What the ranges of the columns point into.
    var bytes: [UInt8]
    var lines: [Int32]
    var defects: [RecordDefect]
  }

  private let kernel: OpaquePointer
  private let columnCount: Int
  private let rowCapacity: Int
  private let room: ck_json_batch
  private static let defectCapacity = 1024
  /// Bounds the room of a batch, however many columns there are.
  private static let valuesPerBatch = 4 << 20

  /// Bounds the memory for paths that are not known, when no columns are known at all.
  private static let maximumPaths = 1 << 18

  /// A decoder of these paths, which notes those that occur and are not known; without any it decodes nothing and notes
  /// all.
  init(paths: [String]?, known: [String] = [], rowCapacity: Int) throws(ScanError) {
    let texts = ((paths ?? []) + known).map { Array($0.utf8) }
    var end = 0
    let ends = texts.map { text in
      end += text.count
      return end
    }
    columnCount = paths?.count ?? 0
    let noted = paths == nil ? Self.maximumPaths : LateColumns.limit
    guard let kernel = ck_json_lines_create(Array(texts.joined()), ends, ends.count, columnCount, noted) else {
      throw Self.outOfMemory
    }
    self.kernel = kernel
    // Discovering needs no room for rows.
    self.rowCapacity =
      paths == nil ? Int.max : max(16, min(rowCapacity, Self.valuesPerBatch / max(1, columnCount)))
    let values = columnCount == 0 ? 0 : columnCount * self.rowCapacity
    let defects = Self.defectCapacity
    // Safe because: the room lives exactly as long as this object, which alone knows its pointers; the kernel writes
    // only within the capacities that are named here.
    room = ck_json_batch(
      row_capacity: self.rowCapacity, starts: .allocate(capacity: values), ends: .allocate(capacity: values),
      kinds: .allocate(capacity: values), lines: paths == nil ? nil : .allocate(capacity: self.rowCapacity),
      defect_capacity: defects, defect_lines: .allocate(capacity: defects),
      defect_starts: .allocate(capacity: defects), defect_offsets: .allocate(capacity: defects),
      defect_reasons: .allocate(capacity: defects))
  }

  deinit {
    ck_json_lines_free(kernel)
    room.starts.deallocate()
    room.ends.deallocate()
    room.kinds.deallocate()
    room.lines?.deallocate()
    room.defect_lines.deallocate()
    room.defect_starts.deallocate()
    room.defect_offsets.deallocate()
    room.defect_reasons.deallocate()
  }

  static var outOfMemory: ScanError { ScanError(.limit, "there is not enough memory to read JSON Lines") }

  /// Decodes the lines of a block from an offset on, where a line of this number begins, as far as the room goes.
  func decode(_ block: LineBlocks.Block, from offset: Int, line: Int) throws(ScanError) -> Step {
    var result = ck_json_result()
    var room = room
    // Safe because: the zero bytes that the kernel may read stand behind `end`.
    let succeeded = block.bytes.withUnsafeBufferPointer {
      ck_json_lines_decode(kernel, $0.baseAddress, block.end, offset, line, &room, &result)
    }
    guard succeeded else { throw Self.outOfMemory }
    let defects = (0..<result.defects).compactMap { index in
      let (start, offset) = (Int(room.defect_starts[index]), Int(room.defect_offsets[index]))
      return JSONLineProblem(rawValue: room.defect_reasons[index])?.defect(
        line: Int(room.defect_lines[index]), offset: offset, in: block.bytes[start..<block.end])
    }
    return Step(
      rowCount: result.rows, offset: result.next, line: result.line, bytes: bytes(of: block, result),
      lines: room.lines.map { Array(UnsafeBufferPointer(start: $0, count: result.rows)) } ?? [], defects: defects)
  }

  /// The block itself, or a copy with the unescaped strings in place of the zero bytes.
  private func bytes(of block: LineBlocks.Block, _ result: ck_json_result) -> [UInt8] {
    guard result.unescaped_count > 0 else { return block.bytes }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(block.end + result.unescaped_count)
    bytes.append(contentsOf: block.bytes[..<block.end])
    bytes.append(contentsOf: UnsafeBufferPointer(start: result.unescaped, count: result.unescaped_count))
    return bytes
  }

  /// A column of the last step.
  func column(_ index: Int, of step: Step) -> StoredColumn {
    let first = index * rowCapacity
    let starts = Array(UnsafeBufferPointer(start: room.starts + first, count: step.rowCount))
    let ends = Array(UnsafeBufferPointer(start: room.ends + first, count: step.rowCount))
    let kinds = Array(UnsafeBufferPointer(start: room.kinds + first, count: step.rowCount))
    return .tokens(TextColumn(bytes: step.bytes, starts: starts, ends: ends), kinds: kinds)
  }

  /// The paths that occurred so far and were not known.
  var noted: LateColumns {
    let (columns, areAll) = notes
    return columns.isEmpty && areAll ? LateColumns() : LateColumns(columns, areAll: areAll)
  }

  /// The same in the order of their keys' first appearance, however many they are.
  var paths: [String] { notes.columns.map(\.name) }

  private var notes: (columns: [(name: String, line: Int)], areAll: Bool) {
    var areAll = true
    let columns = (0..<ck_json_lines_noted_count(kernel, &areAll)).map { index in
      var count = 0
      var line: Int64 = 0
      let text = ck_json_lines_noted(kernel, index, &count, &line)
      return (String(decoding: UnsafeBufferPointer(start: text, count: count), as: UTF8.self), Int(line))
    }
    return (columns, areAll)
  }
}
