extension ModelSignature.Tensor {
  /// Both shapes as people write them, where rows of one are none of the other; nil where they may be the same, and where
  /// one side declares none.
  ///
  /// The first dimension counts the rows where it is a variable one, which not every server declares. A row of one
  /// element is the same with and without a dimension for it.
  func shapesThatDiffer(from other: ModelSignature.Tensor) -> (String, String)? {
    guard let shape, let wanted = other.shape, !shape.isEmpty, !wanted.isEmpty else { return nil }
    let (mine, theirs) = (Self.row(shape), Self.row(wanted))
    let isSame = mine.count == theirs.count && zip(mine, theirs).allSatisfy { $0 == $1 || $0 < 0 || $1 < 0 }
    // A variable number of elements may be one.
    return isSame || mine + theirs == [-1] ? nil : (Self.words(shape), Self.words(wanted))
  }

  /// The dimensions of one row.
  private static func row(_ shape: [Int]) -> [Int] {
    let dimensions = shape.first.map { $0 < 0 } == true ? Array(shape.dropFirst()) : shape
    return dimensions == [1] ? [] : dimensions
  }

  private static func words(_ shape: [Int]) -> String {
    "[\(shape.map { String($0) }.joined(separator: ", "))]"
  }
}
