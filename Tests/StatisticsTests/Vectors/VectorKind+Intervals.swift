import Statistics

extension VectorKind {
  static let intervals: [String: VectorKind] = [:]
}
