import Statistics

extension VectorKind {
  static let categorical: [String: VectorKind] = [:]
}
