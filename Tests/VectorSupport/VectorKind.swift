/// How the cases of one kind are answered by the library.
package struct VectorKind: Sendable {
  /// The answers by name. A case whose source could not answer expects a thrown `Undefined`.
  package let answers: @Sendable (VectorCase) async throws -> [String: Answer]
  /// Names that pin what other libraries get wrong, or say no more than other names: they are not ours to reproduce.
  package let documents: Set<String>

  package init(
    documents: Set<String> = [], _ answers: @escaping @Sendable (VectorCase) async throws -> [String: Answer]
  ) {
    self.documents = documents
    self.answers = answers
  }
}
