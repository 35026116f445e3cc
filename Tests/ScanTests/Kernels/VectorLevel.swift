import CKernels

/// Which vector instructions the kernels use. A machine that has the widest reaches the other ways through here alone.
enum VectorLevel: UInt32, CaseIterable {
  case base, sse4, avx2, avx512

  /// Runs the body with the kernels of this thread limited to the level. What the machine lacks is not used either way.
  func run<Result, Failure: Error>(_ body: () throws(Failure) -> Result) throws(Failure) -> Result {
    let before = ck_limit_level(ck_level(rawValue))
    defer { _ = ck_limit_level(before) }
    return try body()
  }

  /// A level that depends on the input: of many inputs every level has its share.
  static func share(of bytes: [UInt8]) -> VectorLevel {
    allCases[bytes.reduce(0) { $0 &+ Int($1) } % allCases.count]
  }
}
