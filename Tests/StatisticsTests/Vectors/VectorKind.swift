/// How the cases of one kind are answered by the library.
struct VectorKind: Sendable {
  /// The answers by name. A case whose source could not answer expects a thrown `Undefined`.
  let answers: @Sendable (VectorCase) async throws -> [String: Answer]
  /// Names that pin what other libraries get wrong, or say no more than other names: they are not ours to reproduce.
  let documents: Set<String>

  init(documents: Set<String> = [], _ answers: @escaping @Sendable (VectorCase) async throws -> [String: Answer]) {
    self.documents = documents
    self.answers = answers
  }

  /// Every kind of case that the library answers; each family of methods adds its own.
  static let all: [String: VectorKind] = [
    distributions, samples, categorical, summaries, intervals, decisions, sequential, resampling,
  ].reduce(into: [:]) { all, some in all.merge(some) { first, _ in first } }
}
