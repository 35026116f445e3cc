/// How the text of a file is encoded.
package enum TextEncoding: String, Sendable, Hashable, CaseIterable {
  case utf8 = "utf-8"
  case latin1
  /// With a byte-order mark, or without one in the order that the first character shows.
  case utf16 = "utf-16"
}

/// A source of UTF-8 bytes over a source in another encoding.
struct Transcoder: ByteSource {
  private var source: any ByteSource
  private let encoding: TextEncoding
  private var pending: [UInt8] = []
  private var bigEndian: Bool?
  private var atEnd = false

  var name: String { source.name }

  init(_ source: any ByteSource, from encoding: TextEncoding) {
    self.source = source
    self.encoding = encoding
  }

  mutating func read(_ count: Int, into buffer: inout [UInt8]) throws(ScanError) -> Int {
    let before = buffer.count
    while buffer.count == before, !atEnd {
      // A UTF-16 unit becomes at most three bytes, a Latin-1 byte at most two: a third always fits.
      atEnd = try source.read(max(4, count / 3), into: &pending) == 0
      switch encoding {
      case .utf8: buffer.append(contentsOf: pending); pending.removeAll()
      case .latin1: latin1(into: &buffer)
      case .utf16: try utf16(into: &buffer)
      }
    }
    return buffer.count - before
  }

  private mutating func latin1(into buffer: inout [UInt8]) {
    for byte in pending {
      if byte < 0x80 {
        buffer.append(byte)
      } else {
        buffer.append(0xC0 | byte >> 6)
        buffer.append(0x80 | byte & 0x3F)
      }
    }
    pending.removeAll(keepingCapacity: true)
  }

  private mutating func utf16(into buffer: inout [UInt8]) throws(ScanError) {
    var position = 0
    if bigEndian == nil, pending.count >= 2 {
      // Without a mark the first character tells: it is ASCII in nearly every table.
      bigEndian = pending[0] == 0xFE && pending[1] == 0xFF || pending[0] == 0 && pending[1] != 0
      if pending[0] == 0xFE && pending[1] == 0xFF || (pending[0] == 0xFF && pending[1] == 0xFE) { position = 2 }
    }
    while position + 1 < pending.count {
      let unit = self.unit(at: position)
      guard UTF16.isLeadSurrogate(unit) else {
        append(unit, to: &buffer)
        position += 2
        continue
      }
      guard position + 3 < pending.count else { break }
      let trail = self.unit(at: position + 2)
      if UTF16.isTrailSurrogate(trail) {
        append(UTF16.decode(UTF16.EncodedScalar([unit, trail])), to: &buffer)
        position += 4
      } else {
        append(unit, to: &buffer)
        position += 2
      }
    }
    pending.removeFirst(position)
    if atEnd, !pending.isEmpty {
      throw ScanError(.malformed, "\(name) ends in the middle of a UTF-16 character", hint: "is it complete?")
    }
  }

  private func unit(at position: Int) -> UInt16 {
    let (first, second) = (UInt16(pending[position]), UInt16(pending[position + 1]))
    return bigEndian == true ? first << 8 | second : second << 8 | first
  }

  /// A unit by itself. Half a surrogate pair becomes three bytes that are not UTF-8, so that its row is a defect and
  /// is not mended in silence.
  private func append(_ unit: UInt16, to buffer: inout [UInt8]) {
    guard let scalar = Unicode.Scalar(unit) else {
      buffer.append(contentsOf: [0xED, 0x80 | UInt8(unit >> 6 & 0x3F), 0x80 | UInt8(unit & 0x3F)])
      return
    }
    append(scalar, to: &buffer)
  }

  private func append(_ scalar: Unicode.Scalar, to buffer: inout [UInt8]) {
    buffer.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
  }
}
