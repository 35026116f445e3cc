import JSON
import Testing

/// RFC 4648, section 10, and what is no Base64.
@Suite struct Base64Tests {
  @Test(arguments: [
    ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="), ("fooba", "Zm9vYmE="),
    ("foobar", "Zm9vYmFy"),
  ])
  func theVectorsOfTheRFC(_ text: String, _ encoded: String) {
    #expect(text.base64 == encoded)
    #expect(Base64.decode(encoded) == Array(text.utf8))
    // gRPC leaves the filling signs out.
    #expect(Base64.decode(encoded.filter { $0 != "=" }) == Array(text.utf8))
  }

  @Test func everyByteComesBack() {
    let bytes = (0...255).map { UInt8($0) }
    #expect(Base64.decode(Base64.encode(bytes)) == bytes)
  }

  @Test(arguments: ["Z", "Zg===", "Zg=v", "Zm9v\n", "Zm 9v", "Zm-_", "Zür9", "===="])
  func whatIsNoneIsRefused(_ text: String) { #expect(Base64.decode(text) == nil) }
}
