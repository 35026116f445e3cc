import JSON
import Statistics

extension VectorCase {
  /// Where the library answers something else than is expected, by output; a kind that nothing answers is a difference.
  package func differences(by kinds: [String: VectorKind]) async throws -> [String] {
    guard let kind = kinds[kind] else { return ["no method answers cases of the kind \(self.kind)"] }
    let answers: [String: Answer]
    do {
      answers = try await kind.answers(self)
    } catch let reason as Undefined {
      return expected(kind).compactMap { Answer.undefined(reason).difference(from: $0.value, self, at: $0.key) }
    }
    guard outputs != nil else {
      let isUndefined = answers.values.contains { if case .undefined = $0 { true } else { false } }
      return isUndefined ? [] : ["answered \(answers) where an error is expected"]
    }
    return expected(kind).compactMap { member in
      guard let answer = answers[member.key] else { return "no answer for \(member.key)" }
      return answer.difference(from: member.value, self, at: member.key)
    }
  }

  private func expected(_ kind: VectorKind) -> [JSONObject.Member] {
    (outputs?.members ?? []).filter { !kind.documents.contains($0.key) && $0.key != "note" }
  }
}
