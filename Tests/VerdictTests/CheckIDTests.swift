import Testing
import Verdict

@Suite struct CheckIDTests {
  @Test(
    arguments: [
      ("plain", "plain"), ("with-dash_1", "with-dash_1"), ("a.b", "\"a.b\""), ("a b", "\"a b\""), ("", "\"\""),
      ("say \"hi\"", "\"say \\\"hi\\\"\""), ("back\\slash", "\"back\\\\slash\""), ("tab\there", "\"tab\there\""),
      ("no\u{A0}break", "\"no\u{A0}break\""), ("em\u{2003}space", "\"em\u{2003}space\""), ("größe", "größe"),
    ] as [(String, String)])
  func quotesWhatWouldBreakAnIdentity(part: String, written: String) {
    #expect(CheckID(suite: .data, subject: "s", check: part).description == "data.s." + written)
    #expect(CheckID(suite: .data, subject: part, check: "c").description == "data." + written + ".c")
    #expect(CheckID(suite: .data, subject: "s", column: part, check: "c").description == "data.s." + written + ".c")
  }

  @Test func scopeAndNameMakeTheIdentity() {
    let id = CheckID(suite: .models, subject: "delay", column: "roc.auc", check: "max regression")
    #expect(id.scope == "models.delay.\"roc.auc\"")
    #expect(id.name == "\"max regression\"")
    #expect(id.description == id.scope + "." + id.name)
  }

  /// Quoting is injective: different parts never make the same identity.
  @Test func differentPartsMakeDifferentIdentities() {
    let parts = ["a", "b", "a.b", "\"a", "a\"", "a\\", "a\\\"", "", " ", ".", "\"", "\\"]
    var seen: [String: CheckID] = [:]
    for subject in parts {
      for column in parts.map(Optional.some) + [nil] {
        for check in parts {
          let id = CheckID(suite: .endpoints, subject: subject, column: column, check: check)
          #expect(seen.updateValue(id, forKey: id.description) == nil, "\(id) twice")
        }
      }
    }
  }
}
