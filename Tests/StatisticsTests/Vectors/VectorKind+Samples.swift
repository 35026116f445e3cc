import Statistics

extension VectorKind {
  static let samples: [String: VectorKind] = [:]
}
