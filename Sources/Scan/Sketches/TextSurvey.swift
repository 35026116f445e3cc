internal import CKernels

/// What one look at every byte of some texts tells, of each text once.
struct TextSurvey: Sendable {
  /// The hash of each text, at its place; texts that do not occur keep a zero.
  let hashes: [Murmur3.Hash]
  /// Whether all texts are ASCII.
  let isASCII: Bool
  /// How many texts have each length in bytes, up to `LengthSummary.longestExact`, and at last how many are longer;
  /// zero when the texts are numbers.
  let lengths: [Int64]

  init(_ texts: CountedTexts) {
    var isASCII = true
    var lengths = [Int64](repeating: 0, count: LengthSummary.longestExact + 2)
    hashes = [Murmur3.Hash](unsafeUninitializedCapacity: texts.ends.count) { hashes, count in
      // Safe because: a hash is its two words, and the kernel writes both for every text.
      hashes.withMemoryRebound(to: (UInt64, UInt64).self) { words in
        UnsafeMutableRawBufferPointer(words).withMemoryRebound(to: UInt64.self) { words in
          if let numbers = texts.words {
            ck_hash_words(numbers, numbers.count, Murmur3.seed, words.baseAddress)
          } else {
            isASCII = ck_hash_texts(
              texts.bytes, texts.bytes.count, texts.starts, texts.ends, texts.ends.count, Murmur3.seed,
              words.baseAddress, &lengths)
          }
        }
      }
      count = texts.ends.count
    }
    self.isASCII = isASCII
    self.lengths = lengths
  }
}
