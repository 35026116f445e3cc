/// A source that gives back the bytes that were taken from it to find out what it is, and then goes on.
package struct PeekedSource: ByteSource {
  package var name: String { source.name }
  private var source: any ByteSource
  private var peeked: ArraySlice<UInt8>

  /// `peeked` are the bytes that were read from `source` already.
  package init(_ peeked: [UInt8], then source: any ByteSource) {
    self.peeked = peeked[...]
    self.source = source
  }

  /// Takes the first bytes of a source, up to `count` of them; fewer only when the source ends before.
  package static func peek(_ count: Int, of source: inout any ByteSource) throws(ScanError) -> [UInt8] {
    var first: [UInt8] = []
    while first.count < count, try source.read(count - first.count, into: &first) > 0 {}
    return first
  }

  package mutating func read(_ count: Int, into buffer: inout [UInt8]) throws(ScanError) -> Int {
    guard !peeked.isEmpty else { return try source.read(count, into: &buffer) }
    let bytes = peeked.prefix(count)
    buffer.append(contentsOf: bytes)
    peeked = peeked.dropFirst(count)
    return bytes.count
  }
}
