import Statistics

extension VectorKind {
  static let decisions: [String: VectorKind] = [:]
}
