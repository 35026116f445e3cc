import CKernels
import TestSupport
import Testing

/// Where a block of a delimited file is cut, and what is known of it from then on.
@Suite struct RecordEndTests {
  @Test func allBytesAreLookedAt() {
    var dice = SeededGenerator(seed: 9)
    for _ in 0..<3000 {
      var bytes = [UInt8](repeating: UInt8(ascii: "a"), count: Int.random(in: 0...80, using: &dice))
      for _ in 0..<Int.random(in: 0...2, using: &dice) where !bytes.isEmpty {
        let place = Int.random(in: 0..<bytes.count, using: &dice)
        bytes[place] = [34, 10, 0xC3, 0x80, 44, 0x7F].randomElement(using: &dice) ?? 44
      }
      let begin = Int.random(in: 0...bytes.count, using: &dice)
      var (openQuote, hasQuotes, isASCII): (Int64, Bool, Bool) = (0, false, false)
      let end = ck_csv_last_record_end(bytes, begin, bytes.count, 44, &openQuote, &hasQuotes, &isASCII)
      let block = bytes[begin...]
      #expect(hasQuotes == block.contains(34) && isASCII == block.allSatisfy { $0 < 0x80 })
      if !hasQuotes { #expect(end == block.lastIndex(of: 10).map { $0 + 1 } ?? begin && openQuote == -1) }
    }
  }
}
