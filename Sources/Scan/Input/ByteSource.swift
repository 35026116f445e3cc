/// Where the bytes of a table come from.
package protocol ByteSource: Sendable {
  /// The source as messages name it.
  var name: String { get }
  /// Appends up to `count` bytes to `buffer`; returns how many, 0 at the end.
  mutating func read(_ count: Int, into buffer: inout [UInt8]) throws(ScanError) -> Int
}

/// Bytes that are in memory already: tests, and text piped into a command.
package struct MemorySource: ByteSource {
  package var name: String
  private var bytes: ArraySlice<UInt8>

  package init(_ bytes: [UInt8], name: String = "memory") {
    self.bytes = bytes[...]
    self.name = name
  }

  package mutating func read(_ count: Int, into buffer: inout [UInt8]) throws(ScanError) -> Int {
    let chunk = bytes.prefix(count)
    buffer.append(contentsOf: chunk)
    bytes = bytes.dropFirst(count)
    return chunk.count
  }
}
