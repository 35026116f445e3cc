import Config
import Foundation
import Testing

@Suite struct RedactionTests {
  @Test func everyOccurrenceIsMasked() {
    let redaction = Redaction(secrets: ["hunter2", "s3cr3t"])
    #expect(redaction.redact("hunter2 and s3cr3thunter2, Hunter2") == "*** and ******, Hunter2")
    #expect(redaction.redact("nothing here") == "nothing here")
    #expect(redaction.redact("") == "")
    #expect(redaction.redact("ünder hunter2 🙂") == "ünder *** 🙂")
  }

  @Test func theLongestIsMaskedAndOverlapsBecomeOne() {
    #expect(Redaction(secrets: ["abcd", "abcdef"]).redact("xabcdefx abcd") == "x***x ***")
    #expect(Redaction(secrets: ["abcd", "cdefgh"]).redact("abcdefgh!") == "***!")
    #expect(Redaction(secrets: ["aaaa"]).redact("aaaaaa") == "***")
  }

  @Test func shortSecretsAreLeftAlone() {
    #expect(Redaction(secrets: ["abc", ""]).isEmpty)
    #expect(Redaction(secrets: ["abc"]).redact("abc") == "abc")
    #expect(Redaction(secrets: ["abcd"]).redact("abcd") == "***")
  }

  /// Foundation writes the other forms: none of the code under test has a part in them.
  @Test(arguments: ["p@ss/w rd&\"1\\2", "ключ-пароль", "line\nbreak\tand\u{1}", "a+b=c%d", "abcd", "abcde", "abcdef"])
  func otherFormsAreMasked(secret: String) throws {
    let redaction = Redaction(secrets: [secret])
    let unreserved = CharacterSet(charactersIn: "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~")
    let url = try #require(secret.addingPercentEncoding(withAllowedCharacters: unreserved))
    #expect(redaction.redact("?k=\(url)&x") == "?k=***&x")
    let lower = url.replacing(/%[0-9A-F]{2}/) { $0.output.lowercased() }
    #expect(redaction.redact("?k=\(lower)&x") == "?k=***&x")
    #expect(redaction.redact("k=\(url.replacing("%20", with: "+"))") == "k=***")

    let json = String(decoding: try JSONEncoder().encode([secret]), as: UTF8.self)
    #expect(redaction.redact(json) == "[\"***\"]")

    let base64 = Data(secret.utf8).base64EncodedString()
    #expect(redaction.redact("Basic \(base64)!") == "Basic ***!")
    let urlSafe = base64.replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
    #expect(redaction.redact(urlSafe) == "***")
  }

  @Test(arguments: ["", "u", "us", "usr", "user"])
  func secretsWithinBase64AreMasked(user: String) {
    let secret = "correct-horse-battery"
    let header = Data("\(user):\(secret)".utf8).base64EncodedString()
    let masked = Redaction(secrets: [secret]).redact("Basic \(header)")
    #expect(masked.contains("***"))
    // Of the header only what the user name decides and up to one character at each end is left.
    #expect(masked.count < "Basic ".count + 3 + Data("\(user):".utf8).base64EncodedString().count + 4)
  }

  @Test func aLineBreakAtTheEndOfASecretDoesNotShowIt() {
    #expect(Redaction(secrets: ["hunter2\n"]).redact("token hunter2, 'hunter2\n'") == "token ***, '***'")
  }

  /// Whatever the text, no secret is left in it.
  @Test func nothingIsLeftOver() {
    var random = SplitMix(seed: 7)
    for _ in 0..<500 {
      let secrets = (0..<3).map { _ in random.text(4...6, of: "abc") }
      let text = random.text(0...60, of: "abc")
      let masked = Redaction(secrets: secrets).redact(text)
      for secret in secrets { #expect(!masked.contains(secret), "\(secrets) in \(text)") }
      if !secrets.contains(where: text.contains) {
        let forms = Redaction(secrets: secrets)
        #expect(masked == text || forms.redact(text).contains("***"))
      }
    }
  }
}

/// A small seeded generator: the same texts in every run.
struct SplitMix: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  mutating func text(_ count: ClosedRange<Int>, of alphabet: String) -> String {
    let letters = Array(alphabet)
    let length = Int.random(in: count, using: &self)
    return String((0..<length).map { _ in letters[Int.random(in: letters.indices, using: &self)] })
  }
}
