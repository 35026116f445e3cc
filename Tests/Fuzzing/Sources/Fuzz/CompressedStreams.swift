import Scan

/// Decompresses with room for much and for little, which must not show. What comes out of a corrupt stream before its
/// error may be more or less, and zstd looks at some checks only when there is room for a whole frame.
func readCompressed(_ bytes: [UInt8], _ compression: Compression) {
  let whole = decompressed(bytes, compression, room: 1 << 16)
  let inPieces = decompressed(bytes, compression, room: 1000)
  let common = min(whole.output.count, inPieces.output.count)
  require(whole.output.prefix(common) == inPieces.output.prefix(common), "the room shows in the bytes")
  let isWhole = whole.error == nil && inPieces.error == nil
  require(!isWhole || whole.output.count == inPieces.output.count, "the room shows in the length")
}

private func decompressed(
  _ bytes: [UInt8], _ compression: Compression, room: Int
) -> (output: [UInt8], error: ScanError?) {
  var output: [UInt8] = []
  do throws(ScanError) {
    // A tiny input may become terabytes: a limit keeps that short.
    var source = try Decompressor(MemorySource(bytes), compression, maximumBytes: 4 << 20)
    var piece: [UInt8] = []
    while try source.read(room, into: &piece) > 0 {
      output += piece
      piece.removeAll(keepingCapacity: true)
    }
  } catch {
    return (output, error)
  }
  return (output, nil)
}
