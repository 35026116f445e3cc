import Testing

@testable import Scan

@Suite struct ParseBooleanTests {
  @Test func agreesWithTheList() {
    let spellings: [String: Int64] = ["true": 1, "false": 0, "1": 1, "0": 0]
    let others = [
      "", "yes", "no", "t", "f", "truE ", "\u{14}rue", "tru", "falsee", "01", "2", "on", "TRUEE", "\u{06}alse",
    ]
    for text in Array(spellings.keys) + ["TRUE", "True", "tRuE", "FALSE", "False", "fALSe"] + others {
      #expect(parseBoolean(Array(text.utf8).span) == spellings[text.lowercased()], "\(text)")
    }
  }

  /// One byte changed in any way makes another word, except for its case.
  @Test(arguments: ["true", "false"])
  func everyByteCounts(word: String) {
    for index in word.utf8.indices {
      for byte in UInt8.min ... .max {
        var bytes = Array(word.utf8)
        bytes[word.utf8.distance(from: word.utf8.startIndex, to: index)] = byte
        let isWord = String(decoding: bytes, as: UTF8.self).lowercased() == word && byte < 0x80
        #expect((parseBoolean(bytes.span) != nil) == isWord)
      }
    }
  }
}
