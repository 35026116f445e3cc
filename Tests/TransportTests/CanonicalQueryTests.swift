import Testing

@testable import Transport

/// The canonical query of AWS Signature Version 4.
@Suite struct CanonicalQueryTests {
  @Test(arguments: [
    ("b=2&a=1", "a=1&b=2"), ("a=x%20y&c", "a=x%20y&c="), ("a=2&a=10", "a=10&a=2"), ("Z=1&a=2", "Z=1&a=2"),
    ("a-b=1&a=2", "a=2&a-b=1"), ("k=%2Fp~q", "k=%2Fp~q"),
  ])
  func parametersAreSorted(_ query: String, _ canonical: String) {
    #expect(CanonicalQuery(query)?.text == canonical)
  }

  @Test(arguments: ["a=x+y", "a=%2f", "a=/b", "a=%2", "a=b=c"])
  func whatHasToBeEscapedIsNotGuessed(_ query: String) {
    #expect(CanonicalQuery(query) == nil)
  }
}
