import Statistics

extension VectorKind {
  static let summaries: [String: VectorKind] = [:]
}
