/// Builds Arrow files and streams by hand (`Message.fbs`, `Schema.fbs`, `File.fbs`).
package struct ArrowBytesBuilder {
  /// A field of the schema: the number of its type, the fields of the type's table, and more of its own.
  package static func field(
    _ name: String, _ type: UInt8, _ content: [Int: FlatValue] = [:], children: [[Int: FlatValue]] = [],
    more: [Int: FlatValue] = [:]
  ) -> [Int: FlatValue] {
    [0: .text(name), 1: .int(UInt8(1)), 2: .int(type), 3: .table(content), 5: .tables(children)].merging(more) { $1 }
  }

  package static func schema(_ fields: [[Int: FlatValue]], endianness: Int16 = 0) -> [Int: FlatValue] {
    [0: .int(endianness), 1: .tables(fields)]
  }

  package static func message(_ kind: UInt8, _ header: [Int: FlatValue], body: [UInt8] = []) -> [UInt8] {
    let metadata = FlatWriter.buffer([
      0: .int(Int16(4)), 1: .int(kind), 2: .table(header), 3: .int(Int64(body.count)),
    ])
    return [0xFF, 0xFF, 0xFF, 0xFF] + littleEndian(Int32(metadata.count)) + metadata + body
  }

  /// The header and the body of a record batch.
  package static func batch(
    _ rows: Int, nodes: [(Int, Int)], buffers: [[UInt8]], views: [Int64] = [], codec: Int8? = nil
  ) -> ([Int: FlatValue], [UInt8]) {
    var body: [UInt8] = []
    var places: [Int64] = []
    for buffer in buffers {
      places += [Int64(body.count), Int64(buffer.count)]
      body += buffer + [UInt8](repeating: 0, count: (8 - buffer.count % 8) % 8)
    }
    var header: [Int: FlatValue] = [
      0: .int(Int64(rows)), 1: .words(nodes.flatMap { [Int64($0.0), Int64($0.1)] }, perElement: 2),
      2: .words(places, perElement: 2), 4: .words(views, perElement: 1),
    ]
    if let codec { header[3] = .table([0: .int(codec)]) }
    return (header, body)
  }

  package static let endOfStream: [UInt8] = [0xFF, 0xFF, 0xFF, 0xFF, 0, 0, 0, 0]

  package static func stream(_ fields: [[Int: FlatValue]], _ messages: [[UInt8]]) -> [UInt8] {
    message(1, schema(fields)) + messages.joined() + endOfStream
  }

  /// A file of these messages, dictionaries first.
  package static func file(_ fields: [[Int: FlatValue]], dictionaries: [[UInt8]] = [], _ batches: [[UInt8]]) -> [UInt8]
  {
    var bytes = Array("ARROW1\0\0".utf8)
    func blocks(_ messages: [[UInt8]]) -> FlatValue {
      var words: [Int64] = []
      for message in messages {
        let length = 8 + (0..<4).reduce(0) { $0 | Int(message[4 + $1]) << (8 * $1) }
        words += [Int64(bytes.count), Int64(length), Int64(message.count - length)]
        bytes += message
      }
      return .words(words, perElement: 3)
    }
    let (first, second) = (blocks(dictionaries), blocks(batches))
    let footer = FlatWriter.buffer([0: .int(Int16(4)), 1: .table(schema(fields)), 2: first, 3: second])
    return bytes + footer + littleEndian(Int32(footer.count)) + Array("ARROW1".utf8)
  }

  package static func bits(_ flags: [Bool]) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: (flags.count + 7) / 8)
    for (index, flag) in flags.enumerated() where flag { bytes[index / 8] |= 1 << UInt8(index % 8) }
    return bytes
  }

  /// Offsets and bytes of texts.
  package static func texts(_ texts: [String]) -> [[UInt8]] {
    var offsets: [Int32] = [0]
    for text in texts { offsets.append(offsets[offsets.count - 1] + Int32(text.utf8.count)) }
    return [offsets.flatMap { littleEndian($0) }, texts.flatMap { Array($0.utf8) }]
  }
}
