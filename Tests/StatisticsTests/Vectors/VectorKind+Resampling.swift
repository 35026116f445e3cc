import Statistics

extension VectorKind {
  static let resampling: [String: VectorKind] = [:]
}
