import Statistics

extension VectorKind {
  static let sequential: [String: VectorKind] = [:]
}
