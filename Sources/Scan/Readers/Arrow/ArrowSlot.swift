/// Where a field of the schema has its node and its buffers in a record batch.
struct ArrowSlot: Sendable {
  let field: ArrowField
  let rowCount: Int
  let nullCount: Int
  /// Its own buffers, and behind them those of its children.
  let buffers: Range<Int>
  /// How many buffers the views point to; they come after the others.
  let viewBuffers: Int
  let children: [ArrowSlot]

  var firstBuffer: Int { buffers.lowerBound }

  /// The buffers that a column needs which is at a path below this field.
  func buffers(at path: ArraySlice<Int>) -> [Int] {
    guard let child = path.first else { return Array(buffers) }
    // Of what is around the column only the nulls.
    return [firstBuffer] + children[child].buffers(at: path.dropFirst())
  }

  /// The slots of all fields, in their order.
  static func slots(of fields: [ArrowField], in batch: ArrowRecordBatch) throws(ArrowFault) -> [ArrowSlot] {
    var cursor = Cursor(batch: batch)
    var slots: [ArrowSlot] = []
    for field in fields {
      let slot = try cursor.next(field)
      guard slot.rowCount == batch.rowCount else {
        throw ArrowFault("column \(field.name) has \(slot.rowCount) rows, the batch \(batch.rowCount)")
      }
      slots.append(slot)
    }
    return slots
  }

  /// Nodes and buffers stand in the order in which the fields are met going down.
  private struct Cursor {
    let batch: ArrowRecordBatch
    var node = 0
    var buffer = 0
    var views = 0

    mutating func next(_ field: ArrowField) throws(ArrowFault) -> ArrowSlot {
      guard node < batch.nodes.count else { throw ArrowFault("it has fewer columns than the schema") }
      let (length, nulls) = batch.nodes[node]
      node += 1
      let firstBuffer = buffer
      buffer += field.dictionary == nil ? field.type.bufferCount : 2
      if case .unsupported("union", _) = field.type, batch.unionsHaveValidity { buffer += 1 }
      var viewBuffers = 0
      if case .views = field.type, field.dictionary == nil {
        guard views < batch.viewBufferCounts.count else { throw ArrowFault("it has fewer buffers than its views need") }
        viewBuffers = batch.viewBufferCounts[views]
        views += 1
        // Each is at most the number of buffers, and there are no more of them than fields.
        buffer += viewBuffers
      }
      guard buffer <= batch.buffers.count else { throw ArrowFault("it has fewer buffers than its columns need") }
      var children: [ArrowSlot] = []
      if field.dictionary == nil {
        for child in field.children { children.append(try next(child)) }
      }
      return ArrowSlot(
        field: field, rowCount: length, nullCount: nulls, buffers: firstBuffer..<buffer, viewBuffers: viewBuffers,
        children: children)
    }
  }
}
