import TestSupport
import Testing

@testable import Scan

/// Buffers in frames, whole and in parts.
@Suite struct ArrowCompressionTests {
  private typealias Build = ArrowBytesBuilder

  /// Frames of blocks that are stored as they are (RFC 8878, and the LZ4 frame format): any decoder takes them.
  private static func frame(_ bytes: [UInt8], _ codec: ArrowRecordBatch.Codec) -> [UInt8] {
    var frame: [UInt8] =
      codec == .zstd
      ? [0x28, 0xB5, 0x2F, 0xFD, 0x80, 0x38] + littleEndian(UInt32(bytes.count))
      : [0x04, 0x22, 0x4D, 0x18, 0x60, 0x40, 0x82]
    let block = 1 << 16
    for start in stride(from: 0, to: bytes.count, by: block) {
      let part = bytes[start..<min(start + block, bytes.count)]
      let isLast = part.endIndex == bytes.count
      let size = UInt32(part.count)
      frame += codec == .zstd ? littleEndian(size << 3 | (isLast ? 1 : 0)).prefix(3) : littleEndian(size | 1 << 31)[...]
      frame += part
    }
    return codec == .zstd ? frame : frame + [0, 0, 0, 0]
  }

  private static func compressed(_ bytes: [UInt8], _ codec: ArrowRecordBatch.Codec) -> [UInt8] {
    bytes.isEmpty ? [] : littleEndian(Int64(bytes.count)) + frame(bytes, codec)
  }

  /// Every buffer is larger than what is decompressed at once; one is not compressed, as writers may decide.
  @Test(arguments: [ArrowRecordBatch.Codec.zstd, .lz4])
  func longBuffersAreReadInParts(codec: ArrowRecordBatch.Codec) throws {
    var generator = SeededGenerator(seed: 4)
    let count = 700_003
    let numbers = (0..<count).map { _ in Int32.random(in: .min ... .max, using: &generator) }
    let flags = (0..<count).map { _ in Bool.random(using: &generator) }
    let texts = numbers.map { "é\($0 % 1000)" }
    let lengths = numbers.map { Int($0 & 1) }
    var ends: [Int32] = [0]
    for length in lengths { ends.append(ends[ends.count - 1] + Int32(length)) }
    let elements = (0..<Int(ends[count])).map { Int64($0) }
    let int32 = Build.field("n", 2, [0: .int(Int32(32)), 1: .int(UInt8(1))])
    let int64 = Build.field("item", 2, [0: .int(Int32(64)), 1: .int(UInt8(1))])
    let fields = [int32, Build.field("t", 5), Build.field("l", 12, children: [int64])]
    var buffers = [Build.bits(flags), numbers.flatMap { littleEndian($0) }, []] + Build.texts(texts)
    buffers += [[], ends.flatMap { littleEndian($0) }, [], elements.flatMap { littleEndian($0) }]
    buffers = buffers.map { Self.compressed($0, codec) }
    buffers[7] = littleEndian(Int64(-1)) + ends.flatMap { littleEndian($0) }
    let (header, body) = Build.batch(
      count, nodes: [(count, flags.count { !$0 }), (count, 0), (count, 0), (elements.count, 0)], buffers: buffers,
      codec: codec.rawValue)
    let message = Build.message(3, header, body: body)
    let expected: [[String?]] = [
      zip(numbers, flags).map { $1 ? "\($0)" : nil }, texts,
      (0..<count).map { lengths[$0] == 0 ? "[]" : "[\(elements[Int(ends[$0])])]" },
    ]
    let stream = Build.stream(fields, [message])
    #expect(try arrowValues(ArrowStreamReader(PiecewiseSource(stream, piece: 1 << 20))) == expected)
    let folder = try TemporaryFolder()
    let path = try folder.write(Build.file(fields, [message]), to: "t.arrow")
    #expect(try arrowValues(ArrowFileReader(RandomAccessFile(path: path, displayedAs: "t.arrow"))) == expected)
  }

  /// The slow twin is the whole buffer: parts go forward and overlap, and now and then one begins again.
  @Test(arguments: [ArrowRecordBatch.Codec.zstd, .lz4])
  func partsOfAStreamAreThoseOfTheWhole(codec: ArrowRecordBatch.Codec) throws {
    var generator = SeededGenerator(seed: 5)
    let whole = (0..<300_000).map { _ in UInt8.random(in: 0...255, using: &generator) }
    let body = [1, 2, 3] + Self.frame(whole, codec)
    for _ in 0..<20 {
      var stream = ArrowBufferStream(codec, at: 3..<body.count, size: whole.count)
      var part = 0..<0
      for _ in 0..<60 {
        let again = Int.random(in: 0..<20, using: &generator) == 0
        let start = Int.random(in: again ? 0...part.upperBound : part.lowerBound...part.upperBound, using: &generator)
        let gap = Bool.random(using: &generator) ? 0 : Int.random(in: 0...9000, using: &generator)
        let lower = min(start + gap, whole.count)
        part = lower..<min(lower + Int.random(in: 0...9000, using: &generator), whole.count)
        let bytes = try stream.bytes(part) { offset, count in
          ArrowBytes(array: body, range: offset..<offset + min(count, Int.random(in: 1...5000, using: &generator)))
        }
        #expect(bytes.array[bytes.range].elementsEqual(whole[part]))
        // No more is held than a part has.
        #expect(bytes.array.count <= 9000)
      }
    }
  }

  @Test(arguments: [ArrowRecordBatch.Codec.zstd, .lz4])
  func framesThatEndEarlyAreCorrupt(codec: ArrowRecordBatch.Codec) {
    let frame = Self.frame([UInt8](repeating: 7, count: 100_000), codec)
    for (end, size) in [(frame.count, 100_001), (frame.count - 5000, 100_000), (0, 1), (3, 1)] {
      var stream = ArrowBufferStream(codec, at: 0..<end, size: size)
      let fault = #expect(throws: ArrowFault.self) {
        try stream.bytes(0..<size) { ArrowBytes(array: frame, range: $0..<$0 + $1) }
      }
      #expect(fault?.what == "a compressed buffer is corrupt")
    }
  }

  @Test(arguments: [0, 1000])
  func ofABodyOnlyWhatIsNeededIsHeld(memory: Int) throws {
    let body = (0..<100).map { UInt8($0) }
    var source = MemorySource(body + [255])
    let ranges = [40..<50, 10..<20, 45..<60, 90..<200, 30..<30]
    let parts = try ArrowBodyParts(ranges, ofBodyWith: 100, memory: memory, spillingTo: "/tmp") {
      count throws(ScanError) in
      var bytes: [UInt8] = []
      _ = try source.read(count, into: &bytes)
      return bytes
    }
    for (range, isHeld) in [
      (10..<20, true), (12..<13, true), (40..<60, true), (55..<60, true), (90..<100, true), (0..<5, false),
      (9..<11, false), (19..<21, false), (60..<61, false), (99..<101, false), (500..<501, false),
    ] {
      let bytes = try? parts.bytes(range.lowerBound, range.count)
      #expect((bytes != nil) == isHeld, "\(range)")
      if let bytes { #expect(bytes.array[bytes.range].elementsEqual(body[range])) }
    }
    // The whole body was taken from the stream.
    var rest: [UInt8] = []
    _ = try source.read(10, into: &rest)
    #expect(rest == [255])
  }
}
