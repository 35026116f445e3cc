import JSON
import TestSupport
import Testing

@Suite struct Base64Tests {
  /// The test vectors of RFC 4648, section 10.
  @Test(
    arguments: [
      ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="), ("fooba", "Zm9vYmE="),
      ("foobar", "Zm9vYmFy"),
    ] as [(String, String)])
  func standardVectors(text: String, encoded: String) {
    #expect(text.base64 == encoded)
    #expect(Base64.decode(encoded) == Array(text.utf8))
  }

  @Test func everyByteComesBack() {
    var generator = SeededGenerator(seed: 1)
    for count in 0..<200 {
      let bytes = (0..<count).map { _ in UInt8.random(in: 0...255, using: &generator) }
      #expect(Base64.decode(Base64.encode(bytes)) == bytes)
    }
  }

  @Test(arguments: ["Zg", "Zg=", "Z===", "Zm9v!g==", "=Zg=", "Zm9 "])
  func refusesWhatIsNone(text: String) { #expect(Base64.decode(text) == nil) }
}
